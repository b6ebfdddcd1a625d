"""What would be refused is said at 提交核对, with the button that is right; what came back stands on top."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Posting, local_today
from campaigns.models import Duty
from campaigns.services.duties import make_ahead
from campaigns.services.duty_rules import begin_rule
from tests.ledgers import acting, build


def address(name, campaign, tail=""):
    return reverse(f"ledgers:{name}", args=[campaign.code]) + tail


@pytest.fixture
def today():
    """数据截止 of a report of today."""
    return local_today().isoformat()


@pytest.fixture
def owed(cast, campaign):
    """The county's duty, due in five hours; nothing else is owed."""
    begin_rule(campaign=campaign, agency=cast.prefecture_office)
    make_ahead(timezone.make_aware(timezone.datetime(2026, 5, 1, 9)))
    duty = Duty.objects.filter(agency=cast.county).earliest("due_at")
    Duty.objects.exclude(pk=duty.pk).delete()
    duty.due_at = timezone.now() + timedelta(hours=5)
    duty.save()
    return duty


def test_the_period_is_named_with_what_stood_before(cast, page, campaign, entry, county_ledger, owed):
    acting.accept(cast, acting.submit(cast, county_ledger))
    Duty.objects.update(state="open", submitted_at=None, answered_at=None)
    text = page(cast.liaison, address("prepare_ledger", campaign))
    assert str(owed) in text and "第1期（数据截止 2026-05-15，已接收）" in text
    assert "审核人按零报告报送" in text and "更正第1期" in text


def test_what_would_be_refused_is_said_with_the_button_that_is_right(
    cast, page, campaign, entry, county_ledger, owed, today
):
    acting.submit(cast, county_ledger, today)
    text = page(cast.liaison, address("prepare_ledger", campaign))
    assert f"数据截止{today}的台账已经报送（第1期），有错的，更正第1期" in text
    assert 'name="data_as_of"' not in text
    assert (
        'class="button button--act"\n    href="/ledgers/campaigns/test/141122-zrzy/prepare/?correct=1"'
        in text
    )


def test_what_waits_to_be_taken_in_is_said_with_the_way_there(cast, page, campaign, entry):
    build.case(cast, names=("新某",), place="新地")
    text = page(cast.liaison, address("prepare_ledger", campaign))
    assert "还有 1 条待纳入" in text and "/candidates/" in text


def test_an_office_without_another_checker_is_told_before_it_prepares(cast, page, campaign, entry):
    assert "没有台账审核人" not in page(cast.liaison, address("prepare_ledger", campaign))
    Posting.objects.filter(user=cast.checker, role="checker").delete()
    assert "除您以外没有台账审核人" in page(cast.liaison, address("prepare_ledger", campaign))


def test_nothing_can_be_pressed_before_it_can_be_done(cast, page, campaign, entry, county_ledger):
    url, button = address("submit", campaign), "报送</button>"
    text = page(cast.checker, url)
    assert "联络员还没有提交核对" in text and button not in text
    acting.prepare(cast, county_ledger)
    text = page(cast.checker, url)
    assert "还有 1 条没有核对" in text and button not in text
    acting.check(cast, county_ledger)
    assert button in page(cast.checker, url)


def test_who_prepared_it_is_told_so_before_checking(cast, page, campaign, entry, county_ledger):
    Posting.objects.create(user=cast.liaison, agency=cast.county, role="checker", since=build.day("01-01"))
    acting.prepare(cast, county_ledger)
    for name in ("check", "submit"):
        text = page(cast.liaison, address(name, campaign))
        assert "须由另一人办理" in text and 'class="act__bar"' not in text


def test_what_came_back_stands_on_top_until_it_is_reported_again(
    cast, page, post, campaign, entry, county_ledger
):
    acting.send_back(cast, acting.submit(cast, county_ledger))
    words, url = "第1期已被退回：占地面积与决定书不符", address("prepare_ledger", campaign)
    text = page(cast.liaison, url)
    assert words in text and "更正说明" in text and 'value="2026-05-15"' in text
    assert post(cast.liaison, url, data_as_of="2026-05-15").status_code == 422
    post(cast.liaison, url, data_as_of="2026-05-15", correction="占地面积改为12.6亩")
    assert words in page(cast.checker, address("check", campaign))
    acting.check(cast, county_ledger)
    text = page(cast.checker, address("submit", campaign))
    assert words in text and "占地面积改为12.6亩" in text
    post(cast.checker, address("submit", campaign))
    assert words not in page(cast.checker, county_ledger.get_absolute_url())


def test_returning_asks_by_when_it_is_wanted_again(cast, page, post, county_ledger, entry, owed):
    made = acting.submit(cast, county_ledger)
    url = f"{made.get_absolute_url()}return-submission/"
    assert 'type="datetime-local"' in page(cast.prefecture, url)
    past = f"{timezone.localtime() - timedelta(days=1):%Y-%m-%dT%H:%M}"
    assert post(cast.prefecture, url, reason="请改", again_by=past).status_code == 422
    post(cast.prefecture, url, reason="请改", again_by="2030-01-02T12:00")
    owed.refresh_from_db()
    assert f"{timezone.localtime(owed.wanted_by):%Y-%m-%d %H:%M}" == "2030-01-02 12:00"
    text = page(cast.liaison, owed.get_absolute_url())
    assert "重报截止" in text and "已超" not in text
