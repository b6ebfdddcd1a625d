"""Small copies of pictures: upright, without what the original tells; what opens nowhere says so."""

import io
import zlib
from datetime import datetime

import pytest
from PIL import Image

from common import pictures
from common.photos import read_exif
from tests.common.test_photos import SAMPLE, photo
from tests.papers import DRAWN, HEIC, picture

TYPES = {kind: content_type for content_type, kind in pictures.KINDS.items()}


def copy(body, content_type="image/jpeg", most=100):
    return Image.open(io.BytesIO(pictures.small_copy(io.BytesIO(body), content_type, most)))


def fault(body, content_type="image/jpeg"):
    return pictures.fault_of(io.BytesIO(body), content_type)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP"])
def test_every_kind_opens_and_becomes_a_small_jpeg(kind):
    assert fault(picture(kind), TYPES[kind]) == ""
    assert (copy(picture(kind), TYPES[kind], 80).format, copy(picture(kind), TYPES[kind], 80).size) == (
        "JPEG",
        (60, 80),
    )


def test_heic_of_a_phone_is_shown_and_tells_when_and_where():
    assert fault(HEIC, "image/heic") == ""
    assert copy(HEIC, "image/heic", 320).size == (320, 240)
    facts = read_exif(io.BytesIO(HEIC))
    assert facts.taken_at == datetime(2026, 11, 1, 9, 30)
    assert (f"{facts.lon:.3f}", f"{facts.lat:.3f}") == ("112.158", "37.552")


def test_a_copy_stands_upright_and_carries_nothing_but_the_picture():
    shown = copy(photo(orientation=6))
    assert shown.size == (40, 60)
    assert not dict(shown.getexif()) and b"SecretPhoneMaker" not in pictures.small_copy(
        io.BytesIO(SAMPLE), "image/jpeg", 100
    )


def test_what_shows_through_becomes_white():
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert copy(out.getvalue(), "image/png").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\xff\xd8\xff\xe0 no picture", "image/jpeg"),
        (SAMPLE[: len(SAMPLE) // 2], "image/jpeg"),
        (DRAWN[:60], "image/png"),
        (HEIC[:1500], "image/heic"),
        (b"\0\0\0\x18ftypheic" + b"0" * 40, "image/heic"),
    ],
)
def test_a_broken_picture_says_so_and_no_copy_is_made(body, content_type):
    assert fault(body, content_type) == pictures.UNOPENED
    with pytest.raises(pictures.NotShown):
        copy(body, content_type)


@pytest.mark.parametrize("side", [12_000, 60_000])
def test_a_huge_declared_size_is_refused_before_a_pixel_is_made(side):
    png = bytearray(DRAWN)
    png[16:24] = side.to_bytes(4, "big") * 2
    png[29:33] = zlib.crc32(png[12:29]).to_bytes(4, "big")
    assert fault(bytes(png), "image/png") == pictures.TOO_LARGE
    with pytest.raises(pictures.NotShown, match="像素太多"):
        copy(bytes(png), "image/png")


def test_a_picture_of_another_kind_than_it_says_is_not_tried():
    assert fault(DRAWN, "image/jpeg") == pictures.UNOPENED


def test_what_is_no_picture_has_no_fault():
    assert fault(b"%PDF-1.4", "application/pdf") == ""
