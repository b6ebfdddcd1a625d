"""The tabs of an import's preview, and the rows of one: old and new, what is wrong, what was typed."""

from ledgers.fields import Kind
from ledgers.layouts import FormColumn

REJECTED, CHECK, ASKED, SKIPPED = "rejected", "check", "asked", "skipped"
TABS = (
    (REJECTED, "有问题", "red"),
    (CHECK, "请核对", "amber"),
    ("created", "新增", ""),
    ("updated", "更新", ""),
    ("history", "补入历史", ""),
    ("unchanged", "无变化", ""),
    (SKIPPED, "没有读入的行", ""),
)
ONLY_WHERE_SOME = ("history", SKIPPED)
PER_PAGE = 100


def tabs_of(request, batch, counts) -> list[dict]:
    """The tabs with their counts, the current one marked."""
    tab, url = _tab(request, counts), batch.get_absolute_url()
    return [
        {
            "label": label,
            "count": counts[key],
            "url": f"{url}?tab={key}",
            "current": key == tab,
            "tone": tone,
        }
        for key, label, tone in TABS
        if counts[key] or key not in ONLY_WHERE_SOME
    ]


def _tab(request, counts) -> str:
    asked, names = request.GET.get("tab", ""), [key for key, _, _ in TABS]
    return asked if asked in names else next((key for key in names if counts[key]), "created")


def lines_of(request, batch, counts, form) -> dict:
    """The lines of the current tab, a hundred a page."""
    tab, asked = _tab(request, counts), request.GET.get("page", "")
    page = max(int(asked) if asked.isdecimal() and 0 < len(asked) < 6 else 1, 1)
    if tab == SKIPPED:
        rows = batch.report.get("skipped", ())
    else:
        rows = [row for row in batch.rows if _is_of(row, tab)]
    more = len(rows) > page * PER_PAGE
    part = rows[(page - 1) * PER_PAGE :][:PER_PAGE]
    shown = {"more": f"{batch.get_absolute_url()}?tab={tab}&page={page + 1}" if more else "", "tab": tab}
    if tab == SKIPPED:
        return shown | {"skipped": part}
    columns = [column for column in form.columns if column.field.kind != Kind.SERIAL]
    typed = {tuple(place): old for *place, old in batch.choices.get("edited", ())}
    return shown | {
        "head": [_head(column) for column in columns],
        "sheets": len(_sheets(batch)) > 1,
        "lines": [_line(row, columns, typed, batch.state == "preview") for row in part],
    }


def _head(column: FormColumn) -> str:
    field = column.field
    return f"{field.name}（{field.unit}）" if field.unit and field.unit not in field.name else field.name


def _sheets(batch) -> set[str]:
    return {row["sheet"] for row in batch.rows}


def _is_of(row, tab) -> bool:
    return bool(row.get("notes")) if tab == CHECK else row["outcome"] == tab


def _line(row, columns, typed, asking) -> dict:
    outcome, faults = row["outcome"], row.get("faults", {})
    note = f"补入 {row.get('as_of')} 的数据，之后的不变。" if outcome == "history" else ""
    return {
        "sheet": row["sheet"],
        "row": "、".join(str(number) for number in row.get("lines", [row["row"]])),
        "cells": [_cell(row, column, typed, asking) for column in columns],
        "fault": faults.get("", ""),
        "note": note,
    }


def _cell(row, column, typed, asking) -> dict:
    """A cell as it will stand in the ledger; beside it what the workbook said, where that differs."""
    key, field = column.key, column.field
    words = row["typed"].get(key, "")
    shown = row.get("shown", {}).get(key, "")
    old = row["changes"].get(field.label) if row["outcome"] == "updated" else None
    place = (row["sheet"], row["row"], key)
    fault = row.get("faults", {}).get(key, "")
    is_open = asking and (fault or place in typed)
    return {
        "label": field.name,
        "text": _with_unit(field, shown) if shown else words,
        "typed": words if shown and _differs(words, shown) else "",
        "old": _old(field, old[0]) if old else None,
        "fault": fault,
        "note": row.get("notes", {}).get(key, ""),
        "edit": f"edit:{row['row']}:{key}:{row['sheet']}" if is_open else "",
        "words": words,
        "was": typed.get(place),
    }


def _with_unit(field, shown) -> str:
    return f"{shown} {field.unit}" if field.is_summed and field.unit else shown


def _differs(typed, shown) -> bool:
    """Whether the workbook wrote a value otherwise than by its digits."""
    return typed.replace(",", "").replace("，", "").strip() != shown.replace(",", "")


def _old(field, stored) -> str:
    """A value that stood before, as the form shows it."""
    return field.show(field.thaw(stored))
