"""The office above is told once of a round: how many owe it still, and in its inbox who."""

from datetime import date

import pytest

from accounts.models import Posting
from campaigns.models import Duty, DutyRule
from campaigns.services import rounds
from campaigns.services.duty_source import round_number, round_of
from campaigns.services.rounds import Round, look_at_rounds, remind_missing
from reminders.models import Channel, Notice, Outbox
from reminders.services import making, outbox, sweeping
from tests.campaigns.duties.conftest import at
from tests.ledgers import acting, build

DAY = date(2026, 5, 15)


@pytest.fixture
def two(cast, half_monthly):
    """Only 交城 and 文水 owe, only by 2026-05-15."""
    Duty.objects.exclude(agency__in=(cast.county, cast.neighbour), day=DAY).delete()
    DutyRule.objects.update(made_until=date(2027, 1, 1))
    return half_monthly


def lines(person, moment):
    """The titles that a sweep at this moment brings."""
    before = set(Notice.objects.values_list("pk", flat=True))
    sweeping.sweep(now=at(moment))
    return [row.title for row in Notice.objects.filter(recipient=person).exclude(pk__in=before)]


def test_one_line_says_how_many_owe_which_and_names_them(cast, two):
    assert lines(cast.prefecture, "2026-05-15 18:00") == [
        "2个单位未报半月台账（文水县、交城县） 已于5月15日 18:00到期，尚未办结"
    ]
    notice = Notice.objects.get(recipient=cast.prefecture)
    assert notice.url == f"{two.board_url}?day={DAY}"
    own = lines(cast.liaison, "2026-05-16 09:00")
    assert own == ["半月台账 已于5月15日 18:00到期，超期1天"]


def test_the_next_day_one_line_takes_its_place_with_who_is_left(cast, county_ledger, two):
    lines(cast.prefecture, "2026-05-15 18:00")
    acting.submit(cast, county_ledger, now=at("2026-05-15 20:00"), nil_report=True)
    (line,) = lines(cast.prefecture, "2026-05-16 09:00")
    assert line == "1个单位未报半月台账（文水县） 已于5月15日 18:00到期，超期1天"
    assert list(Notice.objects.filter(recipient=cast.prefecture, read_at=None).values_list("title")) == [
        (line,)
    ]


def test_what_leaves_the_house_is_one_message_that_names_nobody(cast, two):
    Channel.objects.create(kind="dingtalk", name="群", address="127.0.0.1:9", agency=cast.prefecture_office)
    making.remind_due(now=at("2026-05-15 18:00"))
    (row,) = Outbox.objects.filter(agency=cast.prefecture_office, channel="dingtalk")
    assert row.title == "2个单位未报半月台账 已于5月15日 18:00到期，尚未办结"


def test_offices_without_people_are_one_line_too(cast, two):
    Posting.objects.filter(agency__in=(cast.county, cast.neighbour)).update(until=date(2026, 4, 30))
    assert lines(cast.prefecture, "2026-05-15 09:00") == [
        "2个单位未报半月台账（文水县、交城县） 将于5月15日 18:00到期"
    ]
    remind_missing(by=cast.prefecture, the_round=Round(two, DAY, cast.prefecture), now=at("2026-05-15 17:00"))
    assert Outbox.objects.filter(stage__startswith="urged").count() == 1


def test_what_came_back_has_a_line_of_its_own(cast, campaign, county_ledger, two):
    for ledger in (county_ledger, build.ledger(campaign, cast.neighbour)):
        made = acting.submit(cast, ledger, now=at("2026-05-15 10:00"), nil_report=True)
    lines(cast.prefecture, "2026-05-15 18:00")
    acting.send_back(cast, made, now=at("2026-05-16 09:00"), again_by=at("2026-05-17 12:00"))
    assert lines(cast.prefecture, "2026-05-17 12:00") == [
        "半月台账重报（文水县自然资源局） 已于5月17日 12:00到期，尚未办结"
    ]


def test_when_all_have_reported_before_it_is_sent_nobody_is_told(cast, campaign, county_ledger, two):
    making.remind_due(now=at("2026-05-15 18:00"))
    for ledger in (county_ledger, build.ledger(campaign, cast.neighbour)):
        acting.submit(cast, ledger, now=at("2026-05-15 18:01"), nil_report=True)
    outbox.deliver(now=at("2026-05-15 18:02"))
    assert not Notice.objects.filter(recipient=cast.prefecture, key__startswith="round:").exists()
    moot = Outbox.objects.get(recipient=cast.prefecture, about__startswith="round:")
    assert moot.last_error == "事项都已报送"


def test_rounds_are_looked_at_in_one_query(two, django_assert_num_queries):
    number = round_number(two.pk, DAY)
    with django_assert_num_queries(1):
        looked = look_at_rounds([number, number + 1])
    assert (looked[number].label, looked[number + 1]) == ("2个单位未报半月台账", "都已报送")
    assert round_of(number) == (two.pk, DAY)


def test_more_names_than_a_line_holds_end_with_and_others(two, monkeypatch):
    monkeypatch.setattr(rounds, "LONGEST_NAMES", 5)
    (due,) = look_at_rounds([round_number(two.pk, DAY)]).values()
    assert due.owing == "文水县等"
