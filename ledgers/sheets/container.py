"""A clean OLE compound file around one workbook stream, for the reader behind the gate."""

import struct

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def rebuilt(stream: bytes) -> bytes:
    """A compound file of version 3 that holds just this workbook stream.

    Sectors: the stream, one for the directory, then the allocation table (and its own table where
    109 entries do not suffice: that is from 7 MB on).
    """
    # Streams under 4096 bytes live elsewhere in the format; padding them is legal.
    size = max(len(stream), 4096)
    data = stream.ljust(-(-size // _SECTOR) * _SECTOR, b"\0")
    body = len(data) // _SECTOR
    per = _SECTOR // 4
    fats = difats = 0
    while fats * per < body + 1 + fats + difats:
        fats += 1
        difats = max(0, -(-(fats - 109) // (per - 1)))
    first_fat, first_difat = body + 1, body + 1 + fats
    table = [*range(1, body), _END, _END, *[_FAT] * fats, *[0xFFFFFFFC] * difats]
    table += [_FREE] * (fats * per - len(table))
    places = list(range(first_fat, first_fat + fats))
    header = struct.pack(
        "<8s16s5H6x8I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, fats, body, 0, 4096, _END, 0, first_difat if difats else _END),
    ) + struct.pack("<I", difats)
    header += _longs(places[:109], 109)
    return b"".join(
        (
            header,
            data,
            _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 0, size) + bytes(256),
            _longs(table, fats * per),
            _difat_sectors(places[109:], first_difat, difats, per),
        )
    )


def _longs(values: list[int], count: int) -> bytes:
    return struct.pack(f"<{count}I", *values, *[_FREE] * (count - len(values)))


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBB3I36xIQ", encoded, len(encoded), kind, 1, _FREE, _FREE, child, start, size)


def _difat_sectors(places: list[int], first: int, count: int, per: int) -> bytes:
    sectors = []
    for number in range(count):
        part = places[number * (per - 1) : (number + 1) * (per - 1)]
        following = first + number + 1 if number + 1 < count else _END
        sectors.append(_longs(part, per - 1) + struct.pack("<I", following))
    return b"".join(sectors)
