"""What to say of a sheet's columns: missing, in question, not read, hidden."""

from collections.abc import Iterator
from typing import Protocol

from ledgers.fields import FIELDS, Kind
from ledgers.layouts import Layout
from ledgers.sheets.found import FoundColumn
from ledgers.sheets.grid import Sheet
from ledgers.sheets.heads import Head
from ledgers.sheets.tables import Fault

_NAMED = 10


class Hiding(Protocol):
    """A sheet of which something may be hidden."""

    name: str
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[str, ...]


def head_warnings(
    sheet: Sheet, head: Head, form: Layout, columns: tuple[FoundColumn, ...]
) -> Iterator[Fault]:
    """Columns the form has and the sheet has not, those in question, those that are not read."""
    asked = {key for column in columns if column.question for key in column.candidates}
    absent = [f.label for f in form.fields if f.key not in head.columns and f.kind != Kind.SERIAL]
    missing = [label for label in absent if label not in {FIELDS[key].label for key in asked}]
    if missing:
        yield _warning(sheet.name, head.bottom, f"表中没有这些列，原有数据不变：{'、'.join(missing)}。")
    by_key = {column.key: column for column in columns if column.key}
    for column in columns:
        if reason := _reason(column, by_key):
            key = column.key or next(iter(column.candidates), "")
            yield Fault(sheet.name, head.bottom, column.letter, column.head, column.head, reason, key)
    unread = [
        f"{column.head or '没有表头'}（{column.letter} 列）"
        for column in columns
        if not (column.key or column.candidates) and column.samples
    ]
    if unread:
        yield _warning(sheet.name, head.bottom, f"这些列没有读入：{'、'.join(unread)}。")


def _reason(column: FoundColumn, by_key: dict[str, FoundColumn]) -> str:
    if column.question:
        return column.question + ("" if column.key else "没有选择以前，这一列不读。")
    other = by_key.get(column.key or next(iter(column.candidates), ""))
    if other is None or other is column:
        return ""
    label = FIELDS[other.key].label
    if column.key:
        return f"与 {other.letter} 列都是“{label}”，合在一起读入。"
    return f"{column.letter} 列也像“{label}”，读的是更相符的 {other.letter} 列。"


def hidden_warnings(sheet: Hiding) -> Iterator[Fault]:
    """What a person does not see on the sheet and is read all the same."""
    if sheet.hidden_rows:
        rows = "、".join(map(str, sheet.hidden_rows[:_NAMED]))
        more = f"等 {len(sheet.hidden_rows)} 行" if len(sheet.hidden_rows) > _NAMED else "行"
        reason = f"第 {rows} {more}在表中是隐藏的，也一并读了，请核对。"
        yield _warning(sheet.name, sheet.hidden_rows[0], reason)
    if sheet.hidden_columns:
        columns = "、".join(sheet.hidden_columns)
        yield _warning(sheet.name, 1, f"{columns} 列在表中是隐藏的，也一并读了，请核对。")


def _warning(sheet: str, row: int, reason: str) -> Fault:
    return Fault(sheet, row, "", "", "", reason)
