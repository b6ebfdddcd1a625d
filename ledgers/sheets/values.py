"""A cell's value by the kind of its column: what was typed, what it means, or why it cannot."""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import isnan

from common.numerals import NotAQuantity
from common.quantities import parse_area, parse_flag, parse_money, parse_persons, parse_tonnes
from ledgers.definitions import FIELDS, SUMMED, Kind
from ledgers.sheets.grid import Sheet
from ledgers.sheets.heads import Head
from ledgers.sheets.limits import Oddity

UNCALCULATED = "此格是没有算出结果的公式。请在 Excel 或 WPS 中打开、保存后再导入，或直接填写数值。"
ROUNDED = "此格的数字超过十五位，电子表格已改动了后几位。请把格式改为文本，重新填写。"

_PARSERS = {
    Kind.AREA: parse_area,
    Kind.MONEY: parse_money,
    Kind.TONNES: parse_tonnes,
    Kind.PERSONS: parse_persons,
    Kind.BOOL: parse_flag,
}
# Dashes, strokes and 无 stand for nothing in words as in figures.
_NOTHING = re.compile(r"[-\u2010-\u2015\u2212\u2500_/\\]*|无|暂无")
# The first figure of each kind that a database has no room for (PostgreSQL by its columns, SQLite
# beyond 15 digits in all), or that no county ever had.
_CEILINGS = {
    Kind.AREA: Decimal(10) ** 10,
    Kind.MONEY: Decimal(10) ** 12,
    Kind.TONNES: Decimal(10) ** 11,
    Kind.PERSONS: 10**6,
}
_PLAIN_NUMBER = re.compile(r"[0-9][0-9,.]*")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class CellReading:
    """What stands in a cell, what it means (None: nothing), why it cannot be taken over ("")."""

    typed: str
    value: object
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
    kind = FIELDS[key].kind
    if kind in _PARSERS:
        return _read_parsed(kind, raw, typed, head.units.get(key, ""))
    # Beyond 15 digits a number in a cell of words is a number of identity, and no longer itself.
    if isinstance(raw, int | float) and abs(raw) >= 10**15 and not note:
        return CellReading(typed, None, ROUNDED)
    nothing = _NOTHING.fullmatch(_SPACES.sub("", typed))
    return CellReading(typed, None if nothing else typed)


def _read_parsed(kind: Kind, raw: object, typed: str, unit: str) -> CellReading:
    # Areas, amounts and tonnes of a sheet that counts in 万元 get that unit where none is typed.
    if kind in SUMMED and unit and _PLAIN_NUMBER.fullmatch(typed):
        given: object = typed + unit
    elif isinstance(raw, float) and kind != Kind.BOOL and not isnan(raw):
        # What the cell shows, exactly: its float may carry noise behind the 15th digit.
        given = Decimal(typed)
    else:
        given = raw if isinstance(raw, bool) else typed
    try:
        value = _PARSERS[kind](given)
    except NotAQuantity as refusal:
        return CellReading(typed, None, refusal.sentence)
    if kind in _CEILINGS and value is not None and value >= _CEILINGS[kind]:
        shown = typed if len(typed) <= 20 else typed[:20] + "…"
        return CellReading(typed, None, f"“{shown}”过大，此列记不下。请核对数字和单位。")
    return CellReading(typed, value)


def read_printed(sheet: Sheet, head: Head, row: int, keys) -> dict[str, Decimal]:
    """The figures of a total row that can be read; blank and odd ones are left out."""
    printed = {}
    for key in keys:
        cell = read_cell(sheet, head, row, key)
        if cell.value is not None:
            printed[key] = Decimal(cell.value)
    return printed
