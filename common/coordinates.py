"""Typed coordinates of any kind in use to CGCS2000 degrees.

Degrees may be decimal or 度分秒; metres are Gauss-Krüger (easting 横坐标 Y, northing 纵坐标 X) in
3° zones 25 to 45 or 6° zones 13 to 23. WGS84 degrees are taken as they are: the two systems
differ by less than a metre, handheld receivers by more. 北京54, 西安80, GCJ-02 and BD-09 have no
exact published way to CGCS2000; their points come back `approximate`, with a note for the screen.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from common.geodesy.datums import beijing54, decimal_of, from_gcj02, gcj02_from_bd09
from common.geodesy.degrees import angle, swapped
from common.geodesy.grounds import DATUMS, EAST, NORTH, NOTES, SOUTH, WEST, BadCoordinate
from common.geodesy.metres import ELLIPSOIDS, is_northing, metres, plane, unzoned

PLACES = Decimal("0.0000001")  # about a centimetre


@dataclass(frozen=True)
class Point:
    """CGCS2000 degrees, seven decimals; `note` says why an approximate point is one."""

    lon: Decimal
    lat: Decimal
    approximate: bool = False
    note: str = ""


def locate(lon: object, lat: object, datum: str = "cgcs2000") -> Point:
    """A point typed in degrees. Raises BadCoordinate with a sentence."""
    east, east_sign = angle(lon, "经度")
    north, north_sign = angle(lat, "纬度")
    if east_sign == "N" or north_sign == "E" or swapped(east, north):
        raise BadCoordinate("经度和纬度填反了，经度在前（73至135度），纬度在后（18至54度）。")
    return _settled(east, north, datum)


def locate_projected(
    easting: object,
    northing: object,
    datum: str = "cgcs2000",
    *,
    zone: int | None = None,
    central_meridian: Decimal | int | None = None,
) -> Point:
    """A point typed in metres (横坐标, 纵坐标).

    An eight-digit easting carries its zone number; a shorter one needs the zone or the central
    meridian in degrees. Raises BadCoordinate with a sentence.
    """
    if datum not in ELLIPSOIDS:
        raise BadCoordinate("地图坐标没有投影坐标，请按经度、纬度填写。")
    x, y = metres(easting, "横坐标"), metres(northing, "纵坐标")
    if is_northing(x) and not is_northing(y):
        raise BadCoordinate("横坐标和纵坐标填反了，横坐标（东向）为6位或带带号的8位，纵坐标为7位。")
    if not is_northing(y):
        raise BadCoordinate("纵坐标应为7位米数（约2000000至6000000），请核对。")
    x, meridian = unzoned(x, zone, central_meridian)
    lon, lat = plane(datum, meridian).transform(float(x), float(y))
    return _settled(decimal_of(lon), decimal_of(lat), datum)


def _settled(lon: Decimal, lat: Decimal, datum: str) -> Point:
    if datum not in DATUMS:
        raise BadCoordinate("请选择坐标系。")
    if not (WEST <= lon <= EAST and SOUTH <= lat <= NORTH):
        raise BadCoordinate("这个位置不在我国大陆范围内，请核对坐标和坐标系。")
    if datum == "bd09":
        lon, lat = map(decimal_of, from_gcj02(*gcj02_from_bd09(float(lon), float(lat))))
    elif datum == "gcj02":
        lon, lat = map(decimal_of, from_gcj02(float(lon), float(lat)))
    elif datum == "beijing54":
        lat, lon = map(decimal_of, beijing54().transform(float(lat), float(lon)))
    note = NOTES.get(datum, "")
    return Point(lon.quantize(PLACES, ROUND_HALF_UP), lat.quantize(PLACES, ROUND_HALF_UP), bool(note), note)
