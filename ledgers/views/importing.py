"""Three steps on one page: choose a workbook, see what will happen, done."""

import io
from functools import partial

from django.http import FileResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.acting import act_page
from accounts.services import files
from common.errors import Refused
from common.lists import Column, Empty, ListPage
from ledgers.acts import LEDGER_ACTS
from ledgers.definitions import FORMS
from ledgers.forms.importing import ConfirmForm, UndoForm, UploadForm
from ledgers.models import ImportBatch
from ledgers.services import import_undo, importing
from ledgers.services.import_plan import plan_import
from ledgers.sheets.marking import write_marked

TABS = (("created", "新增"), ("updated", "更新"), ("unchanged", "无变化"), ("rejected", "有问题"))
PER_PAGE = 100
COLUMNS = (
    Column("file", "工作簿", value="file_name", link=lambda batch: batch.get_absolute_url()),
    Column("campaign", "专项行动", value="campaign.name"),
    Column("as_of", "数据截止", value="as_of", kind="date", sortable="as_of"),
    Column("state", "状态", value="get_state_display"),
    Column("by", "导入人", value="imported_by.name"),
    Column("at", "导入时间", value="created_at", kind="datetime", sortable="created_at"),
)


def imports(request):
    """What was imported, newest first."""
    rows = ImportBatch.objects.visible_to(request.user).select_related("campaign", "imported_by")
    page = ListPage(
        request, rows=rows, columns=COLUMNS, name="imports", ordering="-pk", export_name="导入记录",
        empty=Empty("还没有导入过台账。", "在台账页点“导入台账”，选择办公室现用的工作簿。"),
    )  # fmt: skip
    return page.response("ledgers/importing/list.html")


def upload(request, code, agency_code):
    """Step 1: choose a workbook."""
    ledger = request.subject
    return act_page(
        request,
        act=LEDGER_ACTS.get("import_ledger"),
        thing=ledger,
        form_class=UploadForm,
        deed=partial(importing.preview_import, ledger=ledger),
        done="工作簿已读取，还没有写入台账。请核对将要发生的变化。",
        template="ledgers/importing/upload.html",
        context={"step": 1, "ledger": ledger},
    )


def batch(request, public_id):
    """Step 2 or 3: what will happen, or what did."""
    the_batch = request.subject
    return render(request, "ledgers/importing/batch.html", _page(request, the_batch))


def confirm(request, public_id):
    """Write what the preview showed."""
    the_batch = request.subject
    return act_page(
        request,
        act=LEDGER_ACTS.get("import_ledger"),
        thing=the_batch,
        form_class=ConfirmForm,
        deed=partial(importing.confirm_import, batch=the_batch),
        done="已写入台账。",
        template="ledgers/importing/batch.html",
        context=_page(request, the_batch),
    )


def undo(request, public_id):
    """Take a whole import back."""
    the_batch = request.subject
    return act_page(
        request,
        act=LEDGER_ACTS.get("undo_import"),
        thing=the_batch,
        form_class=UndoForm,
        deed=partial(import_undo.undo_import, batch=the_batch),
        done="这次导入已撤回，台账恢复到导入前。",
    )


def marked(request, public_id):
    """The rejected rows in a workbook of their own, each bad cell red."""
    the_batch = request.subject
    if the_batch.workbook is None:
        raise Refused("这次导入没有保留工作簿，不能下载。")
    path = files.path_of(the_batch.workbook.sha256)
    reading = importing.read_workbook(path, the_batch.campaign)
    plan = plan_import(
        campaign=the_batch.campaign, agency=the_batch.agency, reading=reading, today=the_batch.as_of
    )
    stream = io.BytesIO()
    write_marked(path, reading, plan.rejected, stream)
    stream.seek(0)
    name = the_batch.file_name.rsplit(".", 1)[0]
    return FileResponse(stream, as_attachment=True, filename=f"{name}-有问题的行.xlsx")


def _page(request, the_batch):
    """The context of steps 2 and 3."""
    ledger = importing.ledger_of(the_batch.campaign, the_batch.agency)
    rejected = len({(each["sheet"], each["row"]) for each in the_batch.report["rejected"]})
    return {
        "batch": the_batch,
        "ledger": ledger,
        "step": 2 if the_batch.state == "preview" else 3,
        "preview": _preview_of(request, the_batch, rejected),
        "result": _result_of(the_batch, ledger, rejected),
        "rejected": rejected,
        "may_undo": the_batch.state == "written"
        and LEDGER_ACTS.openness("undo_import", request.user, the_batch).ok,
    }


def _preview_of(request, the_batch, rejected):
    report = the_batch.report
    counts = {**{key: report.get(key, 0) for key, _ in TABS[:3]}, "rejected": rejected}
    wanted = request.GET.get("tab", "")
    first = next((key for key, _ in (TABS[3], *TABS) if counts[key]), "created")
    tab = wanted if wanted in dict(TABS) else first
    form = FORMS[the_batch.campaign.form_code, the_batch.campaign.form_version]
    columns = [column for column in form.columns if column.key != "serial"]
    rows = [row for row in the_batch.rows if row["outcome"] == tab]
    page = (
        max(int(request.GET.get("page", "1") or 1), 1)
        if request.GET.get("page", "1").isdigit()
        else 1
    )
    shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    url = the_batch.get_absolute_url()
    return {
        "file": the_batch.file_name,
        "sheet": f"数据截止 {the_batch.as_of}",
        "head": [column.field.label for column in columns],
        "tabs": [
            {
                "key": key,
                "label": label,
                "count": counts[key],
                "url": f"{url}?tab={key}",
                "current": key == tab,
                "tone": "red" if key == "rejected" else "",
            }
            for key, label in TABS
        ],
        "lines": [_line(row, columns) for row in shown],
        "more": f"{url}?tab={tab}&page={page + 1}" if len(rows) > page * PER_PAGE else "",
        "warnings": [_warning(each) for each in report["warnings"][:20]],
        "sentence": f"将新增 {counts['created']} 条，更新 {counts['updated']} 条，"
        f"无变化 {counts['unchanged']} 条，有问题 {rejected} 行不写入。",
        "verb": _verb(the_batch, counts),
        "action": reverse("ledgers:import_confirm", args=[the_batch.public_id]),
        "cancel": reverse(
            "ledgers:import_upload", args=[the_batch.campaign.code, the_batch.agency.code]
        ),
        "fatal": "已选择“有一行有问题就全部不写入”，请改好有问题的行再导入。"
        if the_batch.all_or_none and rejected
        else "",
    }


def _verb(the_batch, counts):
    held = the_batch.all_or_none and counts["rejected"]
    if the_batch.state != "preview" or held or not counts["created"] + counts["updated"]:
        return ""
    return f"写入 {counts['created'] + counts['updated']} 条"


def _warning(each):
    place = f"第{each['row']}行{each['column']}列" if each["column"] else f"第{each['row']}行"
    return f"{each['sheet']} {place}：{each['reason']}"


def _line(row, columns):
    changes, faults = row["changes"], row.get("faults", {})
    cells = []
    for column in columns:
        old = changes.get(column.field.label)
        cells.append(
            {
                "text": row["typed"].get(column.key, ""),
                "old": None if old is None or row["outcome"] == "created" else _plain(old[0]),
                "fault": faults.get(column.key, ""),
            }
        )
    return {"row": row["row"], "cells": cells, "fault": faults.get("", "")}


def _plain(value):
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else value


def _result_of(the_batch, ledger, rejected):
    report = the_batch.report
    links = [{"label": "看台账", "url": ledger.get_absolute_url(), "strong": True}]
    if rejected and the_batch.workbook_id:
        marked_url = reverse("ledgers:import_marked", args=[the_batch.public_id])
        links.append({"label": f"下载有问题的 {rejected} 行", "url": marked_url})
    said = (
        f"新增 {report['created']} 条，更新 {report['updated']} 条，"
        f"无变化 {report['unchanged']} 条，跳过合计 {report['skipped_totals']} 行。"
    )
    heading = "已撤回" if the_batch.state == "undone" else "已写入台账"
    return {
        "tone": "amber" if rejected or the_batch.state == "undone" else "green",
        "heading": heading,
        "sentence": said,
        "links": links,
    }
