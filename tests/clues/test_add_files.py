"""上传附件: many at once, time and place from the photo or typed, one act."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import StoredFile, TrailEntry
from accounts.services.files import path_of
from clues.models import ClueFile
from clues.services.attachments import add_clue_files
from clues.services.batches import Batch
from common.errors import Forbidden, Refused
from registry.services.position import read_position
from tests.clues.making import assert_only, at, jpeg, last_entry, merged_pair, registered, scan

NOON = timezone.make_aware(datetime(2026, 10, 20, 12, 0))


def test_many_photos_are_one_act(cast, sign_in):
    clue = registered(cast)
    photos = [jpeg(f"现场{n}.jpg", colour=(n, n, n)) for n in range(12)]
    answer = sign_in(cast.handler).post(at(clue, "add_clue_files"), {"files": photos})
    assert answer.status_code == 302
    assert clue.files.count() == 12
    assert TrailEntry.objects.filter(act="add_clue_files").count() == 1
    listed = last_entry(clue).changes["附件"][1]
    assert "现场11.jpg" in listed
    assert clue.files.first().file.sha256[:12] in listed


def test_time_and_place_are_read_from_the_photo(cast):
    photo = jpeg(taken="2026:11:01 09:30:00", lon=112.158, lat=37.552)
    add_clue_files(by=cast.handler, clue=registered(cast), files=[photo])
    kept = ClueFile.objects.get()
    assert timezone.localtime(kept.taken_at).strftime("%Y-%m-%d %H:%M") == "2026-11-01 09:30"
    assert (f"{kept.longitude:.3f}", f"{kept.latitude:.3f}") == ("112.158", "37.552")
    assert not kept.typed


def test_what_a_chat_tool_stripped_is_typed(cast):
    clue = registered(cast)
    typed = read_position("112.2", "37.6", "wgs84")
    whole = jpeg("原图.jpg", taken="2026:11:01 09:30:00", lon=112.158, lat=37.552)
    stripped = jpeg("微信.jpg")
    add_clue_files(by=cast.handler, clue=clue, files=[whole, stripped], batch=Batch(NOON, typed))
    first, second = clue.files.all()
    assert not first.typed
    assert f"{first.longitude:.3f}" == "112.158"
    assert second.typed
    assert (second.taken_at, f"{second.longitude:.1f}") == (NOON, "112.2")


def test_the_original_is_kept_byte_for_byte(cast):
    photo = jpeg(taken="2026:11:01 09:30:00", lon=112.158, lat=37.552)
    body = photo.read()
    photo.seek(0)
    add_clue_files(by=cast.handler, clue=registered(cast), files=[photo])
    assert path_of(StoredFile.objects.get().sha256).read_bytes() == body


def test_one_bad_file_and_none_is_added(cast):
    clue = registered(cast)
    lie = SimpleUploadedFile("照片.jpg", b"MZ this is no photo")
    with pytest.raises(Refused, match="照片.jpg"):
        add_clue_files(by=cast.handler, clue=clue, files=[jpeg(), lie])
    assert not ClueFile.objects.exists()


def test_the_form_says_which_file_and_keeps_the_note(cast, sign_in):
    clue = registered(cast)
    empty = SimpleUploadedFile("空.pdf", b"")
    data = {"files": [empty], "note": "写了半天的说明"}
    page = sign_in(cast.handler).post(at(clue, "add_clue_files"), data).content.decode()
    assert "写了半天的说明" in page
    data = {"files": [], "note": "写了半天的说明"}
    answer = sign_in(cast.handler).post(at(clue, "add_clue_files"), data)
    assert "请选择文件" in answer.content.decode()


def test_a_time_to_come_is_refused(cast):
    with pytest.raises(Refused, match="不能晚于现在"):
        add_clue_files(
            by=cast.handler,
            clue=registered(cast),
            files=[jpeg()],
            batch=Batch(timezone.now() + timedelta(hours=1)),
        )


def test_only_staff_and_the_township_that_reported(cast, sign_in):
    clue = registered(cast, by=cast.reporter)
    assert_only(cast, sign_in, clue, "add_clue_files", ["intake", "handler", "reporter"])
    other = registered(cast, place="别处")
    assert sign_in(cast.reporter).get(at(other, "add_clue_files")).status_code == 404
    with pytest.raises(Forbidden):
        add_clue_files(by=cast.reporter, clue=other, files=[scan()])


def test_not_on_a_merged_clue(cast):
    clue, into = merged_pair(cast)
    with pytest.raises(Refused, match="已归并"):
        add_clue_files(by=cast.handler, clue=clue, files=[scan()])
    add_clue_files(by=cast.handler, clue=into, files=[scan()])
