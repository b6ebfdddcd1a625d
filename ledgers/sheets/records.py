"""The records of an .xls: what a sheet holds, what of it is odd, what is hidden."""

import struct
from collections import Counter
from collections.abc import Iterator

from ledgers.sheets.limits import BROKEN, SWOLLEN, Extent, Limits, Note, Oddity, Unreadable
from ledgers.sheets.number_formats import PERCENT_FORMATS, is_percent, percent_note

_EOF, _FORMAT, _XF, _ROW, _COLUMNS = 0x0A, 0x41E, 0xE0, 0x208, 0x7D
_DIMENSIONS, _LABELSST, _MULRK, _BOOLERR, _FORMULA = 0x200, 0xFD, 0xBD, 0x205, 0x06
_NUMBER, _RK = 0x203, 0x27E
_MERGES = 0xE5
# Number, label, boolean or error, RK, shared string, several RKs, formula, rich string.
_CELLS = frozenset({_NUMBER, 0x204, _BOOLERR, _RK, _LABELSST, _MULRK, _FORMULA, 0xD6})
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


def records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
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


class PercentStyles:
    """The cell styles of a workbook that show a share in percent, by their number."""

    def __init__(self) -> None:
        self.formats = {int(number) for number in PERCENT_FORMATS}
        self.styles: list[int] = []

    def see(self, kind: int, record: bytes) -> None:
        """Take note of a number format or a cell style."""
        if kind == _FORMAT and len(record) > 5:
            number, length, flags = struct.unpack_from("<HHB", record)
            text = record[5 : 5 + 2 * length].decode("utf-16-le", "replace") if flags & 1 else ""
            if is_percent(text or record[5 : 5 + length].decode("latin-1")):
                self.formats.add(number)
        elif kind == _XF and len(record) > 3:
            self.styles.append(struct.unpack_from("<H", record, 2)[0])

    @property
    def percent(self) -> frozenset[int]:
        return frozenset(place for place, number in enumerate(self.styles) if number in self.formats)


def walk_sheet(
    stream: bytes, start: int, limits: Limits, percent: frozenset[int]
) -> tuple[Extent, Counter[int]]:
    """How far a sheet's values reach, its odd cells, and how often it uses each shared string."""
    extent, shared = Extent(), Counter()
    merges = 0
    for kind, begin, end in records(stream, start):
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", stream, begin)
            if kind == _MULRK:
                (column,) = struct.unpack_from("<H", stream, end - 2)
            extent.add(row + 1, column + 1)
            if kind == _LABELSST:
                shared[u32(stream, begin + 6)] += 1
            for place, note in _notes(kind, stream, begin, end, percent):
                extent.note(place, note, limits)
        elif kind in (_ROW, _COLUMNS):
            _note_hidden(kind, stream, begin, extent)
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


def _notes(
    kind: int, stream: bytes, begin: int, end: int, percent: frozenset[int]
) -> Iterator[tuple[tuple[int, int], Note]]:
    """What is odd about the cell or the cells of a record."""
    if note := _note(kind, stream, begin):
        row, column = struct.unpack_from("<HH", stream, begin)
        yield (row + 1, column + 1), note
    yield from _shares(kind, stream, begin, end, percent)


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


def _note_hidden(kind: int, stream: bytes, begin: int, extent: Extent) -> None:
    first, last = struct.unpack_from("<HH", stream, begin)
    if kind == _ROW and stream[begin + 12] & 0x20:
        extent.hide(extent.hidden_rows, first + 1, first + 1)
    elif kind == _COLUMNS and stream[begin + 8] & 1:
        extent.hide(extent.hidden_columns, first + 1, min(last, 255) + 1)


def _shares(
    kind: int, stream: bytes, begin: int, end: int, percent: frozenset[int]
) -> Iterator[tuple[tuple[int, int], Note]]:
    """The figures of a cell record that a person sees in percent."""
    if not percent or kind not in (_NUMBER, _RK, _MULRK, _FORMULA):
        return
    row, column = struct.unpack_from("<HH", stream, begin)
    cells = range(begin + 4, end - 2, 6) if kind == _MULRK else (begin + 4,)
    for offset, at in enumerate(cells):
        (style,) = struct.unpack_from("<H", stream, at)
        if style not in percent:
            continue
        if kind in (_RK, _MULRK):
            value = _rk(u32(stream, at + 2))
        elif stream[at + 8 : at + 10] == b"\xff\xff":
            continue
        else:
            (value,) = struct.unpack_from("<d", stream, at + 2)
        if note := percent_note(str(value)):
            yield (row + 1, column + offset + 1), note


def _rk(packed: int) -> float:
    """A figure in four bytes: an integer or the upper half of a float, perhaps a hundredfold."""
    if packed & 2:
        value = float((packed >> 2) - ((packed & 0x80000000) >> 1))
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return value / 100 if packed & 1 else value


def u32(data: bytes, at: int) -> int:
    """Four bytes as a number."""
    return struct.unpack_from("<I", data, at)[0]
