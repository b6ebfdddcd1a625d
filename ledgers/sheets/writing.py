"""A ledger to the official form as a workbook; reading it back gives the same values.

Rows are streamed: merges stand only in the head, so 20,000 rows cost time but hardly memory. Text
is always text: nothing a clerk typed can become a formula, and what no workbook can hold is left
out. The file names no author and hides nothing.
"""

import re
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from ledgers.fields import Kind, LedgerField, Value
from ledgers.layouts import Layout

TITLE_ROW, UNIT_ROW, REPORTING_ROW, HEAD_ROW = 1, 2, 3, 4
_LANDSCAPE_A4 = 9
# Beyond 15 digits a spreadsheet rounds; such a number goes out as text and loses nothing.
_DIGITS = 15
_LONGEST_TEXT = 32_767
# Signs that make a formula of a text when its cell is edited, full width and blanks included.
_RISKY = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# What XML 1.0 has no place for: control characters, halves of surrogate pairs, two non-characters.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Workbooks write odd characters as _x000D_; typed text that looks so must be told apart.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="center")


@dataclass(frozen=True)
class SheetWords:
    """What stands around the rows: 填报单位, the two days, who signs, and the foot of every printed
    page (form version, digest)."""

    reporting_unit: str = ""
    data_as_of: date | None = None
    filled_on: date | None = None
    auditor: str = ""
    filler: str = ""
    footer_note: str = ""


@dataclass(frozen=True)
class SheetSums:
    """Sums by county, written after the county's last row in a run, and those after all rows."""

    subtotals: Mapping[str, Mapping[str, Value]] | None = None
    totals: Mapping[str, Value] | None = None


def write_ledger(
    stream: BinaryIO,
    form: Layout,
    rows: Iterable[Mapping[str, Value]],
    words: SheetWords = SheetWords(),
    sums: SheetSums = SheetSums(),
) -> int:
    """Write `rows` (mappings by the form's keys, None for 未填) and return how many there were.

    Figures are in the form's own units, flags are bool, days are dates.
    """
    sheet = _Sheet(form)
    sheet.write_head(words.reporting_unit)
    count = 0
    county: object = None
    for row in rows:
        if sums.subtotals and count and row.get("county") != county:
            sheet.write_subtotal(county, sums.subtotals)
        county = row.get("county")
        sheet.write_row(row)
        count += 1
    if sums.subtotals and count:
        sheet.write_subtotal(county, sums.subtotals)
    if sums.totals is not None:
        sheet.write_row({form.keys[0]: form.totals_words[1], **sums.totals}, bold=True)
    sheet.write_signatures(words)
    sheet.print_with(words.footer_note)
    sheet.book.save(stream)
    return count


class _Sheet:
    """The one sheet of the workbook, written from top to bottom."""

    def __init__(self, form: Layout):
        self.form = form
        self.book = Workbook(write_only=True)
        self.sheet = self.book.create_sheet(form.sheet_title)
        self.width = len(form.columns)
        for number, column in enumerate(form.columns, 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = column.width
        # The head and the columns that say which line it is stay in view.
        frozen = min(4, self.width)
        self.sheet.freeze_panes = f"{get_column_letter(frozen)}{HEAD_ROW + form.head_depth}"
        # Written before the first row; set later it would be lost in silence.
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.styles = _Styles(self.sheet)

    def write_head(self, reporting_unit: str) -> None:
        form = self.form
        self.sheet.append([self.styles.lone(form.title, _CENTER, Font(bold=True, size=16))])
        self.sheet.append([self.styles.lone(form.unit_line, _LEFT)])
        self.sheet.append([self.styles.lone(form.unit_words + reporting_unit, _LEFT)])
        for cells in form.head_rows:
            texts = {cell.column: cell.text for cell in cells}
            self.sheet.append([self.styles.head(texts.get(n)) for n in range(1, self.width + 1)])
        last = get_column_letter(self.width)
        for row in (TITLE_ROW, UNIT_ROW, REPORTING_ROW):
            self.sheet.merged_cells.add(CellRange(f"A{row}:{last}{row}"))
        for merge in form.merges(top=HEAD_ROW):
            self.sheet.merged_cells.add(CellRange(merge))

    def write_row(self, values: Mapping[str, object], bold: bool = False) -> None:
        self.sheet.append(
            [self.styles.data(field, values.get(field.key), bold) for field in self.form.fields]
        )

    def write_subtotal(self, county: object, subtotals: Mapping) -> None:
        """小计 in the first column; its county beside it, or before it where that is the first."""
        sums = subtotals.get(county)
        if sums is None:
            return
        label, first = self.form.totals_words[0], self.form.keys[0]
        words = {first: label, "county": county} if first != "county" else {first: f"{county or ''}{label}"}
        self.write_row({**words, **sums}, bold=True)

    def write_signatures(self, words: SheetWords) -> None:
        said = {
            "auditor": words.auditor,
            "filled_on": _chinese_day(words.filled_on),
            "filler": words.filler,
        }
        line: list = [None] * self.width
        for signature in self.form.signatures:
            text = signature.words + said[signature.name]
            if signature.name == "filled_on" and words.data_as_of:
                text += f" {self.form.data_as_of_words}{_chinese_day(words.data_as_of)}"
            line[signature.column - 1] = self.styles.plain(text)
        self.sheet.append([])
        self.sheet.append(line)

    def print_with(self, footer_note: str) -> None:
        """How it prints."""
        sheet = self.sheet
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _LANDSCAPE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.print_title_rows = f"1:{HEAD_ROW + self.form.head_depth - 1}"
        sheet.print_options.horizontalCentered = True
        # & begins a code in a page's foot.
        sheet.oddFooter.left.text = clean_text(footer_note).replace("&", "&&")
        sheet.oddFooter.right.text = "第 &P 页 共 &N 页"
        self.book.properties.creator = ""


class _Styles:
    """Cells in the form's few styles; each style is built once, a cell only points to it."""

    def __init__(self, sheet):
        self.sheet = sheet
        self._made: dict[tuple, object] = {}

    def _style(self, name: tuple, **parts):
        if name not in self._made:
            pattern = WriteOnlyCell(self.sheet)
            for part, value in parts.items():
                setattr(pattern, part, value)
            self._made[name] = pattern._style
        return copy(self._made[name])

    def lone(self, text: str, alignment: Alignment, font: Font | None = None):
        parts = {"alignment": alignment, **({"font": font} if font else {})}
        return text_cell(self.sheet, text, self._style(("lone", text), **parts))

    def plain(self, text: str):
        return text_cell(self.sheet, text, self._style(("plain",)))

    def head(self, text: str | None):
        parts = {"alignment": _CENTER, "font": Font(bold=True), "border": _BOX}
        return text_cell(self.sheet, text, self._style(("head",), **parts))

    def data(self, field: LedgerField, value: object, bold: bool):
        """A cell of the table: a number as number, a day as day, a flag as 是 or 否, the rest as text."""
        kind, font = field.kind, {"font": Font(bold=True)} if bold else {}
        if isinstance(value, bool):
            value = "是" if value else "否"
        counts = field.is_summed or kind == Kind.SERIAL
        figure = _number(value) if counts else value if isinstance(value, date) else None
        if figure is None:
            return self._text(kind, value, bold, font)
        cell = WriteOnlyCell(self.sheet, figure)
        parts = {
            "alignment": _RIGHT if field.is_summed else _CENTER,
            "border": _BOX,
            "number_format": _number_format(kind, figure),
            **font,
        }
        cell._style = self._style(("number", kind, parts["number_format"], bold), **parts)
        return cell

    def _text(self, kind: Kind, value: object, bold: bool, font: dict):
        alignment = _LEFT if kind == Kind.TEXT else _CENTER
        risky = isinstance(value, str) and bool(_RISKY.match(value))
        parts = {"alignment": alignment, "border": _BOX, "quotePrefix": risky, **font}
        return text_cell(self.sheet, value, self._style(("text", alignment is _LEFT, risky, bold), **parts))


def text_cell(sheet, value: object, style=None) -> WriteOnlyCell:
    """A cell that holds text and nothing but text; None and "" leave it empty."""
    text = None if value is None else clean_text(str(value))
    cell = WriteOnlyCell(sheet, None)
    if text:
        # Set past the guessing that would take =1+1 for a formula and #N/A for an error.
        cell._value, cell.data_type = _ESCAPED.sub("_x005F_", text)[:_LONGEST_TEXT], "s"
    if style is not None:
        cell._style = style
    return cell


def clean_text(text: str) -> str:
    """The text without the characters that no workbook can hold."""
    return _IMPOSSIBLE.sub("", text)


def _number(value: object) -> int | Decimal | None:
    """The value as a number a spreadsheet keeps to the last digit, else None."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < _DIGITS:
        return int(value) if str(int(value)) == value else None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    if not number.is_finite() or len(number.normalize().as_tuple().digits) > _DIGITS:
        return None
    return int(number) if number == number.to_integral_value() else number.normalize()


def _number_format(kind: Kind, number: int | Decimal | date) -> str:
    # A format with optional decimals would show 84000. with a lone point for whole numbers.
    if isinstance(number, int):
        return "#,##0" if kind == Kind.MONEY else "0"
    return kind.rule.number_format


def _chinese_day(day: date | datetime | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
