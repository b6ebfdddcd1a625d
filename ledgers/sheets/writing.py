"""A ledger to the official form as a workbook; reading it back gives the same values.

Rows are streamed: merges stand only in the head, so 20,000 rows cost time but hardly memory. Text
is always text: nothing a clerk typed can become a formula, and what no workbook can hold is left
out. The file names no author and hides nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from common.xlsx_stream import Row, StreamedBook, clean_text
from ledgers.fields import Value
from ledgers.layouts import Layout
from ledgers.sheets.fitting import height_for, height_of, lines_in
from ledgers.sheets.styles import CENTER, LEFT, SUBTOTAL, TOTAL, Styles, font

TITLE_ROW, UNIT_ROW, REPORTING_ROW, HEAD_ROW = 1, 2, 3, 4
_TITLE_SIZE = 16
_LANDSCAPE_A4 = 9


@dataclass(frozen=True)
class SheetWords:
    """What stands around the rows: 填报单位, the two days, who signs, a note below the table (零报告),
    and the foot of every printed page (form version, digest)."""

    reporting_unit: str = ""
    data_as_of: date | None = None
    filled_on: date | None = None
    auditor: str = ""
    filler: str = ""
    note: str = ""
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
    with StreamedBook(stream) as book:
        sheet = _Sheet(form, book)
        sheet.write_head(words.reporting_unit)
        count = sheet.write_rows(rows, sums)
        sheet.write_below(words)
        sheet.print_with(words.footer_note)
    return count


class _Sheet:
    """The one sheet of the workbook, written from top to bottom."""

    def __init__(self, form: Layout, book: StreamedBook):
        self.form = form
        self.rows = book.sheet(form.sheet_title)
        self.sheet = self.rows.sheet
        self.width = len(form.columns)
        self.full_width = float(sum(column.width for column in form.columns))
        self.widths = [column.width for column in form.columns]
        for number, column in enumerate(form.columns, 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = column.width
        # The head and the columns that say which line it is stay in view.
        frozen = min(4, self.width)
        self.sheet.freeze_panes = f"{get_column_letter(frozen)}{HEAD_ROW + form.head_depth}"
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.styles = Styles(book)

    def write_head(self, reporting_unit: str) -> None:
        form = self.form
        unit = form.unit_words + reporting_unit
        title = self.styles.lone(form.title, CENTER, font(bold=True, size=_TITLE_SIZE))
        self._append([title], height_of([(form.title, self.full_width)], _TITLE_SIZE))
        for text in (form.unit_line, unit):
            self._append([self.styles.lone(text, LEFT)], height_of([(text, self.full_width)]))
        for cells, height in zip(form.head_rows, _head_heights(form), strict=True):
            texts = {cell.column: cell.text for cell in cells}
            self._append([self.styles.head(texts.get(n)) for n in range(1, self.width + 1)], height)
        last = get_column_letter(self.width)
        for row in (TITLE_ROW, UNIT_ROW, REPORTING_ROW):
            self.sheet.merged_cells.add(CellRange(f"A{row}:{last}{row}"))
        for merge in form.merges(top=HEAD_ROW):
            self.sheet.merged_cells.add(CellRange(merge))

    def _append(self, cells: Row, height: float | None = None) -> None:
        self.rows.append(cells, height)

    def write_rows(self, rows: Iterable[Mapping[str, Value]], sums: SheetSums) -> int:
        """The rows with their sums; returns how many rows there were."""
        count = of_county = 0
        county: object = None
        for row in rows:
            if sums.subtotals and of_county and row.get("county") != county:
                self.write_subtotal(county, of_county, sums.subtotals)
                of_county = 0
            county = row.get("county")
            self.write_row(row)
            count, of_county = count + 1, of_county + 1
        if sums.subtotals and of_county:
            self.write_subtotal(county, of_county, sums.subtotals)
        if sums.totals is not None:
            self.write_sum(self.form.total_label(count), sums.totals, TOTAL)
        return count

    def write_row(self, values: Mapping[str, object]) -> None:
        cells = [self.styles.data(field, values.get(field.key)) for field in self.form.fields]
        texts = [(v, width) for (_, v), width in zip(cells, self.widths, strict=True) if isinstance(v, str)]
        self._append(cells, height_of(texts))

    def write_sum(self, label: str, sums: Mapping[str, object], tint: PatternFill) -> None:
        """小计 or 合计 as a page has it: the words over the first columns, tinted to the last."""
        span = self.form.label_span
        figures = [self.styles.data(field, sums.get(field.key), tint) for field in self.form.fields[span:]]
        self._append([*self.styles.sum_words(label, tint, span), *figures], height_for(1))

    def write_subtotal(self, county: object, count: int, subtotals: Mapping) -> None:
        """The sums of a county behind its last row."""
        if county in subtotals:
            self.write_sum(self.form.subtotal_label(county, count), subtotals[county], SUBTOTAL)

    def write_below(self, words: SheetWords) -> None:
        """The note, and a line for those who sign."""
        if words.note:
            self._append([self.styles.plain(words.note, bold=True)], height_for(1))
        values = {
            "auditor": words.auditor,
            "filled_on": _chinese_day(words.filled_on),
            "filler": words.filler,
        }
        line: list = [None] * self.width
        for signature in self.form.signatures:
            text = signature.words + values[signature.name]
            if signature.name == "filled_on" and words.data_as_of:
                text += f" {self.form.data_as_of_words}{_chinese_day(words.data_as_of)}"
            line[signature.column - 1] = self.styles.plain(text)
        self._append([])
        self._append(line, height_for(1))

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


def _chinese_day(day: date | datetime | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _head_heights(form: Layout) -> list[float]:
    """The heights of the head's rows: each cell shows all its words over the rows it spans."""
    widths = [column.width for column in form.columns]
    heights = [height_for(1)] * form.head_depth
    for cell in sorted(form.head_cells, key=lambda cell: cell.row_span):
        width = sum(widths[cell.column - 1 : cell.column - 1 + cell.column_span])
        rows = slice(cell.row - 1, cell.row - 1 + cell.row_span)
        lacking = height_for(lines_in(cell.text, width)) - sum(heights[rows])
        if lacking > 0:
            heights[rows.stop - 1] += lacking
    return heights
