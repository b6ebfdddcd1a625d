"""Workbooks that leave the system: streamed row by row, text always text, never a formula."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import SEEK_END
from typing import Any, BinaryIO

from django.http import FileResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from common.columns import Column

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
SHEET_ROWS = 1_000_000
FORMATS = {"money": "#,##0.00", "area": "#,##0.00##", "tonnes": "#,##0.00##", "number": "#,##0"}
LINE = Side(style="thin", color="FFBFC8CA")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEAD_FONT = Font(bold=True)
HEAD_FILL = PatternFill("solid", fgColor="FFE9EFF0")


def safe_text(value: Any) -> str:
    """A string without the control characters that a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))


def safe_cell(sheet: WriteOnlyWorksheet, value: Any, number_format: str = "") -> WriteOnlyCell:
    """A cell that Excel shows as it is: figures and days as such, everything else as text.

    Text beginning with = + - @ or a control character keeps its text type and carries the
    quote prefix, so that editing or saving the cell again does not make a formula of it.
    """
    if isinstance(value, Decimal | int | float | date | datetime) and not isinstance(value, bool):
        cell = WriteOnlyCell(sheet, value)
        if number_format:
            cell.number_format = number_format
        elif isinstance(value, datetime):
            cell.number_format = "yyyy-mm-dd hh:mm"
        elif isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        return cell
    if value is None or value == "":
        return WriteOnlyCell(sheet, None)
    text = safe_text("是" if value is True else "否" if value is False else value)
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    if text.startswith(DANGEROUS):
        cell.quotePrefix = True
    return cell


def _head(sheet: WriteOnlyWorksheet, headings: list[str], widths: list[int]) -> None:
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    cells = []
    for heading in headings:
        cell = safe_cell(sheet, heading)
        cell.font, cell.fill, cell.border = HEAD_FONT, HEAD_FILL, BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cells.append(cell)
    sheet.append(cells)


def write_list(
    columns: Iterable[Column], rows: Iterable, notes: Iterable[tuple[str, str]], title: str, target: BinaryIO
) -> int:
    """Write a list to the open binary file `target`; returns how many rows it holds.

    `columns` are common.columns.Column; `rows` may be an iterator of any length; `notes` are the
    (label, text) lines of the second sheet that say what the workbook holds.
    """
    book = Workbook(write_only=True)
    headings = [column.heading for column in columns]
    widths = [18 if column.kind in ("text", "link", "flag", "datetime") else 14 for column in columns]
    sheet, count = None, 0
    for row in rows:
        if count % SHEET_ROWS == 0:
            suffix = f" {count // SHEET_ROWS + 1}" if count else ""
            sheet = book.create_sheet(sheet_title(title + suffix))
            _head(sheet, headings, widths)
        sheet.append(
            [safe_cell(sheet, column.excel(row), FORMATS.get(column.kind, "")) for column in columns]
        )
        count += 1
    if sheet is None:
        _head(book.create_sheet(sheet_title(title)), headings, widths)
    about = book.create_sheet("导出说明")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 14, 60
    for label, text in [*notes, ("行数", str(count))]:
        about.append([safe_cell(about, label), safe_cell(about, text)])
    book.save(target)
    return count


def sheet_title(title: str) -> str:
    """A name Excel accepts: at most 31 characters, none of []:*?/\\."""
    allowed = "".join(sign for sign in safe_text(title) if sign not in "[]:*?/\\'")
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
