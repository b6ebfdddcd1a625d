"""A position as it is typed: degrees, 度分秒, metres; always with its system."""

import pytest

from clues.models import Clue
from common.geodesy.grounds import BadCoordinate
from registry.services.position import read_position
from tests.clues.making import form_data

PLACE = ("112.1583", "37.5521")


def near(position, lon=112.1583, lat=37.5521, within=0.0002):
    return abs(float(position.longitude) - lon) < within and (abs(float(position.latitude) - lat) < within)


@pytest.mark.parametrize(
    ("first", "second", "zone"),
    [
        ("112.1583", "37.5521", None),
        ("112°9′29.88″", "37°33′7.56″", None),
        ("东经112度9分29.88秒", "北纬37度33分7.56秒", None),
        ("37602353.80", "4158415.21", None),
        ("602353.80", "4158415.21", 37),
        ("602353.80", "4158415.21", 111),
    ],
)
def test_every_way_of_writing_is_one_place(first, second, zone):
    assert near(read_position(first, second, "cgcs2000", zone))


def test_old_systems_are_marked_as_near():
    position = read_position(*PLACE, "xian80")
    assert position.approximate
    assert "西安80" in position.note
    assert not read_position(*PLACE, "cgcs2000").approximate


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("37.5521", "112.1583", "填反了"),
        ("abc", "37.5", "没有看懂"),
        ("602353.80", "4158415.21", "带号或中央经线"),
        ("2.35", "48.85", "不在我国大陆范围内"),
    ],
)
def test_what_is_no_place_is_said(first, second, sentence):
    with pytest.raises(BadCoordinate, match=sentence):
        read_position(first, second, "cgcs2000")


def test_the_form_takes_degrees_minutes_seconds(cast, sign_in):
    data = form_data(position_first="112°9′29.88″", position_second="37°33′7.56″", datum="wgs84")
    assert sign_in(cast.intake).post("/clues/new/", data).status_code == 302
    clue = Clue.objects.get()
    assert near(clue)
    assert clue.position_typed == "112°9′29.88″，37°33′7.56″"
    assert clue.position_datum == "wgs84"


def test_the_form_asks_for_the_system_and_for_both(cast, sign_in):
    client = sign_in(cast.intake)
    page = client.post("/clues/new/", form_data(position_first="112.1", position_second="37.5"))
    assert "请选择坐标是用哪个坐标系量的" in page.content.decode()
    page = client.post("/clues/new/", form_data(position_first="112.1", datum="wgs84"))
    assert "坐标要成对填写" in page.content.decode()
    assert not Clue.objects.exists()


def test_the_page_says_what_was_typed_and_that_it_is_near(cast, sign_in):
    client = sign_in(cast.intake)
    data = form_data(position_first=PLACE[0], position_second=PLACE[1], datum="beijing54")
    page = client.post("/clues/new/", data, follow=True).content.decode()
    assert "近似换算" in page
    assert "北京54坐标系" in page
