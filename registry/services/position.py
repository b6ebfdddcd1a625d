"""A position as typed (degrees, 度分秒 or metres) to the fields of a thing or a photo."""

from dataclasses import dataclass
from decimal import Decimal

from common.coordinates import Point, locate, locate_projected
from common.words import squeeze

WGS84 = "wgs84"


@dataclass(frozen=True)
class Position:
    """CGCS2000 degrees, what was typed and in which system, and whether it's only near."""

    longitude: Decimal
    latitude: Decimal
    typed: str = ""
    datum: str = ""
    approximate: bool = False
    note: str = ""

    def as_fields(self) -> dict:
        """The fields of a clue or a case."""
        return {
            "longitude": self.longitude,
            "latitude": self.latitude,
            "position_typed": self.typed,
            "position_datum": self.datum,
            "position_approximate": self.approximate,
        }


NO_POSITION = {
    "longitude": None,
    "latitude": None,
    "position_typed": "",
    "position_datum": "",
    "position_approximate": False,
}


def read_position(first: str, second: str, datum: str, zone: int | None = None) -> Position:
    """A typed pair: longitude and latitude, or easting and northing in metres.

    `zone` is the number of the 3° or 6° zone, or the central meridian (75 to 135) of metres that
    don't carry it. Raises common.coordinates.BadCoordinate with a sentence.
    """
    point = _point(first, second, datum, zone)
    typed = f"{str(first).strip()}，{str(second).strip()}"
    if zone:
        typed += f"，{zone}"
    return Position(point.lon, point.lat, typed[:120], datum, point.approximate, point.note)


def _point(first: str, second: str, datum: str, zone: int | None) -> Point:
    if not (_is_metres(first) or _is_metres(second)):
        return locate(first, second, datum)
    named = {}
    if zone:
        named = {"central_meridian": int(zone)} if int(zone) >= 60 else {"zone": int(zone)}
    return locate_projected(first, second, datum, **named)


def _is_metres(typed: str) -> bool:
    """More than three digits before the point, and nothing of degrees about it."""
    whole = squeeze(typed).partition(".")[0]
    return whole.isdigit() and len(whole) > 3
