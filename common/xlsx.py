"""Workbooks that leave the system: streamed row by row, text always text, never a formula."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import SEEK_END
from typing import Any, BinaryIO

from django.http import FileResponse
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from common import xlsx_stream
from common.columns import Column
from common.xlsx_stream import Cell, StreamedBook, StreamedSheet, clean_text, is_risky

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Half of what a sheet can have: its XML stays below the 2 GB that every program reads.
SHEET_ROWS = 500_000
FORMATS = {"money": "#,##0.00", "area": "#,##0.00##", "tonnes": "#,##0.00##", "number": "#,##0"}
REMEMBERED = 4096
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
LINE = Side(style="thin", color="FFBFC8CA")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEAD = {
    "number_format": "@",
    "font": Font(bold=True),
    "fill": PatternFill("solid", fgColor="FFE9EFF0"),
    "border": BOX,
    "alignment": Alignment(horizontal="center", vertical="center", wrap_text=True),
}


class Cells:
    """The cells of a book of lists, each in one of its few styles.

    Text beginning like a formula keeps its text type and carries the quote prefix, so that editing or
    saving the cell again does not make a formula of it.
    """

    def __init__(self, book: StreamedBook):
        self._bare, self._head = book.style(), book.style(**HEAD)
        self._text, self._risky = (
            book.style(number_format="@"),
            book.style(number_format="@", quotePrefix=True),
        )
        self._day, self._moment = book.style(number_format=DAY), book.style(number_format=MOMENT)
        self._figures = {kind: book.style(number_format=code) for kind, code in FORMATS.items()}

    def head(self, text: str) -> Cell:
        """A column's heading."""
        return self._head, text

    def cell(self, value: Any, kind: str = "") -> Cell:
        """A value as Excel shows it: figures (by the column's kind) and days as such, all else as text."""
        if isinstance(value, str):
            return self._risky if is_risky(value) else self._text, value
        if value is None:
            return self._bare, None
        if isinstance(value, bool):
            return self._text, "是" if value else "否"
        if isinstance(value, Decimal | int | float):
            return self._figures.get(kind, self._bare), value
        if isinstance(value, date):
            return self._moment if isinstance(value, datetime) else self._day, value
        return self.cell(str(value))

    def column(self, kind: str) -> Callable[[Any], str]:
        """How the values of a column are written: the same ones again and again, so they are remembered."""
        return lru_cache(REMEMBERED, typed=True)(lambda value: xlsx_stream.written(*self.cell(value, kind)))


def write_list(
    columns: Iterable[Column],
    lines: Iterable[Sequence],
    notes: Iterable[tuple[str, str]],
    title: str,
    target: BinaryIO,
) -> int:
    """Write a list to the open binary file `target`; returns how many rows it holds.

    `lines` are the rows' values, one for each of `columns` (`Column.excel`), of any number; `notes` are
    the (label, text) lines of the second sheet that say what the workbook holds.
    """
    columns, count = list(columns), 0
    with StreamedBook(target) as book:
        cells = Cells(book)
        sheet = _begun(book, cells, columns, title)
        kinds = [cells.column(column.kind) for column in columns]
        for line in lines:
            if count and count % SHEET_ROWS == 0:
                sheet = _begun(book, cells, columns, f"{title} {count // SHEET_ROWS + 1}")
            sheet.append_written([cell(value) for cell, value in zip(kinds, line, strict=True)])
            count += 1
        about = book.sheet("导出说明")
        about.sheet.column_dimensions["A"].width, about.sheet.column_dimensions["B"].width = 14, 60
        for label, text in [*notes, ("行数", str(count))]:
            about.append([cells.cell(label), cells.cell(text)])
    return count


def _begun(book: StreamedBook, cells: Cells, columns: list[Column], title: str) -> StreamedSheet:
    """A further sheet of a list, with its head, which stays in view."""
    sheet = book.sheet(sheet_title(title))
    sheet.sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        wide = column.kind in ("text", "link", "flag", "datetime")
        sheet.sheet.column_dimensions[get_column_letter(place)].width = 18 if wide else 14
    sheet.append([cells.head(column.heading) for column in columns])
    return sheet


def sheet_title(title: str) -> str:
    """A name Excel accepts: at most 31 characters, none of []:*?/\\."""
    allowed = "".join(sign for sign in clean_text(title) if sign not in "[]:*?/\\'")
    return allowed[:31] or "数据"


@dataclass(frozen=True)
class Taken:
    """What a file that leaves holds: its name, by which filters, how many rows (None: not told)."""

    what: str
    conditions: str = ""
    rows: int | None = None
    size: int = 0
    sha256: str = ""


def as_download(
    filename: str, write: Callable[[BinaryIO], int], *, what: str, conditions: str = ""
) -> FileResponse:
    """Run `write(file)`, which gives the number of rows, and hand the file to the browser as `filename`.

    The answer says what it holds (`taken`), for the register of what left. The workbook never stands in
    memory whole; the temporary file goes with the response.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    rows, size = write(target), target.seek(0, SEEK_END)
    target.seek(0)
    sha256 = hashlib.file_digest(target, "sha256").hexdigest()
    target.seek(0)
    response = FileResponse(target, as_attachment=True, filename=filename)
    response.headers["Content-Type"] = CONTENT_TYPE
    response.headers["Cache-Control"] = "no-store"
    response.taken = Taken(what, conditions, rows, size, sha256)
    return response
