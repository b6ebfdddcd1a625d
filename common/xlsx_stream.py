"""A workbook written row by row into its file, however many rows there are.

The rows go out as text of the sheet's own XML, six times faster than a library's cells; openpyxl
writes all the rest: styles, widths, merges, how it prints. Text is always text, never a formula.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, BinaryIO, Self
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet

# What a sheet holds of one row: (number of its style, value).
Cell = tuple[int, Any]
Row = Sequence[Cell | None]

LONGEST_TEXT = 32_767
# Signs that make a formula of a text when its cell is edited, full width and blanks included.
_RISKY = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# What XML 1.0 has no place for: control characters, halves of surrogate pairs, two non-characters.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Workbooks write odd characters as _x000D_; typed text that looks so must be told apart.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SIGNS = re.compile("[&<>]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_NO_ROWS = re.compile(rb"<sheetData ?/>|<sheetData></sheetData>")
# Day 0 of a workbook's calendar, as Python counts days.
_EPOCH = date(1899, 12, 30).toordinal()
_DAY_SECONDS = 86_400
# Packed as fast as it goes: a third larger than at the usual level, in a quarter of its time.
_FAST = 1
# Rows are put together to this many signs before they are compressed.
_BUFFER = 1 << 18


def clean_text(text: str) -> str:
    """The text without the characters that no workbook can hold."""
    return _IMPOSSIBLE.sub("", text)


def is_risky(text: str) -> bool:
    """Whether a program could take a text for a formula when it is edited or opened."""
    return _RISKY.match(text) is not None


class StreamedBook:
    """The workbook; sheets are written one after the other, each from top to bottom."""

    def __init__(self, target: BinaryIO):
        self.book = Workbook()
        self.book.remove(self.book.active)
        self.book.properties.creator = ""
        self._zip = ZipFile(target, "w", ZIP_DEFLATED, compresslevel=_FAST)
        self._sheets: list[StreamedSheet] = []
        self._apart = Worksheet(self.book)  # a cell has its style's number only inside a sheet

    def sheet(self, title: str) -> "StreamedSheet":
        """A further sheet; the one before it is finished."""
        self._finish_last()
        number = len(self._sheets) + 1
        self._sheets.append(StreamedSheet(self.book.create_sheet(title), self._zip, number))
        return self._sheets[-1]

    def style(self, **parts: Any) -> int:
        """The number of a style: openpyxl's font, fill, border, alignment, number_format, quotePrefix."""
        pattern = WriteOnlyCell(self._apart)
        for part, value in parts.items():
            setattr(pattern, part, value)
        return pattern.style_id

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, *_: object) -> None:
        """Write what isn't rows: the target holds a whole workbook then. One that failed stays in pieces."""
        if kind is None:
            self._close()
        elif self._sheets:
            self._sheets[-1].abandon()

    def _close(self) -> None:
        self._finish_last()
        rest, written = BytesIO(), {sheet.part for sheet in self._sheets}
        self.book.save(rest)
        with ZipFile(rest) as parts:
            for name in parts.namelist():
                if name not in written:
                    self._zip.writestr(name, parts.read(name))
        self._zip.close()

    def _finish_last(self) -> None:
        if self._sheets:
            self._sheets[-1].finish()


class StreamedSheet:
    """One sheet. `sheet` is openpyxl's for all that isn't a row; what stands above the rows in the file
    (widths, panes) must be said before the first row, the rest (merges, print) before the next sheet."""

    def __init__(self, sheet: Worksheet, archive: ZipFile, number: int):
        self.sheet, self.part = sheet, f"xl/worksheets/sheet{number}.xml"
        self.written, self._finished = 0, False
        self._archive, self._stream, self._pending, self._size = archive, None, [], 0
        self._letters: list[str] = []

    def append(self, cells: Row, height: float | None = None) -> None:
        """One more row, of (style, value) pairs; None leaves a place bare. `height` in points."""
        self.append_written([None if cell is None else written(*cell) for cell in cells], height)

    def append_written(self, cells: Sequence[str | None], height: float | None = None) -> None:
        """One more row, of cells as `written` has them."""
        if self._stream is None:
            self._begin()
        self.written += 1
        row = str(self.written)
        tall = f' ht="{height:g}" customHeight="1"' if height is not None else ""
        inside = "".join(
            [
                f'<c r="{letter}{row}"{cell}'
                for letter, cell in zip(self._columns(cells), cells, strict=False)
                if cell is not None
            ]
        )
        line = f'<row r="{row}"{tall}>{inside}</row>'
        self._pending.append(line)
        self._size += len(line)
        if self._size > _BUFFER:
            self._flush()

    def finish(self) -> None:
        """The sheet is whole; asked again, nothing happens."""
        if self._finished:
            return
        if self._stream is None:
            self._begin()
        self._flush()
        self._stream.write(b"</sheetData>" + self._around()[1])
        self._stream.close()
        self._finished = True

    def abandon(self) -> None:
        """No further row comes."""
        if self._stream is not None:
            self._stream.close()

    def _begin(self) -> None:
        self._stream = self._archive.open(self.part, "w")
        self._stream.write(self._around()[0] + b"<sheetData>")

    def _flush(self) -> None:
        self._stream.write("".join(self._pending).encode())
        self._pending, self._size = [], 0

    def _around(self) -> tuple[bytes, bytes]:
        """What openpyxl would write above and below the rows; how far they reach isn't known above."""
        out = BytesIO()
        writer = WorksheetWriter(self.sheet, out)
        writer.write()
        above, below = _NO_ROWS.split(_DIMENSION.sub(b"", out.getvalue()))
        return above, below

    def _columns(self, cells: Sequence) -> list[str]:
        while len(self._letters) < len(cells):
            self._letters.append(get_column_letter(len(self._letters) + 1))
        return self._letters


def written(style: int, value: Any) -> str:
    """One cell as the sheet's XML has it behind its place: figures and days as such, all else as text; None
    is empty."""
    if value is None or value == "":
        return f' s="{style}"/>'
    if isinstance(value, str):
        text = text_as_written(value)
        if _SIGNS.search(text):
            text = _SIGNS.sub(lambda found: _ENTITIES[found[0]], text)
        kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
        return f' s="{style}" t="inlineStr"><is><t{kept}>{text}</t></is></c>'
    if isinstance(value, date):
        value = _serial(value)
    return f' s="{style}"><v>{value}</v></c>'


def text_as_written(value: str) -> str:
    """A text as a workbook keeps it: what can't stand there left out, cut where no cell is longer."""
    if not value.isprintable():
        value = clean_text(value)
    if "_x" in value:
        value = _ESCAPED.sub("_x005F_", value)
    return value[:LONGEST_TEXT]


def _serial(day: date) -> int | float:
    """The day as a workbook counts: days since the end of 1899; the time of day a part of one."""
    days = day.toordinal() - _EPOCH
    if not isinstance(day, datetime):
        return days
    return days + (day.hour * 3600 + day.minute * 60 + day.second) / _DAY_SECONDS
