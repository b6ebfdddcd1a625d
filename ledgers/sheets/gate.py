"""Is this file safe to open at all? Asked of every file before any parser touches it.

A file is judged by its content, never by its name. What passes is a `Gated` workbook, the only
thing the readers of this package open.
"""

import io
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from ledgers.sheets.compound import check_compound
from ledgers.sheets.limits import BROKEN, EMPTY, MEGABYTE, NOT_A_WORKBOOK, NOT_FOUND, Limits, Note, Unreadable
from ledgers.sheets.zipped import check_package

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Gated:
    """A workbook that passed: its kind ("xlsx" or "xls"), its odd cells by sheet name."""

    kind: str
    notes: dict[str, dict[tuple[int, int], Note]]
    _source: Path | bytes = field(repr=False)

    def open(self) -> CalamineWorkbook:
        """The workbook opened by the parser; Unreadable if the parser cannot read it."""
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
        return Gated("xlsx", check_package(path, limits), path)
    if magic == _OLE:
        clean, notes = check_compound(path, limits)
        return Gated("xls", notes, clean)
    raise Unreadable(NOT_A_WORKBOOK)


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
