"""Steps 2 and 3 of an import: what will happen row by row, what did, what to look at."""

import secrets
from collections import Counter

from django.urls import reverse

from ledgers.acts import LEDGER_ACTS
from ledgers.models import ImportState
from ledgers.services.import_locking import ledger_of
from ledgers.services.import_running import WRITES
from ledgers.services.ledger_forms import form_of
from ledgers.sheets.found import LineKind
from ledgers.showing.import_asks import asks_of
from ledgers.showing.import_lines import ASKED, CHECK, REJECTED, SKIPPED, lines_of, tabs_of


def page_of(request, batch) -> dict:
    """The context of ledgers/importing/batch.html."""
    ledger = ledger_of(batch.campaign, batch.agency)
    counts = counts_of(batch)
    asking = batch.state == ImportState.PREVIEW
    moving = batch.state in ImportState.half()
    preview = _preview(request, batch, counts)
    return {
        "batch": batch,
        "ledger": ledger,
        "step": 2 if asking or batch.state == ImportState.WRITING else 3,
        "progress": progress_of(batch) if moving else None,
        "preview": preview | (_question(batch, counts) if asking else {}),
        "asks": asks_of(batch) if asking else None,
        "result": None if moving else _result(batch, ledger, counts),
        "rejected": counts[REJECTED],
        "may_undo": batch.state == ImportState.WRITTEN
        and batch.undone_by_id is None
        and LEDGER_ACTS.openness("undo_import", request.user, batch).ok,
    }


def counts_of(batch) -> Counter:
    """How many rows of each outcome, how many a person should look at, how many lines weren't read."""
    counts = Counter(row["outcome"] for row in batch.rows)
    counts[CHECK] = sum(bool(row.get("notes")) for row in batch.rows)
    counts[SKIPPED] = len(batch.report.get("skipped", ()))
    counts[ASKED] = sum(not each["answer"] for each in batch.report.get("alike", ()))
    return counts


def progress_of(batch) -> dict:
    """How far a long import is, as parts/progress.html shows it."""
    finished = batch.state not in ImportState.half()
    return {
        "label": batch.get_state_display(),
        "done": batch.done,
        "total": batch.total,
        "unit": "条",
        "url": reverse("ledgers:import_progress", args=[batch.public_id]),
        "finished": finished,
        "sentence": batch.stopped or ("已撤回。" if batch.state == ImportState.UNDONE else "已写完。"),
        "next_url": batch.get_absolute_url() if finished else "",
        "next_label": "查看结果",
    }


def _preview(request, batch, counts) -> dict:
    form = form_of(batch.campaign)
    rows = {(row["sheet"], row["row"]) for row in batch.rows if row.get("notes")}
    of_sheets = {sheet["why"] for sheet in batch.report.get("sheets", ())}
    return {
        "file": batch.file_name,
        "as_of": f"数据截止 {batch.as_of}",
        "accounted": _accounted(batch),
        "tabs": tabs_of(request, batch, counts),
        "warnings": [
            f"{_place(each)}：{each['reason']}"
            for each in batch.report["warnings"]
            if (each["sheet"], each["row"]) not in rows and each["reason"] not in of_sheets
        ],
        **lines_of(request, batch, counts, form),
    }


def _accounted(batch) -> str:
    """Every line of the workbook that isn't blank, once."""
    lines = batch.report.get("lines", {})
    named = [(label, lines.get(kind, 0)) for kind, label in LINE_WORDS]
    words = "，".join(f"{label} {count} 行" for label, count in named if count)
    return f"工作簿共 {sum(lines.values())} 行：{words}。" if words else ""


LINE_WORDS = [(kind.value, kind.label) for kind in LineKind]
LINE_WORDS.insert(2, (ASKED, "请选择"))


def _place(each) -> str:
    column = f"{each['column']}列" if each["column"] else ""
    return f"{each['sheet']} 第{each['row']}行{column}"


def _question(batch, counts) -> dict:
    """What the person is asked before anything is written."""
    held = _held(batch, counts)
    writes = sum(counts[key] for key in WRITES)
    left = [f"有问题的 {counts[REJECTED]} 行" if counts[REJECTED] else ""]
    left += [f"没有选定的 {counts[ASKED]} 处" if counts[ASKED] else ""]
    left = "、".join(word for word in left if word)
    sentence = f"将{_counted(counts)}；{left}不写入。" if left else f"将{_counted(counts)}。"
    return {
        "sentence": "" if held else sentence,
        "verb": "" if held or not writes else f"写入 {writes} 条",
        "key": secrets.token_hex(16),
        "action": reverse("ledgers:import_confirm", args=[batch.public_id]),
        "choose": reverse("ledgers:import_choose", args=[batch.public_id]),
        "cancel": reverse("ledgers:import_upload", args=[batch.campaign.code, batch.agency.code]),
        "fatal": held,
    }


def _held(batch, counts) -> str:
    """Why nothing can be written yet."""
    if any(each["kind"] == "column" for each in batch.report.get("questions", ())):
        return "还有列没有确定是哪一栏，请在“栏目对应”中选定，再点“重新核对”。"
    if batch.all_or_none and (counts[REJECTED] or counts[ASKED]):
        return "已选择“有一行有问题就全部不写入”，请改好有问题的行再导入。"
    return ""


def _counted(counts) -> str:
    history = f"补入历史 {counts['history']} 条，" if counts["history"] else ""
    return (
        f"新增 {counts['created']} 条，更新 {counts['updated']} 条，{history}无变化 {counts['unchanged']} 条"
    )


def _result(batch, ledger, counts) -> dict:
    links = [{"label": "看台账", "url": ledger.get_absolute_url(), "strong": True}]
    if counts[REJECTED] and batch.workbook_id:
        marked = reverse("ledgers:import_marked", args=[batch.public_id])
        links.append({"label": f"下载有问题的 {counts[REJECTED]} 行", "url": marked, "export": True})
        links.append({"label": "CSV", "url": f"{marked}?export=csv", "export": True})
    undone = batch.state == ImportState.UNDONE
    summary = f"已{_counted(counts)}，跳过合计 {batch.report['skipped_totals']} 行。"
    if counts[REJECTED]:
        summary += f"有问题的 {counts[REJECTED]} 行没有写入。"
    if batch.stopped:
        summary = batch.stopped
    if undone:
        summary = f"这次导入曾{_counted(counts)}，现已全部撤回，台账恢复到导入前。"
    heading = "没有全部完成" if batch.stopped else "已撤回" if undone else "已写入台账"
    return {
        "tone": "amber" if counts[REJECTED] or undone or batch.stopped else "green",
        "heading": heading,
        "sentence": summary,
        "links": links,
    }
