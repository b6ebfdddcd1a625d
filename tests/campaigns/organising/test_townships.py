"""Townships write what they report: screening, rectification, acceptance; the county reads it."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import BOOKS, Rectification, ScreeningTarget
from campaigns.services import organising
from common.errors import Forbidden, Refused
from tests.campaigns.organising.conftest import add, address, seat_of

KEPT = ["inspection", "rectification", "screening"]
OTHERS = sorted(set(BOOKS) - set(KEPT))
OVERVIEW = "/ledgers/campaigns/test/organisation/"


@pytest.fixture
def township(cast, campaign):
    """天宁's place in the campaign."""
    return seat_of(campaign, cast.agencies["141122100-zrzy"])


@pytest.mark.parametrize("key", KEPT)
def test_a_reporter_writes_amends_and_strikes_the_own_rows(cast, township, key):
    row = add(cast.reporter, township, key)
    assert row.agency == township.agency
    row = organising.amend_row(by=cast.reporter, row=row, township="天宁镇（改）")
    row = organising.strike_row(by=cast.reporter, row=row, reason="重复")
    assert row.state == "struck"


@pytest.mark.parametrize("key", sorted(set(OTHERS) - {"documents"}))
def test_but_no_other_book(cast, township, sign_in, key):
    with pytest.raises(Forbidden, match="乡镇登记排查、整治销号、检查验收"):
        add(cast.reporter, township, key)
    client = sign_in(cast.reporter)
    assert client.get(address(township, key)).status_code == 403
    assert client.get(f"{OVERVIEW}{key}/").status_code == 403


@pytest.mark.parametrize("key", KEPT)
def test_nor_the_countys_rows(cast, seat, sign_in, key):
    row = add(cast.liaison, seat, key)
    client = sign_in(cast.reporter)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(address(seat, key)).status_code == 404
    assert not BOOKS[key].objects.visible_to(cast.reporter).exists()


@pytest.mark.parametrize(
    ("part", "sees"),
    [
        ("reporter", True),
        ("liaison", True),
        ("chief", True),
        ("police", True),
        ("prefecture", True),
        ("neighbour_liaison", False),
        ("neighbour_police", False),
        ("other_prefecture", False),
    ],
)
def test_the_county_reads_what_its_townships_wrote(cast, township, part, sees):
    row = add(cast.reporter, township, "rectification")
    assert Rectification.objects.visible_to(getattr(cast, part)).filter(pk=row.pk).exists() == sees


def test_the_county_does_not_write_for_the_township(cast, township):
    row = add(cast.reporter, township, "screening")
    with pytest.raises(Forbidden):
        organising.amend_row(by=cast.liaison, row=row, result="改")


def test_a_townships_day(cast, sign_in, township):
    """From the menu into the books, a row written, its result filled in, the county looks at it."""
    client = sign_in(cast.reporter)
    start = reverse("campaigns:organisations")
    assert f'href="{start}"' in client.get("/").content.decode()
    page = client.get(start, follow=True).content.decode()
    assert "整治销号" in page and "检查验收" in page
    for hidden in ("领导小组", "重点人员", "当前阶段", "会议议定", ">台账<"):
        assert hidden not in page
    form = address(township, "rectification")
    assert f'href="{form}"' in page
    assert 'name="township" value="天宁镇"' in client.get(form).content.decode()
    fields = {
        "township": "天宁镇",
        "name": "后沟砂场",
        "problem": "无证采砂",
        "measure": "rectify",
    }
    assert "限期整改的，请填写整改期限" in client.post(form, fields).content.decode()
    page = client.post(form, {**fields, "due_on": "2026-09-01"}, follow=True).content.decode()
    assert "天宁镇后沟砂场" in page and "已超期" in page
    row = Rectification.objects.get()
    amend = reverse("campaigns:amend_row", args=["rectification", row.public_id])
    done = {**fields, "due_on": "2026-09-01", "done_on": "2026-08-20", "result": "已拆除设备"}
    page = client.post(amend, done, follow=True).content.decode()
    assert "已整改，待验收" in page
    county = sign_in(cast.liaison)
    assert "1处待验收" in county.get(OVERVIEW).content.decode()
    assert "天宁自然资源所" in county.get(f"{OVERVIEW}rectification/").content.decode()
    page = client.post(amend, {**done, "accepted_on": "2026-08-25", "accepted_by": "孙联络"}, follow=True)
    assert "已销号" in page.content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"done_on": "2026-08-20"}, "写明整改情况"),
        ({"accepted_on": "2026-08-20", "accepted_by": "某"}, "填写整改完成日期"),
        ({"done_on": "2026-08-20", "result": "完", "accepted_on": "2026-08-21"}, "填写验收人"),
        (
            {"done_on": "2026-08-20", "result": "完", "accepted_on": "2026-08-19", "accepted_by": "某"},
            "不能早于整改完成日期",
        ),
    ],
)
def test_what_is_struck_off_was_done_first(cast, township, values, said):
    days = {
        name: date.fromisoformat(value) if name.endswith("_on") else value for name, value in values.items()
    }
    with pytest.raises(Refused, match=said):
        add(cast.reporter, township, "rectification", **days)


def test_the_plan_of_a_township_counts_with_the_countys(cast, township, seat, page):
    add(cast.reporter, township, "screening")
    add(cast.liaison, seat, "screening")
    assert ScreeningTarget.objects.visible_to(cast.liaison).count() == 2
    assert "排查完成情况" in page(cast.reporter, f"{OVERVIEW}screening/")
