"""What a photo says of itself.

Cameras and phones write the time taken (their local clock, without a zone) and the position
(WGS84 degrees) into EXIF; chat tools remove both. Only the formats of cameras are opened: every
further decoder is a further door.
"""

import math
import re
import struct
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import BinaryIO

from PIL import ExifTags, Image, UnidentifiedImageError

# Phones' JPEGs with a second picture inside (MPO) are opened by the JPEG decoder.
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_PLACES = Decimal("0.0000001")
BROKEN = (
    *(OSError, EOFError, SyntaxError, ValueError, TypeError, KeyError, IndexError),
    *(AttributeError, ArithmeticError, AssertionError, RuntimeError, struct.error),
    *(UnidentifiedImageError, Image.DecompressionBombError),
)


@dataclass(frozen=True)
class PhotoFacts:
    """Time taken by the camera's clock (no zone) and WGS84 position, where the photo has them."""

    taken_at: datetime | None = None
    lon: Decimal | None = None
    lat: Decimal | None = None


def read_exif(file: BinaryIO) -> PhotoFacts:
    """Time and place from a photo's EXIF. Anything unreadable, or no photo at all, has none.

    Pixels are not decoded. The file is left at its beginning.
    """
    try:
        file.seek(0)
        with Image.open(file, formats=_FORMATS) as image:
            exif = image.getexif()
            taken = _taken_at(exif.get_ifd(ExifTags.IFD.Exif))
            lon, lat = _position(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except BROKEN:
        return PhotoFacts()
    finally:
        file.seek(0)
    return PhotoFacts(taken, lon, lat)


def _taken_at(ifd: dict) -> datetime | None:
    for tag in (ExifTags.Base.DateTimeOriginal, ExifTags.Base.DateTimeDigitized):
        numbers = re.findall(r"[0-9]+", str(ifd.get(tag, "")))
        if len(numbers) < 6:
            continue
        try:
            return datetime(*map(int, numbers[:6]))  # noqa: DTZ001 - the camera knows no zone
        except (ValueError, OverflowError):
            continue
    return None


def _position(ifd: dict) -> tuple[Decimal | None, Decimal | None]:
    lat = _degrees(ifd.get(ExifTags.GPS.GPSLatitude), ifd.get(ExifTags.GPS.GPSLatitudeRef), "S")
    lon = _degrees(ifd.get(ExifTags.GPS.GPSLongitude), ifd.get(ExifTags.GPS.GPSLongitudeRef), "W")
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
        return None, None
    # Receivers without a fix write zeros.
    return (None, None) if not lat and not lon else (lon, lat)


def _degrees(parts: object, side: object, negative: str) -> Decimal | None:
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value) or value < 0:
        return None
    sign = -1 if str(side).strip("\x00 ").upper() == negative else 1
    return (sign * Decimal(repr(value))).quantize(_PLACES, ROUND_HALF_UP)
