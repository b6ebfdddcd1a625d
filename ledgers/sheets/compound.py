"""The gate for .xls: an OLE compound file whose one stream holds the workbook's records.

olefile walks the container, which is full of chains that can run in circles. What goes on to the
reader is not the file but a fresh container around that stream, and only after the stream's own
counts (rows, columns, strings) have been checked, because the reader makes room for them unasked.
"""

import struct
from pathlib import Path

import olefile

from ledgers.sheets.container import rebuilt
from ledgers.sheets.limits import (
    BROKEN,
    ENCRYPTED,
    MACROS,
    NOT_A_WORKBOOK,
    SWOLLEN,
    Extent,
    Limits,
    Unreadable,
    check_extents,
)
from ledgers.sheets.records import PercentStyles, records, u32, walk_sheet

_FILEPASS, _CONTINUE, _BOUNDSHEET, _SST = 0x2F, 0x3C, 0x85, 0xFC


def check_compound(path: Path, limits: Limits) -> tuple[bytes, dict[str, Extent]]:
    """A clean .xls with the same workbook in it, and what each sheet holds by its name."""
    stream = _workbook_stream(path)
    try:
        sheets, strings, percent = _globals(stream, limits)
        walks = [(name, *walk_sheet(stream, start, limits, percent)) for name, start in sheets]
    except (struct.error, IndexError) as error:
        raise Unreadable(BROKEN) from error
    text = sum(
        strings[index] * count
        for _, _, shared in walks
        for index, count in shared.items()
        if index < len(strings)
    )
    if text > limits.text:
        raise Unreadable(SWOLLEN)
    check_extents([(name, extent) for name, extent, _ in walks], limits)
    return rebuilt(stream), {name: extent for name, extent, _ in walks}


def _workbook_stream(path: Path) -> bytes:
    try:
        with olefile.OleFileIO(path, raise_defects=olefile.DEFECT_INCORRECT) as ole:
            if ole.exists("EncryptedPackage"):
                raise Unreadable(ENCRYPTED)
            name = next((name for name in ("Workbook", "Book") if ole.exists(name)), None)
            if name is None:
                raise Unreadable(NOT_A_WORKBOOK)
            if ole.exists("_VBA_PROJECT_CUR"):
                raise Unreadable(MACROS)
            return ole.openstream(name).read()
    except (OSError, ValueError, IndexError, KeyError, struct.error) as error:
        raise Unreadable(BROKEN) from error
    except (TypeError, AttributeError, RecursionError, MemoryError) as error:
        raise Unreadable(BROKEN) from error


def _globals(stream: bytes, limits: Limits) -> tuple[list[tuple[str, int]], list[int], frozenset[int]]:
    """The sheets as (name, where they begin), the length of each shared string, the cell styles that
    show a share in percent."""
    styles = PercentStyles()
    sheets: list[tuple[str, int]] = []
    blocks: list[bytes] = []
    in_strings = False
    for kind, begin, end in records(stream, 0):
        if kind == _FILEPASS:
            raise Unreadable(ENCRYPTED)
        if kind == _BOUNDSHEET:
            sheets.append((_sheet_name(stream[begin:end]), u32(stream, begin)))
        styles.see(kind, stream[begin:end])
        in_strings = kind == _SST or (in_strings and kind == _CONTINUE)
        if in_strings:
            blocks.append(stream[begin:end])
    if len(sheets) > limits.parts or any(start >= len(stream) for _, start in sheets):
        raise Unreadable(BROKEN)
    return sheets, _string_lengths(blocks) if blocks else [], styles.percent


def _sheet_name(record: bytes) -> str:
    """The name in a sheet's directory record: one byte or two bytes a character, as flagged."""
    size, flags = record[6], record[7]
    if flags & 1:
        return record[8 : 8 + 2 * size].decode("utf-16-le", "replace")
    return record[8 : 8 + size].decode("latin-1")


def _string_lengths(blocks: list[bytes]) -> list[int]:
    """The lengths of the shared strings, which may run on from one record to the next."""
    count = u32(blocks[0], 4)
    # A string takes three bytes at least; the reader makes room for the count before it looks.
    if count > sum(map(len, blocks)) // 3:
        raise Unreadable(BROKEN)
    cursor = _Cursor(blocks, 8)
    return [cursor.string() for _ in range(count)]


class _Cursor:
    """A place in a text that is cut into records; character data is flagged again in each."""

    def __init__(self, blocks: list[bytes], at: int):
        self.blocks, self.block, self.at = blocks, 0, at

    def string(self) -> int:
        if self.at >= len(self.blocks[self.block]):
            self._next()
        data = self.blocks[self.block]
        length, flags = struct.unpack_from("<HB", data, self.at)
        self.at += 3
        extra = 0
        if flags & 0x08:
            extra += 4 * struct.unpack_from("<H", data, self.at)[0]
            self.at += 2
        if flags & 0x04:
            extra += u32(data, self.at)
            self.at += 4
        self._characters(length, 2 if flags & 1 else 1)
        self._skip(extra)
        return length

    def _next(self) -> None:
        self.block, self.at = self.block + 1, 0
        if self.block >= len(self.blocks):
            raise Unreadable(BROKEN)

    def _characters(self, length: int, width: int) -> None:
        while length:
            here = min(length, (len(self.blocks[self.block]) - self.at) // width)
            self.at += here * width
            length -= here
            if length:
                self._next()
                width = 2 if self.blocks[self.block][0] & 1 else 1
                self.at = 1

    def _skip(self, size: int) -> None:
        while size > len(self.blocks[self.block]) - self.at:
            size -= len(self.blocks[self.block]) - self.at
            self._next()
        self.at += size
