"""Is this file safe to open at all? Asked of every file before any parser touches it.

A file is judged by its content, never by its name. What passes is a `Gated` workbook, the only
thing the readers of this package open.
"""

import io
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from ledgers.sheets.compound import check_compound
from ledgers.sheets.delimited import read_delimited
from ledgers.sheets.limits import (
    BROKEN,
    EMPTY,
    MEGABYTE,
    NOT_A_WORKBOOK,
    NOT_FOUND,
    Extent,
    Limits,
    Note,
    Unreadable,
)
from ledgers.sheets.plain_book import PlainBook
from ledgers.sheets.zipped import check_package

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Gated:
    """A workbook that passed: its kind ("xlsx", "xls", "ods" or "csv"), and what the gate saw of each
    sheet by its name."""

    kind: str
    extents: dict[str, Extent]
    _source: Path | bytes | PlainBook = field(repr=False)

    @property
    def notes(self) -> dict[str, dict[tuple[int, int], Note]]:
        """The odd cells of each sheet."""
        return {name: extent.notes for name, extent in self.extents.items()}

    def open(self) -> CalamineWorkbook | PlainBook:
        """The workbook opened by the parser, or as the gate read it; Unreadable if the parser cannot."""
        if isinstance(self._source, PlainBook):
            return self._source
        source = io.BytesIO(self._source) if isinstance(self._source, bytes) else self._source
        return parsed(CalamineWorkbook.from_object, source)


def check_workbook(path: Path | str, limits: Limits = DEFAULT_LIMITS) -> Gated:
    """Let a workbook in, or raise Unreadable with a sentence.

    Refused: too large, empty, not a workbook (whatever its name), encrypted, with macros, damaged,
    a decompression bomb, XML with a DTD, too many rows, or values far away from any table.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            magic = file.read(8)
    except OSError as error:
        raise Unreadable(NOT_FOUND) from error
    if not size:
        raise Unreadable(EMPTY)
    if size > limits.bytes:
        raise Unreadable(
            f"文件有 {size / MEGABYTE:.1f} 兆，超过 {limits.bytes // MEGABYTE} 兆的上限。"
            "请删去图片和多余的工作表，或分成几份再导入。"
        )
    if magic.startswith(_ZIP):
        package = check_package(path, limits)
        return Gated(package.kind, package.extents, package.book or path)
    if magic == _OLE:
        clean, extents = check_compound(path, limits)
        return Gated("xls", extents, clean)
    book = read_delimited(path.read_bytes(), limits)
    if book is None:
        raise Unreadable(NOT_A_WORKBOOK)
    return Gated("csv", book.extents, book)


def parsed(call, *arguments):
    """Call the parser; whatever it trips over becomes a sentence.

    The parser is Rust: a broken assumption in it arrives as a panic, which is no `Exception`.
    """
    try:
        return call(*arguments)
    except (CalamineError, OSError, ValueError, OverflowError, TypeError) as error:
        raise Unreadable(BROKEN) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise Unreadable(BROKEN) from error
        raise
