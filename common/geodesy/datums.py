"""From older and shifted systems to CGCS2000: near, never exact; nothing better is published."""

from decimal import Decimal
from functools import lru_cache
from math import atan2, cos, pi, radians, sin, sqrt

from pyproj import Transformer

# Beijing 1954 to WGS 84 for the Ordos basin, the published set nearest to Shanxi (1 m there).
BEIJING54_SHIFT = "urn:ogc:def:coordinateOperation:EPSG::15918"


@lru_cache(maxsize=1)
def beijing54() -> Transformer:
    """From 北京54 degrees (latitude first) to WGS 84."""
    return Transformer.from_pipeline(BEIJING54_SHIFT)


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


def from_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Degrees of Chinese web maps to WGS 84, within a centimetre of the published offset."""
    guess_lon, guess_lat = lon, lat
    for _ in range(10):
        there_lon, there_lat = _to_gcj02(guess_lon, guess_lat)
        guess_lon, guess_lat = guess_lon - (there_lon - lon), guess_lat - (there_lat - lat)
    return guess_lon, guess_lat


# Baidu turns and stretches GCJ-02 once more; as published many times over.
_BD_WAVE = pi * 3000.0 / 180.0


def gcj02_from_bd09(lon: float, lat: float) -> tuple[float, float]:
    """Baidu's degrees to GCJ-02."""
    x, y = lon - 0.0065, lat - 0.006
    radius = sqrt(x * x + y * y) - 0.00002 * sin(y * _BD_WAVE)
    angle = atan2(y, x) - 0.000003 * cos(x * _BD_WAVE)
    return radius * cos(angle), radius * sin(angle)


def decimal_of(value: float) -> Decimal:
    """A float through its shortest text."""
    return Decimal(repr(float(value)))
