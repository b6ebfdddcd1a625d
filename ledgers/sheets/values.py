"""A cell's value by the kind of its column: what was typed, what it means, or why it cannot."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from math import isnan

from common.numerals import NotAQuantity
from common.quantities import parse_tonnes
from common.words import NOTHING
from ledgers.fields import FIELDS, Kind, LedgerField, Use
from ledgers.fields.kinds import Value
from ledgers.sheets.figures import Figure, plain_figure, without_label
from ledgers.sheets.grid import Sheet
from ledgers.sheets.heads import Head
from ledgers.sheets.identities import has_masked, masked, without_numbers
from ledgers.sheets.limits import Note, Oddity

UNCALCULATED = "此格是没有算出结果的公式，请在 Excel 或 WPS 中打开、保存后再导入，或直接填写数值。"
ROUNDED = "此格的数字超过十五位，电子表格已改动了后几位，请把格式改为文本，重新填写。"
NUMBER_TAKEN_OUT = "此格有身份证号码，号码没有读入；证件号码请登记在案件的当事人中，不要写在台账里。"
NUMBER_MASKED = "此格有身份证号码，已遮盖中间几位；证件号码请登记在案件的当事人中，不要写在台账里。"
ABOUT = "“{typed}”是约数，按 {shown} 读入，请核对；“约”字已写入备注。"
NOTED = "括号里的“{note}”已写入备注。"
CONTRADICTING = "“{typed}”大小写金额不一致，请核对后改正。"

_PLAIN_NUMBER = re.compile(r"[0-9][0-9,.]*")
_FLAG_AND_NOTE = re.compile(r"(?P<flag>[^()（）]+)[(（](?P<note>[^()（）]+)[)）][。;；]?", re.DOTALL)
_SPACES = re.compile(r"\s+")
# A long number as a text file keeps it after a spreadsheet has rounded it.
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+1[4-9]")


@dataclass(frozen=True)
class CellReading:
    """What stands in a cell, what it means (None: nothing), why it cannot be taken over ("").

    `warning` is something to look at that keeps nothing out, `note` what belongs into 备注.
    """

    typed: str
    value: Value
    reason: str = ""
    warning: str = ""
    note: str = ""


_BLANK = CellReading("", None)


def read_cell(sheet: Sheet, head: Head, row: int, key: str, edit: str | None = None) -> CellReading:
    """The value of a field in a workbook row; `edit` was typed in place of the cell."""
    field = FIELDS[key]
    if edit is not None:
        typed = masked(edit.strip())
        return _read(field, typed, typed, head, None)
    readings = [_read_at(sheet, head, row, field, head.columns[key])]
    readings += [_read_at(sheet, head, row, field, column) for column in head.further.get(key, ())]
    reading = readings[0] if len(readings) == 1 else _joined(field, readings)
    if reading.reason and (field.use == Use.REMARK or field.kind == Kind.SERIAL):
        warning = f"{field.label}没有读入，按空白计：{reading.reason}"
        return replace(reading, value=None, reason="", warning=warning)
    return reading


def _read_at(sheet: Sheet, head: Head, row: int, field: LedgerField, column: int) -> CellReading:
    raw = sheet.raw(row, column)
    if raw == "" and not sheet.notes:
        return _BLANK
    return _read(field, raw, sheet.text(row, column), head, sheet.notes.get((row, column)))


def _joined(field: LedgerField, readings: list[CellReading]) -> CellReading:
    """The words of several columns that are one field."""
    mark = "；" if field.use == Use.REMARK else "、"
    values = dict.fromkeys(each.value for each in readings if each.value is not None)
    return CellReading(
        mark.join(dict.fromkeys(each.typed for each in readings if each.typed)),
        mark.join(values) or None,
        next((each.reason for each in readings if each.reason), ""),
        next((each.warning for each in readings if each.warning), ""),
    )


def _read(field: LedgerField, raw: object, typed: str, head: Head, note: Note | None) -> CellReading:
    oddity = note.oddity if note else None
    if oddity == Oddity.UNCALCULATED:
        return CellReading("", None, UNCALCULATED)
    if oddity == Oddity.ERROR:
        return CellReading(typed, None, f"此格是错误值 {typed}，请改正公式或直接填写。")
    if field.kind.rule.parse is None:
        return _read_words(field, raw, typed, note)
    if oddity == Oddity.PERCENT and field.is_summed:
        return CellReading(typed, None, f"“{typed}”是百分数，此列以{field.unit}计，请填写数量。")
    return _read_parsed(field, raw, typed, head)


def _read_words(field: LedgerField, raw: object, typed: str, note: Note | None) -> CellReading:
    # Beyond 15 digits a number in a cell of words is a number of identity, and no longer itself.
    rounded = isinstance(raw, int | float) and abs(raw) >= 10**15 and not note
    if rounded or _SCIENTIFIC.fullmatch(typed):
        return CellReading(typed, None, ROUNDED)
    value = without_label(field, typed)
    if NOTHING.fullmatch(_SPACES.sub("", value)):
        return CellReading(typed, None)
    if not has_masked(value):
        return CellReading(typed, value)
    if field.use == Use.NAME:
        return CellReading(typed, without_numbers(value) or None, warning=NUMBER_TAKEN_OUT)
    return CellReading(typed, value, warning=NUMBER_MASKED)


def _read_parsed(field: LedgerField, raw: object, typed: str, head: Head) -> CellReading:
    if field.is_summed and isinstance(raw, str):
        figure = plain_figure(field, typed)
        reading = _parsed(field, figure.text, figure.text, typed, head)
        return reading if reading.reason or reading.value is None else _noted(field, figure, reading)
    reading = _parsed(field, raw, without_label(field, typed), typed, head)
    match = _FLAG_AND_NOTE.fullmatch(typed.strip()) if reading.reason and field.kind == Kind.BOOL else None
    flag = _parsed(field, match["flag"], match["flag"], typed, head) if match else reading
    if flag.reason or flag.value is None or not match:
        return reading
    return _noted(field, Figure(match["flag"], match["note"].strip()), flag)


def _noted(field: LedgerField, figure: Figure, reading: CellReading) -> CellReading:
    """The same with what stood beside the figure, for 备注."""
    if figure.capitals is not None and figure.capitals != reading.value:
        return CellReading(reading.typed, None, CONTRADICTING.format(typed=reading.typed[:20]))
    notes, warnings = [], []
    if figure.about:
        notes.append("约数")
        shown = f"{field.show(reading.value)}{field.unit}"
        warnings.append(ABOUT.format(typed=reading.typed[:20], shown=shown))
    if figure.note:
        notes.append(figure.note)
        warnings.append(NOTED.format(note=figure.note[:20]))
    note = f"{field.label}：{'，'.join(notes)}" if notes else ""
    return replace(reading, note=note, warning="\n".join(warnings))


def _parsed(field: LedgerField, raw: object, plain: str, typed: str, head: Head) -> CellReading:
    rule = field.kind.rule
    try:
        given = _given(field, raw, plain, head.units.get(field.key, ""))
        density = head.densities.get(field.key)
        value = parse_tonnes(given, density) if density else rule.parse(given)
    except NotAQuantity as refusal:
        return CellReading(typed, None, refusal.sentence)
    if rule.ceiling is not None and value is not None and value >= rule.ceiling:
        shown = typed if len(typed) <= 20 else typed[:20] + "…"
        return CellReading(typed, None, f"“{shown}”过大，此列记不下，请核对数字和单位。")
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


def read_printed(sheet: Sheet, head: Head, row: int, keys: tuple[str, ...]) -> dict[str, Decimal]:
    """The figures of a total row that can be read; blank and odd ones are left out."""
    printed = {}
    for key in keys:
        cell = read_cell(sheet, head, row, key)
        if cell.value is not None:
            printed[key] = Decimal(cell.value)
    return printed
