"""The cells of an official workbook, in the form's few styles; text that is nothing but text."""

import re
from copy import copy
from datetime import date
from decimal import Decimal

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from ledgers.fields import Kind, LedgerField
from ledgers.sheets.fitting import SIZE

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
CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
# A figure never wraps; one too wide for its column would show as ####, so it shrinks instead.
_RIGHT = Alignment(horizontal="right", vertical="center", shrink_to_fit=True)
_ORDER = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
# Runs on over the empty cells beside it: merged cells stand in the head only.
_ALONG = Alignment(horizontal="left", vertical="center")
# The tints of 小计 and 合计 on screen (static/css/ledger.css).
SUBTOTAL, TOTAL = (PatternFill("solid", fgColor=tint) for tint in ("FFF0F4F3", "FFE2EAE9"))
# What WPS and Excel in China have; other programs put their own Chinese font in its place.
_FACE = "宋体"


def font(*, bold: bool = False, size: int = SIZE) -> Font:
    """The one face of an official form."""
    return Font(name=_FACE, sz=size, b=bold, charset=134)


class Styles:
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

    def lone(self, text: str, alignment: Alignment, face: Font | None = None):
        parts = {"alignment": alignment, "font": face or font()}
        return text_cell(self.sheet, text, self._style(("lone", text), **parts))

    def plain(self, text: str, bold: bool = False):
        style = self._style(("plain", bold), alignment=_ALONG, font=font(bold=bold))
        return text_cell(self.sheet, text, style)

    def head(self, text: str | None):
        parts = {"alignment": CENTER, "font": font(bold=True), "border": _BOX}
        return text_cell(self.sheet, text, self._style(("head",), **parts))

    def sum_words(self, text: str, tint: PatternFill, span: int) -> list:
        """The words of a 小计 or 合计 over `span` cells that look like one."""
        cells = []
        for place in range(span):
            edges = {"left": place == 0, "right": place == span - 1}
            lines = {edge: _THIN for edge, drawn in edges.items() if drawn}
            parts = {"alignment": _ALONG, "font": font(bold=True), "fill": tint}
            border = Border(top=_THIN, bottom=_THIN, **lines)
            style = self._style(("sum", tint.fgColor.rgb, *lines), border=border, **parts)
            cells.append(text_cell(self.sheet, "" if place else text, style))
        return cells

    def data(self, field: LedgerField, value: object, tint: PatternFill | None = None):
        """A cell of the table: a number as number, a day as day, a flag as 是 or 否, the rest as text.

        `tint` is that of a sum's row.
        """
        kind = field.kind
        worn = {"font": font(bold=bool(tint)), "border": _BOX, **({"fill": tint} if tint else {})}
        name = tint.fgColor.rgb if tint else ""
        if isinstance(value, bool):
            value = "是" if value else "否"
        counts = field.is_summed or kind == Kind.SERIAL
        figure = _number(value) if counts else value if isinstance(value, date) else None
        if figure is None:
            return self._text(kind, value, worn, name)
        cell = WriteOnlyCell(self.sheet, figure)
        number_format = _number_format(kind, figure)
        parts = {"alignment": _RIGHT if field.is_summed else _ORDER, "number_format": number_format, **worn}
        cell._style = self._style(("number", kind, number_format, name), **parts)
        return cell

    def _text(self, kind: Kind, value: object, worn: dict, name: str):
        alignment = LEFT if kind == Kind.TEXT else CENTER
        risky = isinstance(value, str) and bool(_RISKY.match(value))
        parts = {"alignment": alignment, "quotePrefix": risky, **worn}
        return text_cell(self.sheet, value, self._style(("text", alignment is LEFT, risky, name), **parts))


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
