"""补填拍摄信息: time and place that a chat tool stripped, typed at the attachment afterwards."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clues.services.attachments import add_clue_files, describe_clue_file
from clues.services.batches import Batch
from common.errors import Refused
from registry.services.position import read_position
from tests.clues.making import STRANGERS, jpeg, last_entry, registered, scan

NOON = timezone.make_aware(datetime(2026, 10, 20, 12, 0))


def with_file(cast, upload):
    """A clue and the row of its one attachment."""
    clue = add_clue_files(by=cast.handler, clue=registered(cast), files=[upload])
    return clue, clue.files.get()


def url_of(clue, row):
    return reverse("clues:describe_clue_file", args=[clue.public_id, row.file.public_id])


def test_time_and_place_are_typed_at_the_row(cast, sign_in):
    clue, row = with_file(cast, jpeg("微信图片.jpg"))
    client = sign_in(cast.handler)
    assert url_of(clue, row) in client.get(clue.get_absolute_url()).content.decode()
    data = {
        "taken_at": "2026-10-20T12:00",
        "position_first": "112.158300",
        "position_second": "37.552100",
        "datum": "cgcs2000",
        "note": "夜间",
    }
    assert client.post(url_of(clue, row), data).url == clue.get_absolute_url()
    row.refresh_from_db()
    assert (row.taken_at, f"{row.longitude:.4f}", row.typed) == (NOON, "112.1583", True)
    assert last_entry(clue).changes == {
        "微信图片.jpg 拍摄时间": ["", "2026-10-20 12:00"],
        "微信图片.jpg 位置": ["", "112.1583000，37.5521000"],
        "微信图片.jpg 说明": ["", "夜间"],
    }
    assert "手工填写" in client.get(clue.get_absolute_url()).content.decode()


def test_a_place_left_empty_stays_and_nothing_changed_is_said(cast):
    clue, row = with_file(cast, scan("核查表.pdf"))
    place = read_position("112.2", "37.6", "cgcs2000")
    clue = describe_clue_file(by=cast.handler, clue=clue, row=row, batch=Batch(position=place))
    clue = describe_clue_file(by=cast.handler, clue=clue, row=row, batch=Batch(note="扫描"))
    row.refresh_from_db()
    assert f"{row.longitude:.1f}" == "112.2"
    with pytest.raises(Refused, match="没有改动"):
        describe_clue_file(by=cast.handler, clue=clue, row=row, batch=Batch(note="扫描"))


def test_what_the_photo_itself_tells_can_not_be_changed(cast, sign_in):
    clue, row = with_file(cast, jpeg(taken="2026:10:20 12:00:00", lon=112.158, lat=37.552))
    place = read_position("110.2", "37.6", "cgcs2000")
    describe_clue_file(
        by=cast.handler, clue=clue, row=row, batch=Batch(NOON - timedelta(days=9), place, "坑口")
    )
    row.refresh_from_db()
    assert (row.taken_at, f"{row.longitude:.3f}", row.typed) == (NOON, "112.158", False)
    page = sign_in(cast.handler).get(url_of(clue, row)).content.decode()
    assert "照片自带，不能改" in page
    assert "position_first" not in page


def test_a_time_to_come_is_refused(cast):
    clue, row = with_file(cast, jpeg())
    with pytest.raises(Refused, match="不能晚于现在"):
        describe_clue_file(
            by=cast.handler, clue=clue, row=row, batch=Batch(timezone.now() + timedelta(hours=1))
        )


def test_another_clues_file_is_not_found_here(cast, sign_in):
    clue, _ = with_file(cast, jpeg("甲.jpg"))
    _, foreign = with_file(cast, jpeg("乙.jpg", colour=(1, 1, 1)))
    assert sign_in(cast.handler).get(url_of(clue, foreign)).status_code == 404


def test_strangers_get_404_and_colleagues_without_the_post_403(cast, sign_in):
    clue, row = with_file(cast, jpeg())
    for part in STRANGERS:
        assert sign_in(getattr(cast, part)).get(url_of(clue, row)).status_code == 404, part
    for part in ("legal", "chief", "liaison"):
        client = sign_in(getattr(cast, part))
        assert client.get(url_of(clue, row)).status_code == 403, part
        assert "补填" not in client.get(clue.get_absolute_url()).content.decode(), part
