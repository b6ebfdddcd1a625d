"""Copies of pictures for pages: made once, sealed where the file is, to nobody who may not see the file."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.services import file_sealing, files, pictures
from common.errors import Refused
from common.sealing import CannotDecrypt
from tests.clues.making import registered
from tests.papers import HEIC, PHOTO


def stored(cast, secret=False, body=PHOTO, name="现场.jpg"):
    return files.store(
        by=cast.handler, upload=SimpleUploadedFile(name, body), agency=cast.county, secret=secret
    )


def read(row, size=pictures.SMALL):
    with pictures.copy_of(row, size) as handle:
        return handle.read()


def count_making(monkeypatch):
    made = []
    real = pictures.small_copy
    monkeypatch.setattr(pictures, "small_copy", lambda *values: made.append(values) or real(*values))
    return made


@pytest.mark.parametrize("secret", [False, True])
def test_a_copy_is_made_once(cast, monkeypatch, secret):
    made, row = count_making(monkeypatch), stored(cast, secret)
    assert read(row) == read(row)
    assert len(made) == 1
    read(row, pictures.LARGE)
    assert len(made) == 2


def test_of_a_sealed_file_no_byte_of_the_copy_lies_open(cast):
    row = stored(cast, secret=True)
    shown, kept = read(row), pictures.path_of(row, pictures.SMALL).read_bytes()
    assert shown[:2] == b"\xff\xd8" and b"JFIF" in shown
    assert b"JFIF" not in kept and shown[20:60] not in kept
    again = stored(cast, secret=True)
    pictures.path_of(again, pictures.SMALL).parent.mkdir(parents=True, exist_ok=True)
    pictures.path_of(again, pictures.SMALL).write_bytes(kept)
    with pytest.raises(CannotDecrypt):
        pictures._read(again, pictures.SMALL)


def test_no_two_copies_are_sealed_with_the_same_key(cast):
    row = stored(cast, secret=True)
    read(row)
    first = pictures.path_of(row, pictures.SMALL).read_bytes()
    pictures.let_go(row)
    read(row)
    assert pictures.path_of(row, pictures.SMALL).read_bytes()[:16] != first[:16]


@pytest.mark.parametrize("secret", [False, True])
def test_a_damaged_or_lost_copy_is_made_anew(cast, secret):
    row = stored(cast, secret)
    shown = read(row)
    place = pictures.path_of(row, pictures.SMALL)
    place.write_bytes(place.read_bytes()[:-9] + b"forged !!")
    assert read(row) == shown
    place.unlink()
    assert read(row) == shown


def test_of_a_file_that_waits_to_be_sealed_nothing_is_left(cast, django_capture_on_commit_callbacks):
    row = stored(cast)
    read(row)
    row.secret = True
    row.save()
    with django_capture_on_commit_callbacks(execute=True):
        file_sealing.seal_waiting()
    assert not pictures.path_of(row, pictures.SMALL).exists()
    other = stored(cast)
    other.secret = True
    assert read(other) and not pictures.path_of(other, pictures.SMALL).exists()


def test_a_full_disk_still_shows_the_picture(cast, monkeypatch):
    row = stored(cast)
    monkeypatch.setattr(pictures, "_keep", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    assert read(row)[:2] == b"\xff\xd8"


def test_bytes_that_changed_are_never_copied(cast):
    row = stored(cast, body=PHOTO + b"more")
    files.path_of(row.sha256).write_bytes(b"forged")
    with pytest.raises(Refused, match="与收到时不一致"):
        read(row)


def test_a_photo_on_the_page_of_its_clue_opens_small_and_large(cast, sign_in):
    clue = registered(cast, files=[SimpleUploadedFile("手机.heic", HEIC)])
    row = clue.files.get().file
    client = sign_in(cast.handler)
    sizes = []
    for name in ("thumbnail", "preview"):
        answer = client.get(reverse(f"accounts:{name}", args=[row.public_id]))
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "no-store")
        sizes.append(Image.open(io.BytesIO(b"".join(answer.streaming_content))).size)
    assert sizes == [(240, 180), (640, 480)]
    assert (
        sign_in(cast.neighbour_chief).get(reverse("accounts:thumbnail", args=[row.public_id])).status_code
        == 404
    )


def test_a_broken_picture_is_refused_by_name(cast):
    with pytest.raises(Refused, match="“坏.jpg”打不开"):
        stored(cast, body=PHOTO[: len(PHOTO) // 2], name="坏.jpg")
