"""The prefecture's 工作台: the countdown of a round, who has reported and who not, what waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns import presets
from campaigns.models import Duty, DutyRule
from campaigns.services.duties import make_ahead
from campaigns.services.duty_rules import RuleDraft
from campaigns.showing.rounds_received import rounds_for
from tests.campaigns.duties.conftest import at
from tests.ledgers import acting, build

pytestmark = pytest.mark.django_db
NOW = at("2026-05-15 12:00")


@pytest.fixture
def two(cast, half_monthly):
    """Only 交城 and 文水 owe."""
    Duty.objects.exclude(agency__in=(cast.county, cast.neighbour)).delete()


def told(person, moment):
    return [
        (each["due"], {label: count for label, count, _ in each["counts"]}, each["missing"], each["done"])
        for each in rounds_for(person, at(moment))
    ]


def test_the_coming_round_is_counted_and_named(cast, county_ledger, two):
    due = at("2026-05-15 18:00")
    assert told(cast.prefecture, "2026-05-15 12:00") == [
        (due, {"应报": 2, "已报": 0, "未报": 2}, ["文水县", "交城县"], [])
    ]
    acting.submit(cast, county_ledger, now=NOW, nil_report=True)
    assert told(cast.prefecture, "2026-05-15 12:30") == [
        (due, {"应报": 2, "已报": 1, "未报": 1, "待接收": 1}, ["文水县"], ["交城县"])
    ]


def test_a_round_stays_until_all_is_in_and_accepted(cast, campaign, county_ledger, two):
    dues = [each[0] for each in told(cast.prefecture, "2026-05-16 09:00")]
    assert dues == [at("2026-05-15 18:00"), at("2026-05-30 18:00")]
    for ledger in (county_ledger, build.ledger(campaign, cast.neighbour)):
        acting.accept(cast, acting.submit(cast, ledger, now=at("2026-05-16 10:00"), nil_report=True))
    dues = [each[0] for each in told(cast.prefecture, "2026-05-16 11:00")]
    assert dues == [at("2026-05-30 18:00")]


def test_paper_beside_the_ledger_stands_on_its_line_while_the_same_offices_owe_both(
    cast, campaign, county_ledger, two, half_monthly
):
    draft = RuleDraft(campaign=campaign, from_day=campaign.from_day, **presets.PRESETS["progress"])
    DutyRule.objects.create(agency=cast.prefecture_office, **draft.values())
    make_ahead(at("2026-05-14 09:00"))
    (line,) = rounds_for(cast.prefecture, NOW)
    assert (line["name"], [also["name"] for also in line["also"]]) == ("半月台账", ["阶段工作进展"])
    acting.submit(cast, county_ledger, now=NOW, nil_report=True)
    names = [each["name"] for each in rounds_for(cast.prefecture, NOW) if each["due"].day == 15]
    assert names == ["半月台账", "阶段工作进展"]


def test_it_stands_on_the_desk_with_a_way_to_the_board(cast, county_ledger, two, half_monthly, sign_in):
    Duty.objects.filter(day=build.day("05-15")).update(due_at=timezone.now() + timedelta(hours=5))
    page = sign_in(cast.prefecture).get("/").content.decode()
    assert "未报：文水县、交城县" in page and f"{half_monthly.board_url}?day=2026-05-15" in page
    assert "未报：" not in sign_in(cast.liaison).get("/").content.decode()


def test_another_prefecture_sees_nothing_of_it(cast, two):
    assert told(cast.other_prefecture, "2026-05-15 12:00") == []


def test_all_rounds_cost_one_query(cast, two, django_assert_num_queries):
    assert len(rounds_for(cast.prefecture, at("2026-05-16 09:00"))) == 2
    with django_assert_num_queries(1):
        rounds_for(cast.prefecture, NOW)
