"""A sheet as it stands in the workbook: rows from A1, merges, what a person sees in a cell."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ledgers.sheets.gate import parsed
from ledgers.sheets.identities import masked
from ledgers.sheets.limits import Note, Oddity
from ledgers.sheets.plain_book import PlainBook

# Characters that no page shows and not every database keeps; an .xls may hold them.
_NO_TEXT = {code: None for code in range(32) if chr(code) not in "\t\n"}
Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Sheet:
    """One sheet. Rows and columns count from 1, as in the workbook."""

    name: str
    rows: list[list]
    merges: list[Merge]
    notes: dict[tuple[int, int], Note]

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def raw(self, row: int, column: int):
        """The cell's value, "" where there is none."""
        try:
            return self.rows[row - 1][column - 1]
        except IndexError:
            return ""

    def text(self, row: int, column: int) -> str:
        """What a person sees in the cell: an integer beyond 15 digits with all of them, a share in
        percent; of an identity number only the ends."""
        note = self.notes.get((row, column)) if self.notes else None
        if note and note.oddity in (Oddity.LONG, Oddity.ERROR, Oddity.PERCENT):
            return masked(note.text)
        return masked(as_typed(self.raw(row, column)))

    def holds(self, row: int) -> bool:
        """Whether anything stands in the row, a formula without a value among it."""
        if row in self._noted_rows:
            return True
        return any(cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in self.rows[row - 1])

    @cached_property
    def _noted_rows(self) -> set[int]:
        return {row for row, _ in self.notes}

    def merges_from(self, row: int) -> list[Merge]:
        """The merged cells whose first row this is."""
        return self._merges_by_row.get(row, [])

    @cached_property
    def _merges_by_row(self) -> dict[int, list[Merge]]:
        by_row: dict[int, list[Merge]] = {}
        for merge in self.merges:
            by_row.setdefault(merge[0][0], []).append(merge)
        return by_row

    def texts(self, row: int) -> list[str]:
        return [self.text(row, column) for column in range(1, len(self.rows[row - 1]) + 1)]


def load_sheet(
    book: CalamineWorkbook | PlainBook, name: str, notes: dict[str, dict[tuple[int, int], Note]]
) -> Sheet:
    """One sheet of an opened workbook; Unreadable if the parser trips over it."""
    if isinstance(book, PlainBook):
        plain = book.sheet(name)
        return Sheet(name, plain.rows, plain.merges, notes.get(name, {}))
    sheet = parsed(book.get_sheet_by_name, name)
    rows = parsed(_all_rows, sheet)
    merges = [
        ((top + 1, left + 1), (bottom + 1, right + 1))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    return Sheet(name, rows, merges, notes.get(name, {}))


def _all_rows(sheet) -> list[list]:
    return sheet.to_python(skip_empty_area=False)


def sheet_names(book: CalamineWorkbook | PlainBook) -> list[tuple[str, bool]]:
    """The worksheets in order with whether a person sees them; charts are left out."""
    if isinstance(book, PlainBook):
        return [(sheet.name, sheet.visible) for sheet in book.sheets if "\0" not in sheet.name]
    return [
        (meta.name, meta.visible == SheetVisibleEnum.Visible)
        for meta in book.sheets_metadata
        if meta.typ == SheetTypeEnum.WorkSheet and "\0" not in meta.name
    ]


def as_typed(value) -> str:
    """A cell's value as text: 12.6 not 12.600000000000001, whole numbers without a point."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").translate(_NO_TEXT).strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def as_number(value: int | float) -> Decimal:
    """The number a spreadsheet shows: it keeps 15 digits, what lies behind them is noise."""
    return Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))


def _number_text(value: int | float) -> str:
    number = as_number(value)
    if not number.is_finite():
        return str(number)
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
