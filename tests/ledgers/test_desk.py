"""What waits for the liaison, the checker and the prefecture, and what was sent."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from campaigns import desk as campaigns_desk
from campaigns.services.duties import make_ahead
from campaigns.services.duty_rules import begin_rule
from ledgers import desk
from ledgers.services import submitting
from tests.desks import sent_by
from tests.ledgers import acting, build

NOW = timezone.make_aware(datetime(2026, 5, 25, 10, 0))


@pytest.fixture(autouse=True)
def row(cast, campaign):
    """One row in the running campaign, which owes a report twice a month."""
    begin_rule(campaign=campaign, agency=cast.prefecture_office)
    make_ahead(NOW)
    return build.entry(campaign, cast.county, build.case(cast))


def waits(person, now=NOW):
    """(what, verb) of each task."""
    return [(task.what, task.verb) for task in desk.waiting_for(person, now)]


def test_in_each_period_the_liaison_prepares_by_its_end(cast):
    (task,) = desk.waiting_for(cast.liaison, NOW)
    assert (task.what, task.verb) == ("台账提交核对", "提交核对")
    due = timezone.localtime(task.due)
    assert (due.date(), due.hour) == (date(2026, 5, 30), 18)
    assert waits(cast.checker) == []


def test_then_it_waits_for_the_checker(cast, county_ledger):
    acting.prepare(cast, county_ledger, "05-20")
    assert waits(cast.liaison) == []
    assert waits(cast.checker) == [("核对并报送台账", "核对")]


def test_then_for_the_prefecture_and_stands_under_sent(cast, county_ledger):
    made = acting.submit(cast, county_ledger, "05-20")
    assert waits(cast.checker) == waits(cast.liaison) == []
    assert waits(cast.prefecture) == [("接收或退回台账", "查看")]
    assert waits(cast.other_prefecture) == []
    (sent,) = sent_by(desk, cast.checker)
    assert (sent.url, sent.to) == (made.get_absolute_url(), "吕梁市规划和自然资源局")
    acting.accept(cast, made)
    assert waits(cast.prefecture) == []
    assert sent_by(desk, cast.checker) == []


def test_a_returned_report_comes_back_to_the_liaison_with_the_reason(cast, county_ledger):
    acting.send_back(cast, acting.submit(cast, county_ledger, "05-20"))
    (task,) = desk.waiting_for(cast.liaison, NOW)
    assert "退回" in task.what
    assert task.note == "占地面积与决定书不符"


def test_the_next_period_waits_again_a_week_before_it_is_due(cast, county_ledger):
    acting.submit(cast, county_ledger, "05-20", now=NOW)
    assert waits(cast.liaison, timezone.make_aware(datetime(2026, 6, 8, 10, 0))) == []
    (task,) = desk.waiting_for(cast.liaison, timezone.make_aware(datetime(2026, 6, 9, 10, 0)))
    assert timezone.localtime(task.due).date() == date(2026, 6, 15)


def test_a_missed_period_waits_until_it_is_reported(cast):
    (task,) = desk.waiting_for(cast.liaison, timezone.make_aware(datetime(2026, 6, 1, 10, 0)))
    assert timezone.localtime(task.due).date() == date(2026, 5, 30)


def test_a_late_report_leaves_the_next_period_owed(cast, county_ledger):
    acting.submit(cast, county_ledger, "05-20", now=timezone.make_aware(datetime(2026, 6, 2, 9)))
    (task,) = desk.waiting_for(cast.liaison, timezone.make_aware(datetime(2026, 6, 12, 10, 0)))
    assert timezone.localtime(task.due).date() == date(2026, 6, 15)


def test_what_is_owed_next_is_the_first_line_of_the_desk(cast):
    assert campaigns_desk.next_duty(cast.liaison, NOW).day == date(2026, 5, 30)
    assert campaigns_desk.next_duty(cast.handler, NOW) is None


def test_an_ended_campaign_waits_for_nobody(cast):
    assert waits(cast.liaison, timezone.make_aware(datetime(2030, 12, 1))) == []


def test_a_correction_takes_the_first_report_off_the_prefectures_desk(cast, county_ledger, row):
    acting.submit(cast, county_ledger, "05-20")
    build.decision(cast, row.links.get().case, ("mining", "fine", "1"))
    acting.submit(cast, county_ledger, "05-20", correct=True)
    assert len(waits(cast.prefecture)) == 1


def test_the_badge_counts_what_waits(cast):
    assert desk.counts_for(cast.department) == 0


def test_checker_and_prefecture_are_named_in_the_preparation(cast, county_ledger):
    submitting.prepare_ledger(by=cast.liaison, ledger=county_ledger, data_as_of=build.day("05-14"), now=NOW)
    (task,) = desk.waiting_for(cast.checker, NOW)
    assert "2026-05-14" in task.thing
    assert timezone.localtime(task.due).date() == date(2026, 5, 30)
