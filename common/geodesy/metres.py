"""Gauss-Krüger metres as typed: the easting with or without its zone number, the northing."""

import re
from decimal import Decimal
from functools import lru_cache

from pyproj import Transformer

from common.geodesy.grounds import EAST, WEST, BadCoordinate
from common.words import squeeze

ELLIPSOIDS = {
    "cgcs2000": "+ellps=GRS80",
    "wgs84": "+ellps=WGS84",
    "xian80": "+a=6378140 +rf=298.257",
    "beijing54": "+ellps=krass",
}


def metres(value: object, what: str) -> Decimal:
    """A length in metres as typed. Raises BadCoordinate."""
    match = re.fullmatch(r"(\d{1,9}(?:\.\d+)?)(?:m|米)?", squeeze(value), re.IGNORECASE | re.ASCII)
    if not match:
        raise BadCoordinate(f"{what}应为米数，如4151234.56，请核对。")
    return Decimal(match[1])


def is_northing(value: Decimal) -> bool:
    """Whether metres can be a northing in China."""
    return 1_900_000 <= value <= 6_000_000


def unzoned(x: Decimal, zone: int | None, central_meridian: Decimal | int | None) -> tuple[Decimal, Decimal]:
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
    if not WEST <= meridian <= EAST:
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
def plane(datum: str, meridian: Decimal) -> Transformer:
    """From metres around a central meridian to degrees."""
    # A Transformer may be shared between threads, a Proj may not.
    return Transformer.from_pipeline(
        f"+proj=pipeline +step +inv +proj=tmerc +lat_0=0 +lon_0={meridian} +k=1 +x_0=500000 +y_0=0 "
        f"{ELLIPSOIDS[datum]} +step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
