"""The gate for .xls: an OLE compound file whose one stream holds the workbook's records.

olefile walks the container, which is full of chains that can run in circles. What goes on to the
reader is not the file but a fresh container around that stream, and only after the stream's own
counts (rows, columns, strings) have been checked, because the reader makes room for them unasked.
"""

import struct
from collections import Counter
from collections.abc import Iterator
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
    Note,
    Oddity,
    Unreadable,
    check_extents,
)

_EOF, _FILEPASS, _CONTINUE, _BOUNDSHEET = 0x0A, 0x2F, 0x3C, 0x85
_SST, _DIMENSIONS, _LABELSST, _MULRK, _BOOLERR, _FORMULA = 0xFC, 0x200, 0xFD, 0xBD, 0x205, 0x06
_MERGES = 0xE5
# Number, label, boolean or error, RK, shared string, several RKs, formula, rich string.
_CELLS = frozenset({0x203, 0x204, _BOOLERR, 0x27E, _LABELSST, _MULRK, _FORMULA, 0xD6})
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
# The whole of an .xls sheet; a declared size beyond it is a lie.
_WHOLE_SHEET = 65_536 * 256


def check_compound(path: Path, limits: Limits) -> tuple[bytes, dict[str, dict[tuple[int, int], Note]]]:
    """A clean .xls with the same workbook in it, and the odd cells of each sheet by its name."""
    stream = _workbook_stream(path)
    try:
        sheets, strings = _globals(stream, limits)
        walks = [(name, *_walk_sheet(stream, start, limits)) for name, start in sheets]
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
    return rebuilt(stream), {name: extent.notes for name, extent, _ in walks}


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


# ---------------------------------------------------------------- records


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """(kind, begin, end) of the records from `start` to the end of their block."""
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        end = start + 4 + size
        if end > len(stream):
            raise Unreadable(BROKEN)
        yield kind, start + 4, end
        if kind == _EOF:
            return
        start = end


def _globals(stream: bytes, limits: Limits) -> tuple[list[tuple[str, int]], list[int]]:
    """The sheets as (name, where they begin) and the length of each shared string."""
    sheets: list[tuple[str, int]] = []
    blocks: list[bytes] = []
    in_strings = False
    for kind, begin, end in _records(stream, 0):
        if kind == _FILEPASS:
            raise Unreadable(ENCRYPTED)
        if kind == _BOUNDSHEET:
            sheets.append((_sheet_name(stream[begin:end]), _u32(stream, begin)))
        in_strings = kind == _SST or (in_strings and kind == _CONTINUE)
        if in_strings:
            blocks.append(stream[begin:end])
    if len(sheets) > limits.parts or any(start >= len(stream) for _, start in sheets):
        raise Unreadable(BROKEN)
    return sheets, _string_lengths(blocks) if blocks else []


def _sheet_name(record: bytes) -> str:
    """The name in a sheet's directory record: one byte or two bytes a character, as flagged."""
    size, flags = record[6], record[7]
    if flags & 1:
        return record[8 : 8 + 2 * size].decode("utf-16-le", "replace")
    return record[8 : 8 + size].decode("latin-1")


def _string_lengths(blocks: list[bytes]) -> list[int]:
    """The lengths of the shared strings, which may run on from one record to the next."""
    count = _u32(blocks[0], 4)
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
            extra += _u32(data, self.at)
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


def _walk_sheet(stream: bytes, start: int, limits: Limits) -> tuple[Extent, Counter[int]]:
    """How far a sheet's values reach, its odd cells, and how often it uses each shared string."""
    extent, shared = Extent(), Counter()
    merges = 0
    for kind, begin, end in _records(stream, start):
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", stream, begin)
            if kind == _MULRK:
                (column,) = struct.unpack_from("<H", stream, end - 2)
            extent.add(row + 1, column + 1)
            if kind == _LABELSST:
                shared[_u32(stream, begin + 6)] += 1
            note = _note(kind, stream, begin)
            if note:
                extent.note((row + 1, column + 1), note, limits)
        elif kind == _DIMENSIONS:
            _check_dimensions(stream[begin:end])
        elif kind == _MERGES:
            merges += struct.unpack_from("<H", stream, begin)[0]
            if merges > limits.merges:
                raise Unreadable(SWOLLEN)
    return extent, shared


def _note(kind: int, stream: bytes, begin: int) -> Note | None:
    if kind == _BOOLERR and stream[begin + 7] == 1:
        return Note(Oddity.ERROR, _ERRORS.get(stream[begin + 6], "#"))
    if kind == _FORMULA and stream[begin + 12 : begin + 14] == b"\xff\xff":
        if stream[begin + 6] == 2:
            return Note(Oddity.ERROR, _ERRORS.get(stream[begin + 8], "#"))
        # An empty result that is still to be calculated when the file is opened.
        if stream[begin + 6] == 3 and stream[begin + 14] & 3:
            return Note(Oddity.UNCALCULATED, "")
    return None


def _check_dimensions(record: bytes) -> None:
    if len(record) == 14:
        first, last, left, right = struct.unpack_from("<IIHH", record)
    elif len(record) == 10:
        first, last, left, right = struct.unpack_from("<HHHH", record)
    else:
        raise Unreadable(BROKEN)
    # An empty sheet may say 0 to 0; otherwise the ends lie one behind the last.
    empty = last == 0 or right == 0
    if not empty and (last <= first or right <= left):
        raise Unreadable(BROKEN)
    if not empty and (last - first) * (right - left) > _WHOLE_SHEET:
        raise Unreadable(BROKEN)


def _u32(data: bytes, at: int) -> int:
    return struct.unpack_from("<I", data, at)[0]
