"""The rejected lines back to the office: as it typed them, each bad cell red, each fault in words.

The lines keep their head, their 填报单位 and their signatures, so the marked workbook, corrected,
can be imported again as it is.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from common.xlsx import sheet_title
from common.xlsx_stream import text_as_written
from ledgers.sheets.gate import check_workbook
from ledgers.sheets.grid import Sheet, as_number, load_sheet
from ledgers.sheets.limits import Limits
from ledgers.sheets.reading import Reading, SheetReading
from ledgers.sheets.tables import Fault

PROBLEMS = "问题"
FAULT_HEAD = ("工作表", "行号", "单元格", "栏目", "填的内容", PROBLEMS)
_HEAD_MERGES = 500
_RED = PatternFill("solid", fgColor="FFF4B6B0")
_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAP = Alignment(vertical="center", wrap_text=True)
_CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)


def fault_lines(faults: Iterable[Fault]) -> Iterator[tuple]:
    """The faults under `FAULT_HEAD`, in their order."""
    for fault in faults:
        place = f"{fault.column}{fault.row}" if fault.column else ""
        yield fault.sheet, fault.row, place, fault.column_name, fault.value, fault.reason


def write_marked(
    src_path: Path | str,
    reading: Reading,
    faults: Iterable[Fault],
    stream: BinaryIO,
    limits: Limits | None = None,
) -> int:
    """Write an .xlsx with the lines that `faults` name; return how many there are.

    `faults` may hold more than the reading's own (a county outside the jurisdiction, a conflict):
    whatever names a sheet and a row is marked there.
    """
    by_row: dict[tuple[str, int], list[Fault]] = {}
    for fault in faults:
        by_row.setdefault((fault.sheet, fault.row), []).append(fault)
    gated = check_workbook(src_path, limits or Limits())
    book = Workbook(write_only=True)
    book.properties.creator = ""
    count = 0
    with gated.open() as source:
        for where in reading.sheets:
            rows = sorted(row for sheet, row in by_row if sheet == where.name)
            if rows:
                sheet = load_sheet(source, where.name, gated.notes)
                _Marked(book, sheet, where, reading).write(rows, by_row)
                count += len(rows)
    if not book.worksheets:
        book.create_sheet(PROBLEMS)
    book.save(stream)
    return count


class _Marked:
    """One sheet of the marked workbook."""

    def __init__(self, book: Workbook, source: Sheet, where: SheetReading, reading: Reading):
        self.source, self.where = source, where
        self.target = book.create_sheet(sheet_title(where.name))
        tables = (where.columns, *(columns for _, columns in where.further))
        self.width = max(source.width, *(max(columns.values()) for columns in tables))
        self.lines_read = {(r.sheet, r.row): r for r in (*reading.rejected_rows, *reading.rows)}
        for column in range(1, self.width + 1):
            self.target.column_dimensions[get_column_letter(column)].width = 14
        self.target.column_dimensions[get_column_letter(self.width + 1)].width = 50

    def write(self, rows: list[int], by_row: dict[tuple[str, int], list[Fault]]) -> None:
        _, bottom = self.where.head_rows
        for row in range(1, bottom + 1):
            self.target.append(self._head_line(row))
        for (top, left), (last, right) in self.source.merges[:_HEAD_MERGES]:
            if top <= last <= bottom and left <= right <= self.width:
                area = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{last}"
                self.target.merged_cells.add(CellRange(area))
        self.target.freeze_panes = f"A{bottom + 1}"
        for head, of_table in self._by_table(rows):
            if of_table and head != self.where.head_rows:
                # A blank line keeps two heads apart.
                self.target.append([])
                for row in range(head[0], head[1] + 1):
                    self.target.append(self._head_line(row, head))
            for row in of_table:
                self.target.append(self._line(row, by_row[self.where.name, row]))
        for row in self.where.line_rows:
            self.target.append([self._cell(row, c) for c in range(1, self.width + 1)])

    def _by_table(self, rows: list[int]) -> list[tuple[tuple[int, int], list[int]]]:
        """The rows below each head, a later table's own head with them."""
        heads = [self.where.head_rows, *(head for head, _ in self.where.further)]
        ends = [*(head[0] for head in heads[1:]), self.source.height + 1]
        starts = [0, *ends]
        return [
            (head, [row for row in rows if start <= row < end])
            for head, start, end in zip(heads, starts, ends, strict=False)
        ]

    def _head_line(self, row: int, head: tuple[int, int] | None = None) -> list:
        top, bottom = head or self.where.head_rows
        cells = [self._cell(row, column) for column in range(1, self.width + 1)]
        if top <= row <= bottom:
            cells.append(text_cell(self.target, PROBLEMS if row == bottom else None))
            for cell in cells:
                cell.font, cell.alignment, cell.border = Font(bold=True), _CENTER, _BOX
        return cells

    def _line(self, row: int, faults: list[Fault]) -> list:
        bad = {fault.column for fault in faults}
        # A line out of the middle of a merged block takes the block's words along.
        read = self.lines_read.get((self.where.name, row))
        words = {read.columns[k]: v for k, v in read.typed.items() if k in read.columns} if read else {}
        cells = []
        for column in range(1, self.width + 1):
            cell = self._cell(row, column)
            if cell.value is None and words.get(column):
                cell = text_cell(self.target, words[column])
            cell.alignment, cell.border = _WRAP, _BOX
            if get_column_letter(column) in bad:
                cell.fill = _RED
            cells.append(cell)
        cells.append(text_cell(self.target, _in_words(faults)))
        cells[-1].alignment, cells[-1].border = _WRAP, _BOX
        return cells

    def _cell(self, row: int, column: int) -> WriteOnlyCell:
        """The cell as it was typed: figures and days as such, everything else as text."""
        raw = self.source.raw(row, column)
        if (row, column) not in self.source.notes:
            if isinstance(raw, int | float) and not isinstance(raw, bool):
                number = as_number(raw)
                if number.is_finite() and abs(number) < Decimal(10) ** 15:
                    return WriteOnlyCell(self.target, number)
            elif isinstance(raw, date | datetime | time):
                return WriteOnlyCell(self.target, raw)
        return text_cell(self.target, self.source.text(row, column))


def text_cell(sheet, value: object) -> WriteOnlyCell:
    """A cell that holds text and nothing but text; None and "" leave it empty."""
    cell = WriteOnlyCell(sheet, None)
    if value is not None and (text := text_as_written(str(value))):
        # Set past the guessing that would take =1+1 for a formula and #N/A for an error.
        cell._value, cell.data_type = text, "s"
    return cell


def _in_words(faults: list[Fault]) -> str:
    """Each fault on a line of its own, with the head of its column."""
    return "\n".join(
        f"{fault.column_name}：{fault.reason}" if fault.column_name else fault.reason for fault in faults
    )
