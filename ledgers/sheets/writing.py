"""A ledger to the official form as a workbook; reading it back gives the same values.

Rows are streamed: merges stand only in the head, so 20,000 rows cost time but hardly memory. Text
is always text: nothing a clerk typed can become a formula, and what no workbook can hold is left
out. The file names no author and hides nothing.
"""

import re
from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from ledgers.definitions import SUMMED, Form, Kind

TITLE_ROW, UNIT_ROW, REPORTING_ROW, HEAD_ROW = 1, 2, 3, 4
_LANDSCAPE_A4 = 9
# Beyond 15 digits a spreadsheet rounds; such a number goes out as text and loses nothing.
_DIGITS = 15
_LONGEST_TEXT = 32_767
_FORMATS = {Kind.MONEY: "#,##0.##", Kind.AREA: "0.####", Kind.TONNES: "0.####", Kind.PERSONS: "0"}
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


def write_ledger(
    stream: BinaryIO,
    form: Form,
    rows: Iterable[Mapping[str, object]],
    *,
    reporting_unit: str = "",
    data_as_of: date | None = None,
    filled_on: date | None = None,
    auditor: str = "",
    filler: str = "",
    footer_note: str = "",
    subtotals: Mapping[str, Mapping[str, Decimal]] | None = None,
    totals: Mapping[str, Decimal] | None = None,
) -> int:
    """Write `rows` (mappings by the form's keys, None for 未填) and return how many there were.

    `subtotals` are sums by county, written after the county's last row in a run; `totals` come
    after all rows. `footer_note` (form version, digest) stands at the foot of every printed page.
    Figures are in the form's own units, flags are bool.
    """
    sheet = _Sheet(form)
    sheet.write_head(reporting_unit)
    count = 0
    county: object = None
    for row in rows:
        if subtotals and count and row.get("county") != county:
            sheet.write_subtotal(county, subtotals)
        county = row.get("county")
        sheet.write_row(row)
        count += 1
    if subtotals and count:
        sheet.write_subtotal(county, subtotals)
    if totals is not None:
        sheet.write_row({"serial": form.totals_words[1], **totals}, bold=True)
    sheet.write_signatures(auditor, filled_on, data_as_of, filler)
    sheet.save(stream, footer_note)
    return count


class _Sheet:
    """The one sheet of the workbook, written from top to bottom."""

    def __init__(self, form: Form):
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
        self.styles = _Styles(self.sheet, form)

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
        self.sheet.append([self.styles.data(c.key, values.get(c.key), bold) for c in self.form.columns])

    def write_subtotal(self, county: object, subtotals: Mapping) -> None:
        sums = subtotals.get(county)
        if sums is not None:
            self.write_row({"serial": self.form.totals_words[0], "county": county, **sums}, bold=True)

    def write_signatures(self, auditor, filled_on, data_as_of, filler) -> None:
        said = {"auditor": auditor, "filled_on": _chinese_day(filled_on), "filler": filler}
        line: list = [None] * self.width
        for signature in self.form.signatures:
            text = signature.words + said[signature.name]
            if signature.name == "filled_on" and data_as_of:
                text += f" {self.form.data_as_of_words}{_chinese_day(data_as_of)}"
            line[signature.column - 1] = self.styles.plain(text)
        self.sheet.append([])
        self.sheet.append(line)

    def save(self, stream: BinaryIO, footer_note: str) -> None:
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
        self.book.save(stream)


class _Styles:
    """Cells in the form's few styles; each style is built once, a cell only points to it."""

    def __init__(self, sheet, form: Form):
        self.sheet = sheet
        self.kinds = {column.key: column.field.kind for column in form.columns}
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

    def data(self, key: str, value: object, bold: bool):
        """A cell of the table: a number as number, a flag as 是 or 否, the rest as text."""
        kind = self.kinds[key]
        if isinstance(value, bool):
            value = "是" if value else "否"
        number = _number(value) if kind in SUMMED or kind == Kind.SERIAL else None
        font = {"font": Font(bold=True)} if bold else {}
        if number is None:
            alignment = _LEFT if kind == Kind.TEXT else _CENTER
            risky = isinstance(value, str) and bool(_RISKY.match(value))
            parts = {"alignment": alignment, "border": _BOX, "quotePrefix": risky, **font}
            style = self._style(("text", alignment is _LEFT, risky, bold), **parts)
            return text_cell(self.sheet, value, style)
        cell = WriteOnlyCell(self.sheet, number)
        parts = {
            "alignment": _CENTER if kind == Kind.SERIAL else _RIGHT,
            "border": _BOX,
            "number_format": _number_format(kind, number),
            **font,
        }
        cell._style = self._style(("number", kind, parts["number_format"], bold), **parts)
        return cell


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


def _number_format(kind: Kind, number: int | Decimal) -> str:
    # A format with optional decimals would show 84000. with a lone point for whole numbers.
    if isinstance(number, int):
        return "#,##0" if kind == Kind.MONEY else "0"
    return _FORMATS.get(kind, "General")


def _chinese_day(day: date | datetime | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
