"""A township's report typed at the county keeps who found it, when, and when it was told."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from clues.models import Clue
from clues.search import search
from clues.services.informants import InformantFacts
from common.errors import Refused
from tests.clues.making import a_moment_ago, at, form_data, jpeg, last_entry, registered

FOUND = timezone.make_aware(datetime(2026, 10, 20, 8, 30))
TOLD = FOUND + timedelta(hours=2)
NEW = "/clues/new/"


def test_the_form_takes_all_three_and_the_page_says_them(cast, sign_in):
    client = sign_in(cast.intake)
    typed = {"found_by": "田二狗", "found_at": "2026-10-20T08:30", "reported_at": "2026-10-20T10:30"}
    assert client.post(NEW, form_data(**typed)).status_code == 302
    clue = Clue.objects.get()
    assert (clue.found_by, clue.found_at, clue.reported_at) == ("田二狗", FOUND, TOLD)
    page = client.get(clue.get_absolute_url()).content.decode()
    assert all(word in page for word in ("发现人", "田二狗", "2026-10-20 08:30", "2026-10-20 10:30"))
    assert last_entry(clue).changes["发现时间"] == ["", "2026-10-20 08:30"]


def test_a_township_itself_is_the_finder_unless_it_says_otherwise(cast, sign_in):
    client = sign_in(cast.reporter)
    data = {
        "summary": "沟口有新挖的坑",
        "place": "东沟口",
        "source": "patrol",
        "found_at": a_moment_ago(),
    }
    assert client.post(NEW, data).status_code == 302
    clue = Clue.objects.get()
    assert clue.found_by == cast.reporter.name and timezone.now() - clue.reported_at < timedelta(minutes=2)
    assert clue.found_at and clue.happened_on is None, "found is not happened"
    other = data | {"place": "西河滩采石场", "summary": "夜间有车拉石头", "found_by": "巡查员甲"}
    assert client.post(NEW, other).status_code == 302
    assert Clue.objects.latest("pk").found_by == "巡查员甲"


def test_the_township_chooses_how_it_was_found(cast, sign_in):
    data = {"summary": "沟口有新挖的坑", "place": "东沟口", "found_at": a_moment_ago()}
    answer = sign_in(cast.reporter).post(NEW, data)
    assert answer.status_code == 422 and 'id="field-source"' in answer.content.decode()


def test_amending_keeps_what_is_not_touched(cast, sign_in):
    clue = registered(cast, found_by="田二狗", found_at=FOUND, reported_at=TOLD)
    page = sign_in(cast.handler).get(at(clue, "amend_clue")).content.decode()
    assert "田二狗" in page and "2026-10-20T08:30" in page


@pytest.mark.parametrize(
    ("found", "told", "sentence"),
    [
        (TOLD, FOUND, "报告时间不能早于发现时间"),
        (timezone.now() + timedelta(days=3), None, "发现时间不能晚于现在"),
        (None, timezone.now() + timedelta(days=3), "报告时间不能晚于现在"),
    ],
)
def test_times_that_can_not_be_are_refused(cast, found, told, sentence):
    with pytest.raises(Refused, match=sentence):
        registered(cast, found_at=found, reported_at=told)


def test_the_informant_is_never_the_finder(cast):
    with pytest.raises(Refused):
        registered(cast, found_by="赵举报", informant=InformantFacts(name="赵举报"))


def test_search_and_filter_find_it_by_the_finder(cast, sign_in):
    clue = registered(cast, found_by="田二狗")
    registered(cast, place="别处", found_by="别人")
    assert [hit.thing for hit in search(cast.intake, "田二狗")] == [clue.number]
    page = sign_in(cast.intake).post("/clues/", {"found_by": "二狗"}, follow=True).content.decode()
    assert clue.number in page and "别处" not in page


def test_photos_that_came_along_keep_who_sent_them_and_who_holds_the_originals(cast, sign_in):
    client = sign_in(cast.intake)
    photos = [jpeg("微信图片.jpg"), jpeg("微信图片.jpg", colour=(1, 2, 3))]
    typed = {"sent_by": "田所长", "original_with": "田所长手机", "taken_at": "2026-10-20T08:30"}
    typed |= {"photo_place": "东沟口北坡"}
    assert client.post(NEW, form_data(files=photos, **typed)).status_code == 302
    clue = Clue.objects.get()
    assert {(row.place, row.sent_by, row.original_with, row.taken_at) for row in clue.files.all()} == {
        ("东沟口北坡", "田所长", "田所长手机", FOUND)
    }
    page = client.get(clue.get_absolute_url()).content.decode()
    assert "在东沟口北坡拍摄" in page and last_entry(clue).changes["拍摄地点"] == ["", "东沟口北坡"]
    assert "田所长发来" in page and "原件在田所长手机处" in page
    assert "微信图片（1）.jpg" in page and "微信图片（2）.jpg" in page
    assert last_entry(clue).changes["照片发来的人"] == ["", "田所长"]


def test_where_photos_were_taken_names_no_informant(cast, sign_in):
    typed = {"informant_name": "赵举报", "photo_place": "赵举报家门口"}
    answer = sign_in(cast.intake).post(NEW, form_data(files=[jpeg()], **typed))
    assert answer.status_code == 409 and not Clue.objects.exists()


def test_where_a_photo_was_taken_is_put_in_later(cast, sign_in):
    clue = registered(cast, files=[jpeg("微信图片.jpg")])
    address = f"{clue.get_absolute_url()}files/{clue.files.get().file.public_id}/"
    client = sign_in(cast.handler)
    data = {"photo_place": "后沟", "_version": clue.version, "_key": "a" * 32}
    assert client.post(address, data).status_code == 302
    assert clue.files.get().place == "后沟"
    assert 'value="后沟"' in client.get(address).content.decode()


def test_what_a_photo_tells_itself_is_said_so_that_somebody_looks(cast, sign_in):
    photo = jpeg("原图.jpg", taken="2026:11:01 09:30:00", lon=112.158, lat=37.552)
    answer = sign_in(cast.intake).post(NEW, form_data(files=[photo]), follow=True)
    page = answer.content.decode()
    assert "坐标取自照片“原图.jpg”自带的位置，请核对" in page
    assert "1 张照片自带拍摄时间或者位置" in page and "照片自带</span>" in page


def test_a_camera_whose_clock_is_ahead_tells_no_time(cast):
    clue = registered(cast, files=[jpeg(taken="2099:11:01 09:30:00")])
    assert clue.files.get().taken_at is None
