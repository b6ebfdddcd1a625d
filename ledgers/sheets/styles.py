"""The cells of an official workbook, in the form's few styles; text that is nothing but text."""

from datetime import date
from decimal import Decimal

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from common.xlsx_stream import Cell, StreamedBook, is_risky
from ledgers.fields import Kind, LedgerField
from ledgers.sheets.fitting import SIZE

# Beyond 15 digits a spreadsheet rounds; such a number goes out as text and loses nothing.
_DIGITS = 15

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
    """Cells in the form's few styles; each style is made once, a cell only has its number."""

    def __init__(self, book: StreamedBook):
        self._book = book
        self._made: dict[tuple, int] = {}

    def _style(self, name: tuple, **parts) -> int:
        if name not in self._made:
            self._made[name] = self._book.style(**parts)
        return self._made[name]

    def lone(self, text: str, alignment: Alignment, face: Font | None = None) -> Cell:
        return self._style(("lone", text), alignment=alignment, font=face or font()), text

    def plain(self, text: str, bold: bool = False) -> Cell:
        return self._style(("plain", bold), alignment=_ALONG, font=font(bold=bold)), text

    def head(self, text: str | None) -> Cell:
        return self._style(("head",), alignment=CENTER, font=font(bold=True), border=_BOX), text

    def sum_words(self, text: str, tint: PatternFill, span: int) -> list[Cell]:
        """The words of a 小计 or 合计 over `span` cells that look like one."""
        cells = []
        for place in range(span):
            edges = {"left": place == 0, "right": place == span - 1}
            lines = {edge: _THIN for edge, drawn in edges.items() if drawn}
            parts = {"alignment": _ALONG, "font": font(bold=True), "fill": tint}
            border = Border(top=_THIN, bottom=_THIN, **lines)
            style = self._style(("sum", tint.fgColor.rgb, *lines), border=border, **parts)
            cells.append((style, None if place else text))
        return cells

    def data(self, field: LedgerField, value: object, tint: PatternFill | None = None) -> Cell:
        """A cell of the table: a number as number, a day as day, a flag as 是 or 否, the rest as text.

        `tint` is that of a sum's row.
        """
        value = shown(field, value)
        risky = isinstance(value, str) and is_risky(value)
        name = (field.kind, field.is_summed, type(value), risky, tint and tint.fgColor.rgb)
        made = self._made.get(name)
        return (self._style(name, **_worn(field, value, tint)) if made is None else made), value


def shown(field: LedgerField, value: object) -> str | int | Decimal | date | None:
    """What a cell holds: figures of sums and orders and days as such, everything else as text."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value
    counts = field.is_summed or field.kind == Kind.SERIAL
    figure = _number(value) if counts else None
    return figure if figure is not None or value is None else str(value)


def _worn(field: LedgerField, value: object, tint: PatternFill | None) -> dict:
    """How a cell of the table looks."""
    worn = {"font": font(bold=bool(tint)), "border": _BOX, **({"fill": tint} if tint else {})}
    if value is None or isinstance(value, str):
        alignment = LEFT if field.kind == Kind.TEXT else CENTER
        return {"alignment": alignment, "quotePrefix": bool(value) and is_risky(value), **worn}
    number_format = _number_format(field.kind, value)
    return {"alignment": _RIGHT if field.is_summed else _ORDER, "number_format": number_format, **worn}


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
