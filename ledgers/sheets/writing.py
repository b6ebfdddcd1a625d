"""A ledger to the official form as a workbook; reading it back gives the same values.

Rows are streamed: merges stand only in the head, so 20,000 rows cost time but hardly memory. Text
is always text: nothing a clerk typed can become a formula, and what no workbook can hold is left
out. The file names no author and hides nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from ledgers.fields import Value
from ledgers.layouts import Layout
from ledgers.sheets.styles import CENTER, LEFT, Styles, clean_text

TITLE_ROW, UNIT_ROW, REPORTING_ROW, HEAD_ROW = 1, 2, 3, 4
_LANDSCAPE_A4 = 9


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
        self.styles = Styles(self.sheet)

    def write_head(self, reporting_unit: str) -> None:
        form = self.form
        self.sheet.append([self.styles.lone(form.title, CENTER, Font(bold=True, size=16))])
        self.sheet.append([self.styles.lone(form.unit_line, LEFT)])
        self.sheet.append([self.styles.lone(form.unit_words + reporting_unit, LEFT)])
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


def _chinese_day(day: date | datetime | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
