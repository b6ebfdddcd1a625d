"""A scan opens, or the sentence says why not: first bytes alone prove nothing."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter

from common import scans
from tests.papers import SIGNED, pdf, picture


def fault(body: bytes, content_type: str = scans.PDF) -> str:
    return scans.fault_of(BytesIO(body), content_type)


def locked(password: str) -> bytes:
    """The same sheet, encrypted."""
    writer = PdfWriter(clone_from=BytesIO(SIGNED))
    writer.encrypt(password, algorithm="RC4-128")
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def scanned_pdf() -> bytes:
    """A PDF as a scanner makes it: a picture on a page."""
    kept = BytesIO()
    Image.open(BytesIO(picture())).save(kept, "PDF")
    return kept.getvalue()


@pytest.mark.parametrize("body", [SIGNED, pdf(pages=3), scanned_pdf()], ids=["one", "three", "scanner"])
def test_a_whole_pdf_opens(body):
    assert fault(body) == ""


@pytest.mark.parametrize("content_type", scans.PICTURES)
def test_a_whole_picture_opens(content_type):
    assert fault(picture(scans.PICTURES[content_type]), content_type) == ""


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"%PDF-1.4 signed", scans.UNOPENED),
        (b"%PDF-1.4\n%%EOF", scans.UNOPENED),
        (b"%PDF-1.4\n" + bytes(range(256)) * 20 + b"%%EOF", scans.UNOPENED),
        (SIGNED[: len(SIGNED) // 2], scans.UNOPENED),
        (SIGNED[:-40], scans.UNOPENED),
        (pdf(pages=0), scans.UNOPENED),
        (pdf(b""), scans.BLANK),
        (locked("1234"), scans.LOCKED),
        (locked(""), scans.LOCKED),
    ],
    ids=["head", "head and end", "noise", "half", "tail cut", "no page", "blank", "locked", "locked empty"],
)
def test_a_pdf_that_shows_nothing_is_named(body, sentence):
    assert fault(body) == sentence


@pytest.mark.parametrize("content_type", scans.PICTURES)
def test_half_a_picture_does_not_open(content_type):
    body = picture(scans.PICTURES[content_type])
    assert fault(body[: len(body) // 2], content_type) == scans.UNOPENED


@pytest.mark.parametrize("content_type", scans.PICTURES)
def test_a_blank_picture_is_blank(content_type):
    assert fault(picture(scans.PICTURES[content_type], blank=True), content_type) == scans.BLANK


def test_a_picture_that_only_begins_like_one_does_not_open():
    assert fault(b"\xff\xd8\xff\xe0 picture", "image/jpeg") == scans.UNOPENED
    assert fault(b"\x89PNG\r\n\x1a\n matrix", "image/png") == scans.UNOPENED


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_of_too_many_pixels_is_not_decoded():
    kept = BytesIO()
    Image.new("1", (20_000, 8_000)).save(kept, "PNG")
    assert fault(kept.getvalue(), "image/png") == scans.TOO_LARGE


@pytest.mark.parametrize("content_type", ["image/heic", "application/ofd", "video/mp4", "application/msword"])
def test_what_is_neither_picture_nor_pdf_is_no_scan(content_type):
    assert fault(b"x", content_type) == scans.NOT_A_SCAN


def test_the_file_is_left_at_its_beginning():
    file = BytesIO(SIGNED)
    scans.fault_of(file, scans.PDF)
    assert file.tell() == 0
