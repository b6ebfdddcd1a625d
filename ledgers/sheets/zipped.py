"""The gate for .xlsx and .ods: a zip of XML parts, each checked as a stream before a parser sees any of it.

Nothing the file says about itself is believed: every part is inflated here and counted, and must
be exactly what the directory declares, so that a second reader sees the same bytes.
"""

import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from ledgers.sheets.cells_walk import CellsWalk
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
from ledgers.sheets.opendocument import (
    CONTENT,
    MANIFEST,
    MIMETYPE,
    ContentWalk,
    check_names,
    walk_document,
)
from ledgers.sheets.parts import (
    RELATIONS,
    STRINGS,
    STYLES,
    TYPES,
    WORKBOOK,
    StringsWalk,
    StylesWalk,
    WorkbookWalk,
    walk_part,
)
from ledgers.sheets.plain_book import PlainBook
from ledgers.sheets.walks import Walk

_CHUNK = 64 * 1024
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")


@dataclass(frozen=True)
class Package:
    """What came out of a zip: its kind, what each sheet holds, the sheets where the gate read them."""

    kind: str
    extents: dict[str, Extent]
    book: PlainBook | None = None


def check_package(path: Path, limits: Limits) -> Package:
    """The workbook in a zip, .xlsx or .ods; Unreadable if the file must not be opened."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            infos = _checked_directory(archive, limits)
            parts = {name: _inflated(file, info, limits) for name, info in infos.items()}
            if _is_opendocument(infos):
                return _opendocument(parts, limits)
            walks = _walked(parts, limits)
    except (zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError) as error:
        raise Unreadable(BROKEN) from error
    except (NotImplementedError, ValueError, OverflowError, EOFError, OSError) as error:
        raise Unreadable(BROKEN) from error
    _check_text(walks, limits)
    sheets = _sheets(walks)
    check_extents(sheets, limits)
    return Package("xlsx", dict(sheets))


def _opendocument(parts: dict[str, Iterator[bytes]], limits: Limits) -> Package:
    """The sheets of an .ods; whether it has a password is asked before its content is looked at."""
    order = sorted(parts, key=lambda name: (name != MIMETYPE, name != MANIFEST))
    walks = {name: walk_document(name, parts[name], limits) for name in order}
    content = walks[CONTENT]
    sheets = content.sheets if isinstance(content, ContentWalk) else []
    if not sheets:
        raise Unreadable(NOT_A_WORKBOOK)
    if len({sheet.name for sheet in sheets}) != len(sheets):
        raise Unreadable(BROKEN)
    book = PlainBook(sheets)
    check_extents(book.extents.items(), limits)
    return Package("ods", book.extents, book)


# ---------------------------------------------------------------- the zip


def _checked_directory(archive: zipfile.ZipFile, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    named = {info.filename.lower(): info for info in infos}
    if len(named) != len(infos) or archive.comment:
        raise Unreadable(BROKEN)
    if any(info.flag_bits & 0x1 for info in infos):
        raise Unreadable(ENCRYPTED)
    if _is_opendocument(named):
        check_names(named)
    elif "xl/workbook.bin" not in named and (WORKBOOK not in named or TYPES not in named):
        raise Unreadable(NOT_A_WORKBOOK)
    if any(PurePosixPath(name).name == "vbaproject.bin" for name in named):
        raise Unreadable(MACROS)
    if WORKBOOK not in named and not _is_opendocument(named):
        raise Unreadable(NOT_A_WORKBOOK)
    if len(infos) > limits.parts or sum(i.file_size for i in infos) > limits.total_bytes:
        raise Unreadable(SWOLLEN)
    return named


def _is_opendocument(names: Collection[str]) -> bool:
    return WORKBOOK not in names and CONTENT in names and MIMETYPE in names


def _inflated(file, info: zipfile.ZipInfo, limits: Limits) -> Iterator[bytes]:
    """The bytes of a part, inflated and counted here, whatever sizes the directory declares."""
    if info.file_size > limits.part_bytes:
        raise Unreadable(SWOLLEN)
    file.seek(info.header_offset)
    header = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    signature, method, name_size, extra_size = header[0], header[3], header[9], header[10]
    name = file.read(name_size)
    if signature != b"PK\x03\x04" or method != info.compress_type or method not in (0, 8):
        raise Unreadable(BROKEN)
    if name.decode("utf-8" if info.flag_bits & 0x800 else "cp437") != info.orig_filename:
        raise Unreadable(BROKEN)
    file.seek(extra_size, 1)
    packed = _packed(file, info.compress_size)
    size = crc = 0
    for chunk in packed if method == 0 else _inflate(packed):
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
        if size > info.file_size:
            raise Unreadable(SWOLLEN)
        if size > limits.ratio_from and size > limits.ratio * max(info.compress_size, 1):
            raise Unreadable(SWOLLEN)
        yield chunk
    if size != info.file_size or crc != info.CRC:
        raise Unreadable(BROKEN)


def _packed(file, size: int) -> Iterator[bytes]:
    while size > 0:
        chunk = file.read(min(size, _CHUNK))
        if not chunk:
            raise Unreadable(BROKEN)
        size -= len(chunk)
        yield chunk


def _inflate(packed: Iterator[bytes]) -> Iterator[bytes]:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    for chunk in packed:
        while chunk and not engine.eof:
            out = engine.decompress(chunk, _CHUNK)
            if out:
                yield out
            chunk = engine.unconsumed_tail
        if engine.eof and (chunk or engine.unused_data):
            raise Unreadable(BROKEN)
    rest = engine.flush()
    if rest:
        yield rest
    if not engine.eof:
        raise Unreadable(BROKEN)


# ---------------------------------------------------------------- both together


def _walked(parts: dict[str, Iterator[bytes]], limits: Limits) -> dict[str, Walk]:
    """Every part as it streamed by, the styles first: they tell what the cells show."""
    walks: dict[str, Walk] = {}
    for name in sorted(parts, key=lambda name: name != STYLES):
        styles = walks.get(STYLES)
        percent = styles.percent if isinstance(styles, StylesWalk) else frozenset()
        walks[name] = walk_part(name, parts[name], limits, percent)
    return walks


def _check_text(walks: dict[str, Walk], limits: Limits) -> None:
    """A few long strings that very many cells point to fill the memory as surely as a bomb."""
    strings = walks.get(STRINGS)
    lengths = strings.lengths if isinstance(strings, StringsWalk) else []
    total = 0
    for walk in walks.values():
        if isinstance(walk, CellsWalk):
            for index, count in walk.shared.items():
                if index.isdecimal() and len(index) < 10 and int(index) < len(lengths):
                    total += lengths[int(index)] * count
    if total > limits.text:
        raise Unreadable(SWOLLEN)


def _sheets(walks: dict[str, Walk]) -> list[tuple[str, Extent]]:
    """Every part that holds cells, under the name of its sheet if it has one."""
    book, relations = walks[WORKBOOK], walks.get(RELATIONS)
    targets = relations.targets if isinstance(relations, WorkbookWalk) else {}
    names = {targets.get(key, ""): name for name, key in book.sheets}
    return [
        (names.get(part, part), walk.extent)
        for part, walk in walks.items()
        if isinstance(walk, CellsWalk) and walk.has_cells
    ]
