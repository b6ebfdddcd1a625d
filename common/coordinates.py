"""Typed coordinates of any kind in use to CGCS2000 degrees.

Degrees may be decimal or 度分秒; metres are Gauss-Krüger (easting 横坐标 Y, northing 纵坐标 X) in
3° zones 25 to 45 or 6° zones 13 to 23. WGS84 degrees are taken as they are: the two systems
differ by less than a metre, handheld receivers by more. 北京54, 西安80, GCJ-02 and BD-09 have no
exact published way to CGCS2000; their points come back `approximate`, with a note for the screen.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import atan2, cos, pi, radians, sin, sqrt

from pyproj import Transformer

from common.words import half_width, squeeze

# code: the words on screen
DATUMS = {
    "cgcs2000": "2000国家大地坐标系",
    "wgs84": "WGS84（手持定位仪、照片）",
    "xian80": "西安80坐标系",
    "beijing54": "北京54坐标系",
    "gcj02": "高德、腾讯地图坐标（GCJ-02）",
    "bd09": "百度地图坐标（BD-09）",
}
_NOTES = {
    "xian80": "由西安80坐标近似换算，没有公开的转换参数，误差可达百米，请以测绘成果为准。",
    "beijing54": "由北京54坐标按邻近地区参数近似换算，误差可达数十米，请以测绘成果为准。",
    "gcj02": "由地图坐标近似换算，误差约数米，请以现场测量为准。",
    "bd09": "由百度地图坐标近似换算，误差约数米，请以现场测量为准。",
}
_ELLIPSOIDS = {
    "cgcs2000": "+ellps=GRS80",
    "wgs84": "+ellps=WGS84",
    "xian80": "+a=6378140 +rf=298.257",
    "beijing54": "+ellps=krass",
}
# Beijing 1954 to WGS 84 for the Ordos basin, the published set nearest to Shanxi (1 m there).
_BEIJING54_SHIFT = "urn:ogc:def:coordinateOperation:EPSG::15918"

_PLACES = Decimal("0.0000001")  # about a centimetre
_WEST, _EAST = Decimal("73.4"), Decimal("135.1")
_SOUTH, _NORTH = Decimal("18.1"), Decimal("53.6")


class BadCoordinate(ValueError):
    """No point in mainland China can be read from this; the text is a sentence for the person."""


@dataclass(frozen=True)
class Point:
    """CGCS2000 degrees, seven decimals; `note` says why an approximate point is one."""

    lon: Decimal
    lat: Decimal
    approximate: bool = False
    note: str = ""


def locate(lon: object, lat: object, datum: str = "cgcs2000") -> Point:
    """A point typed in degrees. Raises BadCoordinate with a sentence."""
    east, east_sign = _angle(lon, "经度")
    north, north_sign = _angle(lat, "纬度")
    if east_sign == "N" or north_sign == "E" or _swapped(east, north):
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
    if datum not in _ELLIPSOIDS:
        raise BadCoordinate("地图坐标没有投影坐标，请按经度、纬度填写。")
    x, y = _metres(easting, "横坐标"), _metres(northing, "纵坐标")
    if _is_northing(x) and not _is_northing(y):
        raise BadCoordinate("横坐标和纵坐标填反了，横坐标（东向）为6位或带带号的8位，纵坐标为7位。")
    if not _is_northing(y):
        raise BadCoordinate("纵坐标应为7位米数（约2000000至6000000），请核对。")
    x, meridian = _unzoned(x, zone, central_meridian)
    lon, lat = _plane(datum, meridian).transform(float(x), float(y))
    return _settled(_decimal(lon), _decimal(lat), datum)


def _settled(lon: Decimal, lat: Decimal, datum: str) -> Point:
    if datum not in DATUMS:
        raise BadCoordinate("请选择坐标系。")
    if not (_WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH):
        raise BadCoordinate("这个位置不在我国大陆范围内，请核对坐标和坐标系。")
    if datum == "bd09":
        lon, lat = map(_decimal, _from_gcj02(*_gcj02_from_bd09(float(lon), float(lat))))
    elif datum == "gcj02":
        lon, lat = map(_decimal, _from_gcj02(float(lon), float(lat)))
    elif datum == "beijing54":
        lat, lon = map(_decimal, _beijing54().transform(float(lat), float(lon)))
    note = _NOTES.get(datum, "")
    return Point(lon.quantize(_PLACES, ROUND_HALF_UP), lat.quantize(_PLACES, ROUND_HALF_UP), bool(note), note)


# ---------------------------------------------------------------- degrees

_SIGNS = {"东经": "E", "北纬": "N", "西经": "W", "南纬": "S", "经度": "E", "纬度": "N"}
_DEGREE, _MINUTE, _SECOND = "[°º˚度]", "['’‘′ʹ´`分]", "(?:[\"”“″ʺ〃秒]|['’‘′]{2})"
_DECIMAL_DEGREES = re.compile(rf"(\d{{1,3}}(?:\.\d+)?)\s*{_DEGREE}?")
_SEXAGESIMAL = re.compile(
    rf"(\d{{1,3}})\s*{_DEGREE}\s*(\d{{1,2}}(?:\.\d+)?)\s*{_MINUTE}?"
    rf"(?:(?<={_MINUTE})\s*(\d{{1,2}}(?:\.\d+)?)\s*{_SECOND}?)?"
)
_SEPARATED = re.compile(r"(\d{1,3})(?:\s+|\s*[-:]\s*)(\d{1,2})(?:\s+|\s*[-:]\s*)(\d{1,2}(?:\.\d+)?)")


def _angle(value: object, what: str) -> tuple[Decimal, str]:
    """Decimal degrees, and E or N where the text says which (else "")."""
    text = half_width("" if value is None else str(value)).strip().upper()
    if not text:
        raise BadCoordinate(f"没有填写{what}。")
    text, sign = _unsigned(text)
    if sign in ("W", "S"):
        raise BadCoordinate("只接受东经、北纬的坐标，请核对。")
    if match := _DECIMAL_DEGREES.fullmatch(text):
        return Decimal(match[1]), sign
    match = _SEXAGESIMAL.fullmatch(text) or _SEPARATED.fullmatch(text)
    if not match:
        raise BadCoordinate(f"{what}没有看懂，请填写度数（如111.9089）或度分秒（如111°54′32.1″）。")
    degrees, minutes, seconds = (Decimal(part or 0) for part in match.groups())
    if minutes >= 60 or seconds >= 60:
        raise BadCoordinate(f"{what}的分和秒应小于60，请核对。")
    if seconds and minutes != int(minutes):
        raise BadCoordinate(f"{what}的分带了小数又填了秒，请核对。")
    return degrees + minutes / 60 + seconds / 3600, sign


def _unsigned(text: str) -> tuple[str, str]:
    match = re.fullmatch(r"(东经|北纬|西经|南纬|经度|纬度|[NSEW])[:\s]*(.*)", text)
    if match:
        return match[2], _SIGNS.get(match[1], match[1])
    match = re.fullmatch(r"(.*?)\s*([NSEW])", text)
    return (match[1], match[2]) if match else (text, "")


def _swapped(lon: Decimal, lat: Decimal) -> bool:
    return _WEST <= lat <= _EAST and _SOUTH <= lon <= _NORTH


# ---------------------------------------------------------------- metres


def _metres(value: object, what: str) -> Decimal:
    match = re.fullmatch(r"(\d{1,9}(?:\.\d+)?)(?:m|米)?", squeeze(value), re.IGNORECASE | re.ASCII)
    if not match:
        raise BadCoordinate(f"{what}应为米数，如4151234.56，请核对。")
    return Decimal(match[1])


def _is_northing(value: Decimal) -> bool:
    return 1_900_000 <= value <= 6_000_000


def _unzoned(x: Decimal, zone: int | None, central_meridian: Decimal | int | None) -> tuple[Decimal, Decimal]:
    """The easting without its zone number, and the central meridian in degrees."""
    written, x = divmod(x, 1_000_000)
    named = {_meridian_of(int(number)) for number in (written or None, zone) if number is not None}
    if central_meridian is not None:
        named.add(Decimal(central_meridian))
    if not named:
        raise BadCoordinate("横坐标没有带号，请填写带号或中央经线。")
    if len(named) > 1:
        raise BadCoordinate("横坐标前的带号与填写的带号或中央经线不一致，请核对。")
    meridian = named.pop()
    if not _WEST <= meridian <= _EAST:
        raise BadCoordinate("中央经线应在73至135度之间，请核对。")
    if not 150_000 <= x <= 850_000:
        raise BadCoordinate("横坐标离中央经线太远，请核对横坐标和带号。")
    return x, meridian


def _meridian_of(zone: int) -> Decimal:
    if 25 <= zone <= 45:
        return Decimal(3 * zone)
    if 13 <= zone <= 23:
        return Decimal(6 * zone - 3)
    raise BadCoordinate("带号应为25至45（3度带）或13至23（6度带），请核对横坐标前两位。")


@lru_cache(maxsize=64)
def _plane(datum: str, meridian: Decimal) -> Transformer:
    # A Transformer may be shared between threads, a Proj may not.
    return Transformer.from_pipeline(
        f"+proj=pipeline +step +inv +proj=tmerc +lat_0=0 +lon_0={meridian} +k=1 +x_0=500000 +y_0=0 "
        f"{_ELLIPSOIDS[datum]} +step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )


# ---------------------------------------------------------------- datums


@lru_cache(maxsize=1)
def _beijing54() -> Transformer:
    return Transformer.from_pipeline(_BEIJING54_SHIFT)


# The offset of Chinese web maps as published many times over: its ellipsoid (Krasovsky's) and a
# sum of sines around 105° E, 35° N. It has no closed inverse, so the inverse is iterated.
_GCJ_A = 6378245.0
_GCJ_EE = 0.00669342162296594323


def _to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    x, y = lon - 105.0, lat - 35.0
    common = 20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)
    d_lat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    d_lat += (common + 20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    d_lat += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    d_lon = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    d_lon += (common + 20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    d_lon += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    magic = 1 - _GCJ_EE * sin(radians(lat)) ** 2
    d_lat = d_lat * 180.0 / (_GCJ_A * (1 - _GCJ_EE) / (magic * sqrt(magic)) * pi)
    d_lon = d_lon * 180.0 / (_GCJ_A / sqrt(magic) * cos(radians(lat)) * pi)
    return lon + d_lon, lat + d_lat


def _from_gcj02(lon: float, lat: float) -> tuple[float, float]:
    guess_lon, guess_lat = lon, lat
    for _ in range(10):
        there_lon, there_lat = _to_gcj02(guess_lon, guess_lat)
        guess_lon, guess_lat = guess_lon - (there_lon - lon), guess_lat - (there_lat - lat)
    return guess_lon, guess_lat


# Baidu turns and stretches GCJ-02 once more; as published many times over.
_BD_WAVE = pi * 3000.0 / 180.0


def _gcj02_from_bd09(lon: float, lat: float) -> tuple[float, float]:
    x, y = lon - 0.0065, lat - 0.006
    radius = sqrt(x * x + y * y) - 0.00002 * sin(y * _BD_WAVE)
    angle = atan2(y, x) - 0.000003 * cos(x * _BD_WAVE)
    return radius * cos(angle), radius * sin(angle)


def _decimal(value: float) -> Decimal:
    return Decimal(repr(float(value)))
