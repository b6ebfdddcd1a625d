"""Steps 2 and 3 of an import: what will happen row by row, what did, what to look at."""

import secrets
from collections import Counter

from django.urls import reverse

from ledgers.acts import LEDGER_ACTS
from ledgers.fields import Kind
from ledgers.layouts import FormColumn
from ledgers.services.importing import ledger_of
from ledgers.services.ledger_forms import form_of

REJECTED, CHECK = "rejected", "check"
TABS = (
    (REJECTED, "有问题", "red"),
    (CHECK, "请核对", "amber"),
    ("created", "新增", ""),
    ("updated", "更新", ""),
    ("history", "补入历史", ""),
    ("unchanged", "无变化", ""),
)
WRITES = ("created", "updated", "history")
PER_PAGE = 100


def page_of(request, batch) -> dict:
    """The context of ledgers/importing/batch.html."""
    ledger = ledger_of(batch.campaign, batch.agency)
    counts = counts_of(batch)
    return {
        "batch": batch,
        "ledger": ledger,
        "step": 2 if batch.state == "preview" else 3,
        "preview": _preview(request, batch, counts),
        "result": _result(batch, ledger, counts),
        "rejected": counts[REJECTED],
        "may_undo": batch.state == "written" and LEDGER_ACTS.openness("undo_import", request.user, batch).ok,
    }


def counts_of(batch) -> Counter:
    """How many rows of each outcome, and how many a person should look at."""
    counts = Counter(row["outcome"] for row in batch.rows)
    counts[CHECK] = sum(_is_of(row, CHECK) for row in batch.rows)
    return counts


def _is_of(row, tab) -> bool:
    return bool(row.get("notes")) if tab == CHECK else row["outcome"] == tab


def _preview(request, batch, counts) -> dict:
    tab = _tab(request.GET.get("tab", ""), counts)
    rows = [row for row in batch.rows if _is_of(row, tab)]
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isdecimal() and 0 < len(asked) < 6 else 1
    page = max(page, 1)
    form = form_of(batch.campaign)
    columns = [column for column in form.columns if column.field.kind != Kind.SERIAL]
    url = batch.get_absolute_url()
    preview = {
        "file": batch.file_name,
        "as_of": f"数据截止 {batch.as_of}",
        "head": [column.field.label for column in columns],
        "tabs": [
            {
                "label": label,
                "count": counts[key],
                "url": f"{url}?tab={key}",
                "current": key == tab,
                "tone": tone,
            }
            for key, label, tone in TABS
            if counts[key] or key != "history"
        ],
        "lines": [_line(row, columns, batch) for row in rows[(page - 1) * PER_PAGE :][:PER_PAGE]],
        "more": f"{url}?tab={tab}&page={page + 1}" if len(rows) > page * PER_PAGE else "",
        "warnings": _of_the_file(batch),
    }
    return preview | (_question(batch, counts) if batch.state == "preview" else {})


def _tab(asked, counts) -> str:
    names = [key for key, _, _ in TABS]
    return asked if asked in names else next((key for key in names if counts[key]), "created")


def _of_the_file(batch) -> list[str]:
    """What is to be said of the file as a whole; what is said of a row stands in the row."""
    rows = {(row["sheet"], row["row"]) for row in batch.rows if row.get("notes")}
    return [
        f"{_place(each)}：{each['reason']}"
        for each in batch.report["warnings"]
        if (each["sheet"], each["row"]) not in rows
    ]


def _place(each) -> str:
    column = f"{each['column']}列" if each["column"] else ""
    return f"{each['sheet']} 第{each['row']}行{column}"


def _question(batch, counts) -> dict:
    """What the person is asked before anything is written."""
    held = batch.all_or_none and counts[REJECTED]
    writes = sum(counts[key] for key in WRITES)
    sentence = f"将{_counted(counts)}。"
    if counts[REJECTED] and not held:
        sentence = f"将{_counted(counts)}；有问题的 {counts[REJECTED]} 行不写入。"
    return {
        "sentence": "" if held else sentence,
        "verb": "" if held or not writes else f"写入 {writes} 条",
        "key": secrets.token_hex(16),
        "action": reverse("ledgers:import_confirm", args=[batch.public_id]),
        "cancel": reverse("ledgers:import_upload", args=[batch.campaign.code, batch.agency.code]),
        "fatal": "已选择“有一行有问题就全部不写入”，请改好有问题的行再导入。" if held else "",
    }


def _counted(counts) -> str:
    history = f"补入历史 {counts['history']} 条，" if counts["history"] else ""
    return (
        f"新增 {counts['created']} 条，更新 {counts['updated']} 条，{history}无变化 {counts['unchanged']} 条"
    )


def _line(row, columns, batch) -> dict:
    old = row["changes"] if row["outcome"] == "updated" else {}
    faults, notes = row.get("faults", {}), row.get("notes", {})
    cells = [
        {
            "text": row["typed"].get(column.key, ""),
            "old": _old(column, old[column.field.label][0]) if column.field.label in old else None,
            "fault": faults.get(column.key, ""),
            "note": notes.get(column.key, ""),
        }
        for column in columns
    ]
    note = f"补入 {batch.as_of} 的数据，之后的不变。" if row["outcome"] == "history" else ""
    return {"row": row["row"], "cells": cells, "fault": faults.get("", ""), "note": note}


def _old(column: FormColumn, stored) -> str:
    """A value that stood before, as the form shows it."""
    return column.field.show(column.field.thaw(stored))


def _result(batch, ledger, counts) -> dict:
    links = [{"label": "看台账", "url": ledger.get_absolute_url(), "strong": True}]
    if counts[REJECTED] and batch.workbook_id:
        marked = reverse("ledgers:import_marked", args=[batch.public_id])
        links.append({"label": f"下载有问题的 {counts[REJECTED]} 行", "url": marked})
    undone = batch.state == "undone"
    summary = f"已{_counted(counts)}，跳过合计 {batch.report['skipped_totals']} 行。"
    if counts[REJECTED]:
        summary += f"有问题的 {counts[REJECTED]} 行没有写入。"
    if undone:
        summary = f"这次导入曾{_counted(counts)}，现已全部撤回，台账恢复到导入前。"
    return {
        "tone": "amber" if counts[REJECTED] or undone else "green",
        "heading": "已撤回" if undone else "已写入台账",
        "sentence": summary,
        "links": links,
    }
