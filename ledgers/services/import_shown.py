"""What the page of an import keeps of its plan: the rows, the lines, the sheets and their columns."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict

from accounts.services import trail_hashing
from ledgers.fields import is_blank
from ledgers.services.import_plan import Alike, Plan, Planned
from ledgers.sheets.found import FoundSheet, LineKind
from ledgers.sheets.reading import Reading
from ledgers.sheets.tables import Fault, ReadRow

ASKED = "asked"


def report_of(plan: Plan, reading: Reading) -> dict:
    """The report of `import_ledger --json`, what became of each line, the sheets and their columns."""
    lines, left = _lines(plan, reading)
    return plan.report() | {
        "lines": lines,
        "skipped": left,
        "questions": [*_asked_columns(reading), *(_asked_lines(plan, each) for each in plan.open)],
        "sheets": [_sheet(sheet) for sheet in reading.found_sheets],
        "alike": [_alike(plan, each) for each in plan.alike],
        "nil": reading.nil,
    }


def _lines(plan: Plan, reading: Reading) -> tuple[dict, list[dict]]:
    """How many lines were taken for what, every line that isn't blank once; and those not read, each
    with the reason."""
    refused = {(row.sheet, row.row) for row in plan.rejected_rows}
    asked = {(row.sheet, row.row) for each in plan.open for row in each.rows}
    counts, left = Counter({kind.value: 0 for kind in LineKind} | {ASKED: 0}), []
    for line in reading.lines:
        kind = LineKind.REFUSED if (line.sheet, line.row) in refused else line.kind
        counts[ASKED if (line.sheet, line.row) in asked else kind.value] += 1
        if kind not in (LineKind.READ, LineKind.REFUSED):
            skipped = {"kind": kind.value, "label": kind.label, "value": line.text, "reason": line.why}
            left.append({"sheet": line.sheet, "row": line.row} | skipped)
    return dict(counts), left


def _asked_columns(reading: Reading) -> list[dict]:
    return [
        {"kind": "column", "column": column.letter, "value": column.head, "reason": column.question}
        for column in reading.questions
    ]


def _asked_lines(plan: Plan, alike: Alike) -> dict:
    first, where = alike.rows[0], places_of(alike.rows)
    why = f"{where}是同一当事人、同一位置，{_labels(plan, alike)}都有数据，请选择怎样写入。"
    if alike.meant:
        why = f"{where}是台账中的同一条目“{alike.meant}”，写的是它现在的和原来的名称或位置，请选择怎样写入。"
    return {
        "kind": "lines",
        "sheet": first.sheet,
        "rows": [row.row for row in alike.rows],
        "value": first.values["party"],
        "reason": why,
    }


def places_of(rows: Sequence[ReadRow], *, named: bool = False) -> str:
    """第 5、6 行; with the names of the sheets where there are several, or they are to be `named`."""
    by_sheet = defaultdict(list)
    for row in rows:
        by_sheet[row.sheet].append(str(row.row))
    named = named or len(by_sheet) > 1
    return "、".join(
        f"{f'“{sheet}”' if named else ''}第 {'、'.join(numbers)} 行" for sheet, numbers in by_sheet.items()
    )


def _labels(plan: Plan, alike: Alike) -> str:
    return "、".join(f"“{field.name}”" for field in plan.form.fields if field.key in alike.keys)


def _alike(plan: Plan, alike: Alike) -> dict:
    """Lines of one firm as the page asks about them."""
    names = ("party", "place") if alike.meant else ()
    shown = [field for field in plan.form.fields if field.key in (*names, *alike.keys)]
    first = alike.rows[0]
    return {
        "name": alike.name,
        "answer": alike.answer,
        "where": places_of(alike.rows, named=True),
        "first": places_of(alike.rows[:1], named=len({row.sheet for row in alike.rows}) > 1),
        "count": len(alike.rows),
        "clashes": bool(alike.keys),
        "party": alike.meant or first.values["party"],
        "place": "" if alike.meant else first.values.get("place") or "",
        "cells": [
            {"label": field.name, "words": [row.typed.get(field.key, "") for row in alike.rows]}
            for field in shown
        ],
    }


def _sheet(sheet: FoundSheet) -> dict:
    return {
        "name": sheet.name,
        "visible": sheet.visible,
        "proposed": sheet.proposed.value,
        "role": sheet.role.value,
        "why": sheet.why,
        "filled_on": str(sheet.filled_on or ""),
        "as_of": str(sheet.as_of or ""),
        "lines": sheet.lines,
        "tables": sheet.tables,
        "hidden_rows": len(sheet.hidden_rows),
        "hidden_columns": list(sheet.hidden_columns),
        "columns": [asdict(column) for column in sheet.columns],
    }


def shown_rows(plan: Plan) -> list[dict]:
    """The rows as the preview shows them: outcome, words, what they mean, what changes, what is wrong and
    where, what a person should look at."""
    faults, notes = _by_row(plan.rejected), _by_row(plan.warnings)
    rows = [_shown(plan, each.row, each) for each in plan.rows]
    rows += [_shown(plan, row) for row in plan.rejected_rows]
    for row in rows:
        place = row["sheet"], row["row"]
        row["faults"] = faults.get(place, {}) if row["outcome"] == "rejected" else {}
        row["notes"] = notes.get(place, {})
    return rows


def _shown(plan: Plan, row: ReadRow, planned: Planned | None = None) -> dict:
    values = {
        field.key: field.show(row.values[field.key])
        for field in plan.form.fields
        if not field.is_words and not is_blank(row.values.get(field.key))
    }
    return {
        "sheet": row.sheet,
        "row": row.row,
        "lines": [line.row for line in planned.lines] if planned else [row.row],
        "outcome": planned.outcome if planned else "rejected",
        "as_of": str(planned.as_of) if planned else "",
        "typed": dict(row.typed),
        "shown": values,
        "changes": trail_hashing.plain(planned.changes) if planned else {},
    }


def _by_row(faults: list[Fault]) -> dict:
    """(sheet, row) → column key → what is said of that cell, each sentence on its own line."""
    by_row = defaultdict(dict)
    for fault in faults:
        cells = by_row[fault.sheet, fault.row]
        cells[fault.key] = "\n".join(filter(None, (cells.get(fault.key), fault.reason)))
    return by_row
