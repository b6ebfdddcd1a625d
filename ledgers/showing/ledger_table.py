"""A ledger as templates/parts/ledger_table.html takes it: head, rows, subtotals, total."""

from datetime import datetime
from functools import partial

from django.urls import reverse

from common.showing.times import day, moment
from ledgers.fields import FIELDS, Kind, LedgerField, Use, Value
from ledgers.layouts import Layout
from ledgers.rows import CARRIED, JOINT, LATE, MOVED_IN
from ledgers.services.sums import Sums, sums_of

PER_PAGE = 200
# More rows than these make a page that takes a browser minutes; they print from the workbook.
ON_ONE_PAGE = 2000
CARRIED_FORWARD = "沿用"
TONES = {LATE: "amber", CARRIED_FORWARD: "amber", CARRIED: "", JOINT: "", MOVED_IN: ""}


def text_of(key: str, value: Value) -> str:
    """A value as the form shows it; nothing for 未填."""
    return FIELDS[key].show(value)


def cell_kind(field: LedgerField) -> str:
    """How the cell is set: figure, mark, note or text."""
    if field.is_summed:
        return "figure"
    if field.kind == Kind.BOOL:
        return "mark"
    return "note" if field.use == Use.REMARK else "text"


def head(form: Layout) -> list[list[dict]]:
    """The official head."""
    return [
        [{"text": each.text, "colspan": each.column_span, "rowspan": each.row_span} for each in cells]
        for cells in form.head_rows
    ]


def flag_words(row) -> list[tuple[str, str]]:
    """结转, 迟录补报, 沿用 and the like as words with their tone."""
    flags = [*row.flags, *([CARRIED_FORWARD] if row.carried_forward else [])]
    return [(flag, TONES.get(flag, "")) for flag in dict.fromkeys(flags)]


def row_of(columns, row, address) -> dict:
    """One entry's line under `columns_of` its form; `address(row, key)` gives what a cell opens."""
    cells, late = [], set(row.late_keys)
    for field, kind, opens in columns:
        drawn = row.cells[field.key]
        cell = {
            "text": field.show(drawn.value),
            "kind": kind,
            "url": address(row, field.key) if opens else "",
        }
        if not drawn.applicable:
            cell["na"] = True
        if field.key in late:
            cell["note"] = LATE
        if field.use == Use.REMARK:
            cell["words"] = [pair for pair in flag_words(row) if pair[0] not in (drawn.value or "")]
        cells.append(cell)
    return {"kind": "row", "state": "", "anchor": f"row-{row.key}", "cells": cells}


def columns_of(form) -> list[tuple[LedgerField, str, bool]]:
    """(field, how its cell is set, whether it opens) of each column, worked out once for many rows."""
    return [(field, cell_kind(field), field.has_evidence) for field in form.fields]


def sum_row(form, label: str, sums: dict, kind: str, address) -> dict:
    """小计 or 合计: a label over the first columns, the sums below their heads, each opening
    `address(key)`."""
    cells = [{"text": label, "kind": "text", "colspan": form.label_span}]
    for field in form.fields[form.label_span :]:
        text = field.show(sums.get(field.key))
        cells.append({"text": text, "kind": cell_kind(field), "url": address(field.key) if text else ""})
    return {"kind": kind, "state": "", "cells": cells}


def no_sum(key, agency_id=None) -> str:
    """A sum that opens nothing."""
    return ""


def lines(form, rows, address, sum_address=no_sum, *, subtotals: bool, sums: Sums | None = None, after=None):
    """Rows with a 小计 behind each county's last one where several are shown, and 合计 at the end.

    Of a page of a longer ledger, `sums` are over all of it and `after` is the row that follows.
    `sum_address(key, agency_id)` is what a 小计 opens, without an office what 合计 does.
    """
    sums = sums_of(form, rows) if sums is None else sums
    drawn, columns = [], columns_of(form)
    for row, following in zip(rows, [*rows[1:], after], strict=False):
        county = row.value("county")
        drawn.append(row_of(columns, row, address))
        if subtotals and (following is None or following.value("county") != county):
            label = form.subtotal_label(county, sums.counts.get(county, 0))
            opens = partial(sum_address, agency_id=row.agency_id)
            drawn.append(sum_row(form, label, sums.figures.get(county, {}), "subtotal", opens))
    if len(sums):
        drawn.append(sum_row(form, form.total_label(len(sums)), sums.total, "total", sum_address))
    return drawn


def pages_of(count: int, number: int, size: int, query: str, *, all_too: bool) -> dict | None:
    """Paging of so many rows, `size` a page, at page `number`; `query` is the address up to `page=`."""
    if count <= size:
        return None
    last, start = -(-count // size), (number - 1) * size
    return {
        "start": start + 1,
        "end": min(start + size, count),
        "count": count,
        "number": number,
        "last": last,
        "previous_url": f"{query}page={number - 1}" if number > 1 else "",
        "next_url": f"{query}page={number + 1}" if number < last else "",
        "all_url": f"{query}all=1" if all_too else "",
    }


def ledger_table(form, drawn, *, filler="", signatures=(), print_foot="", compare=False, nothing=""):
    """The context `table` of parts/ledger_table.html."""
    return {
        "title": form.title,
        "unit_line": form.unit_line,
        "filler": f"{form.unit_words}{filler}",
        "width": len(form.columns),
        "head": head(form),
        "rows": drawn,
        "signatures": list(signatures),
        "print_foot": print_foot,
        "compare": compare,
        "nothing": nothing,
    }


def signatures(*, auditor="", filled_at=None, as_of=None, filler="") -> list[dict]:
    """审核人, 填报时间 with 数据截止, 填报人; blank lines where nobody signed yet."""
    filled = ""
    if filled_at:
        filled = moment(filled_at) if isinstance(filled_at, datetime) else day(filled_at)
    if as_of:
        filled = f"{filled}（数据截止 {as_of}）"
    return [
        {"label": "审核人", "value": auditor},
        {"label": "填报时间", "value": filled},
        {"label": "填报人", "value": filler},
    ]


def live_address(as_of=None):
    """What a cell of a live ledger opens: the facts behind it on that day."""
    return _cells_at(reverse("ledgers:cell", args=["ENTRY", "FIELD"]), f"?as_of={as_of}" if as_of else "")


def frozen_address(submission):
    """What a cell of a report opens: the facts kept with it."""
    return _cells_at(reverse("ledgers:submission_cell", args=[submission.public_id, "ENTRY", "FIELD"]))


def _cells_at(pattern: str, tail: str = ""):
    """`address(row, key)` by a pattern that is worked out once for thousands of cells."""
    before, _, after = pattern.partition("ENTRY")
    between, _, end = after.partition("FIELD")

    def address(row, key):
        return f"{before}{row.key}{between}{key}{end}{tail}"

    return address
