"""Photos tell when and where, garbage tells nothing."""

import io
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from common.photos import PhotoFacts, read_exif


def photo(kind="JPEG", size=(60, 40), taken="2021:05:15 09:30:01", gps=True, orientation=None):
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if gps:
        exif.get_ifd(0x8825).update(
            {
                1: "N",
                2: (IFDRational(37), IFDRational(33), IFDRational(2000, 100)),
                3: "E",
                4: (IFDRational(111), IFDRational(54), IFDRational(3210, 100)),
            }
        )
    exif[0x010F] = "SecretPhoneMaker"
    if orientation:
        exif[0x0112] = orientation
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, exif=exif)
    return out.getvalue()


SAMPLE = photo()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_tells_when_and_where_it_was_taken(kind):
    facts = read_exif(io.BytesIO(photo(kind)))
    assert facts.taken_at == datetime(2021, 5, 15, 9, 30, 1)
    assert (facts.lon, facts.lat) == (Decimal("111.9089167"), Decimal("37.5555556"))


def test_a_photo_from_a_chat_tool_tells_nothing():
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    assert read_exif(out) == PhotoFacts()


@pytest.mark.parametrize(
    "taken", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2021:02:30 10:00:00", "not a date"]
)
def test_a_clock_that_was_never_set_tells_no_time(taken):
    facts = read_exif(io.BytesIO(photo(taken=taken)))
    assert facts.taken_at is None
    assert facts.lon is not None


@pytest.mark.parametrize(
    "parts",
    [
        (IFDRational(0, 0), IFDRational(0, 0), IFDRational(0, 0)),
        (IFDRational(0), IFDRational(0), IFDRational(0)),
        (IFDRational(500), IFDRational(0), IFDRational(0)),
        (IFDRational(37),),
    ],
)
def test_a_receiver_without_a_fix_tells_no_place(parts):
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: parts, 3: "E", 4: parts})
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    assert read_exif(out) == PhotoFacts()


def test_the_file_is_left_at_its_beginning():
    for data in (SAMPLE, b"no photo"):
        file = io.BytesIO(data)
        file.seek(3)
        read_exif(file)
        assert file.tell() == 0


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_garbage_tells_nothing(garbage):
    assert read_exif(io.BytesIO(garbage)) == PhotoFacts()


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=600, deadline=None)
@given(st.data())
def test_a_damaged_photo_is_read_or_not_but_never_fails(data):
    damaged = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    file = io.BytesIO(bytes(damaged[: data.draw(st.integers(4, len(damaged)))]))
    assert isinstance(read_exif(file), PhotoFacts)


def test_a_phone_photo_with_a_second_picture_inside_is_read():
    out = io.BytesIO()
    first, second = Image.new("RGB", (40, 30), "red"), Image.new("RGB", (40, 30), "blue")
    with Image.open(io.BytesIO(SAMPLE)) as source:
        exif = source.getexif()
    first.save(out, "MPO", save_all=True, append_images=[second], exif=exif)
    with Image.open(out) as image:
        assert image.format == "MPO"
    assert read_exif(out).taken_at == datetime(2021, 5, 15, 9, 30, 1)


def test_a_huge_declared_size_is_not_decoded():
    png = bytearray(photo("PNG", gps=False, taken=None))
    png[16:24] = (60000).to_bytes(4, "big") * 2
    assert read_exif(io.BytesIO(bytes(png))) == PhotoFacts()


def test_formats_that_no_camera_writes_are_not_opened():
    out = io.BytesIO()
    with Image.open(io.BytesIO(SAMPLE)) as source:
        Image.new("RGB", (4, 4)).save(out, "TIFF", exif=source.getexif())
    assert read_exif(out) == PhotoFacts()
