"""Degrees as typed: decimal or 度分秒, with or without a direction."""

import re
from decimal import Decimal

from common.geodesy.grounds import EAST, NORTH, SOUTH, WEST, BadCoordinate
from common.words import half_width

_SIGNS = {"东经": "E", "北纬": "N", "西经": "W", "南纬": "S", "经度": "E", "纬度": "N"}
_DEGREE, _MINUTE, _SECOND = "[°º˚度]", "['’‘′ʹ´`分]", "(?:[\"”“″ʺ〃秒]|['’‘′]{2})"
_DECIMAL_DEGREES = re.compile(rf"(\d{{1,3}}(?:\.\d+)?)\s*{_DEGREE}?")
_SEXAGESIMAL = re.compile(
    rf"(\d{{1,3}})\s*{_DEGREE}\s*(\d{{1,2}}(?:\.\d+)?)\s*{_MINUTE}?"
    rf"(?:(?<={_MINUTE})\s*(\d{{1,2}}(?:\.\d+)?)\s*{_SECOND}?)?"
)
_SEPARATED = re.compile(r"(\d{1,3})(?:\s+|\s*[-:]\s*)(\d{1,2})(?:\s+|\s*[-:]\s*)(\d{1,2}(?:\.\d+)?)")


def angle(value: object, what: str) -> tuple[Decimal, str]:
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


def swapped(lon: Decimal, lat: Decimal) -> bool:
    """Whether these degrees only make sense the other way round."""
    return WEST <= lat <= EAST and SOUTH <= lon <= NORTH
