"""A cell's value by the kind of its column: what was typed, what it means, or why it cannot."""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import isnan

from common.numerals import NotAQuantity
from common.words import NOTHING
from ledgers.fields import FIELDS, Kind, LedgerField
from ledgers.fields.kinds import Value
from ledgers.sheets.grid import Sheet
from ledgers.sheets.heads import Head
from ledgers.sheets.limits import Oddity

UNCALCULATED = "此格是没有算出结果的公式。请在 Excel 或 WPS 中打开、保存后再导入，或直接填写数值。"
ROUNDED = "此格的数字超过十五位，电子表格已改动了后几位。请把格式改为文本，重新填写。"

_PLAIN_NUMBER = re.compile(r"[0-9][0-9,.]*")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class CellReading:
    """What stands in a cell, what it means (None: nothing), why it cannot be taken over ("")."""

    typed: str
    value: Value
    reason: str = ""


_BLANK = CellReading("", None)


def read_cell(sheet: Sheet, head: Head, row: int, key: str) -> CellReading:
    """The value of a field in a workbook row."""
    column = head.columns[key]
    raw, typed = sheet.raw(row, column), sheet.text(row, column)
    if raw == "" and not sheet.notes:
        return _BLANK
    note = sheet.notes.get((row, column))
    if note and note.oddity == Oddity.UNCALCULATED:
        return CellReading("", None, UNCALCULATED)
    if note and note.oddity == Oddity.ERROR:
        return CellReading(typed, None, f"此格是错误值 {typed}。请改正公式或直接填写。")
    field = FIELDS[key]
    if field.kind.rule.parse:
        return _read_parsed(field, raw, typed, head.units.get(key, ""))
    # Beyond 15 digits a number in a cell of words is a number of identity, and no longer itself.
    if isinstance(raw, int | float) and abs(raw) >= 10**15 and not note:
        return CellReading(typed, None, ROUNDED)
    nothing = NOTHING.fullmatch(_SPACES.sub("", typed))
    return CellReading(typed, None if nothing else typed)


def _read_parsed(field: LedgerField, raw: object, typed: str, unit: str) -> CellReading:
    rule = field.kind.rule
    try:
        value = rule.parse(_given(field, raw, typed, unit))
    except NotAQuantity as refusal:
        return CellReading(typed, None, refusal.sentence)
    if rule.ceiling is not None and value is not None and value >= rule.ceiling:
        shown = typed if len(typed) <= 20 else typed[:20] + "…"
        return CellReading(typed, None, f"“{shown}”过大，此列记不下。请核对数字和单位。")
    return CellReading(typed, value)


def _given(field: LedgerField, raw: object, typed: str, unit: str) -> object:
    """What the parser gets to read of a cell."""
    if field.kind == Kind.DATE:
        # A day that lost its format is a plain number.
        return typed if isinstance(raw, str | bool) else raw
    # Areas, amounts and tonnes of a sheet that counts in 万元 get that unit where none is typed.
    if field.is_summed and unit and _PLAIN_NUMBER.fullmatch(typed):
        return typed + unit
    if isinstance(raw, float) and field.is_summed and not isnan(raw):
        # What the cell shows, exactly: its float may carry noise behind the 15th digit.
        return Decimal(typed)
    return raw if isinstance(raw, bool) else typed


def read_printed(sheet: Sheet, head: Head, row: int, keys) -> dict[str, Decimal]:
    """The figures of a total row that can be read; blank and odd ones are left out."""
    printed = {}
    for key in keys:
        cell = read_cell(sheet, head, row, key)
        if cell.value is not None:
            printed[key] = Decimal(cell.value)
    return printed
