"""Clock rows: the golden dates, the reason in words, standing still, going on, being met."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import Clock
from accounts.services import calendar, clocks
from accounts.terms import DAYS, HOURS, MONTHS, WORKDAYS, Term
from tests.accounts.things import a_clue

GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "vectors.json").read_text(encoding="utf-8"))[
    "dates"
]
PERIODS = {
    "V01": (90, DAYS), "V03": (5, WORKDAYS), "V05": (15, DAYS), "V07": (7, WORKDAYS),
    "V09": (30, DAYS), "V11": (10, WORKDAYS), "V13": (3, MONTHS), "V15": (15, DAYS),
    "V17": (3, WORKDAYS), "V19": (24, MONTHS),
}  # fmt: skip


def term(length=5, unit=WORKDAYS, **more):
    """A statutory term."""
    return Term("trial", "试用时限", length, unit, "起算日", "某法第一条", **more)


@pytest.fixture
def clue(cast):
    """What the clock runs on."""
    return a_clue(cast.county, cast.intake)


@pytest.mark.parametrize("vector", [v for v in GOLDEN if v["id"] in PERIODS], ids=lambda v: v["id"])
def test_a_clock_ends_on_the_golden_day_at_six(clue, vector):
    calendar.load(replace=True)
    started = clocks.start(
        term=term(*PERIODS[vector["id"]]), thing=clue, counted_from=date.fromisoformat(vector["start"])
    )
    assert timezone.localtime(started.due_at).isoformat() == f"{vector['nominal_end']}T18:00:00+08:00"


def test_why_this_day_names_article_and_skipped_days(clue):
    started = clocks.start(term=term(3), thing=clue, counted_from=date(2026, 9, 30))
    assert timezone.localtime(started.due_at).date() == date(2026, 10, 12)
    assert "某法第一条" in started.explanation
    assert "10-01" in started.explanation and "10-11" in started.explanation


def test_an_unknown_year_counts_monday_to_friday_and_says_so(clue):
    started = clocks.start(term=term(5), thing=clue, counted_from=date(2031, 1, 31))
    assert timezone.localtime(started.due_at).date() == date(2031, 2, 7)
    assert "2031年的放假安排还没有录入" in started.explanation


def test_hours_run_through_nights_and_holidays(clue):
    at = datetime(2026, 10, 1, 2, 30, tzinfo=UTC)
    started = clocks.start(term=term(24, HOURS), thing=clue, counted_from=at)
    assert started.due_at == at + timedelta(hours=24)
    assert "10:30" in started.explanation


def test_a_warning_comes_before_the_end(clue):
    started = clocks.start(term=term(10, DAYS, warn_before=3), thing=clue, counted_from=date(2026, 3, 2))
    assert started.due_at - started.warn_at == timedelta(days=3)


def test_standing_still_moves_the_end_by_as_many_days(clue):
    started = clocks.start(term=term(30, DAYS), thing=clue, counted_from=date(2026, 3, 1))
    clocks.suspend(thing=clue, kind="trial", on=date(2026, 3, 10), reason="等待鉴定")
    assert Clock.objects.get().suspended_reason == "等待鉴定"
    clocks.resume(thing=clue, kind="trial", on=date(2026, 3, 25))
    moved = Clock.objects.get()
    assert moved.due_at - started.due_at == timedelta(days=15)
    assert moved.warn_at - started.warn_at == timedelta(days=15)
    assert "中止15日" in moved.explanation and "等待鉴定" in moved.explanation
    assert moved.suspended_on is None


def test_a_clock_in_working_days_gets_back_the_working_days_it_stood(clue):
    clocks.start(term=term(5), thing=clue, counted_from=date(2026, 3, 2))
    clocks.suspend(thing=clue, kind="trial", on=date(2026, 3, 5), reason="鉴定")
    clocks.resume(thing=clue, kind="trial", on=date(2026, 3, 10))
    assert timezone.localtime(Clock.objects.get().due_at).date() == date(2026, 3, 12)


def test_it_may_stand_still_twice_but_not_at_once(clue):
    clocks.start(term=term(30, DAYS), thing=clue, counted_from=date(2026, 3, 1))
    halt = {"thing": clue, "kind": "trial", "reason": "鉴定"}
    assert clocks.suspend(**halt, on=date(2026, 3, 10)) == 1
    assert clocks.suspend(**halt, on=date(2026, 3, 11)) == 0
    clocks.resume(thing=clue, kind="trial", on=date(2026, 3, 12))
    assert clocks.suspend(**halt, on=date(2026, 3, 20)) == 1
    assert clocks.resume(thing=clue, kind="trial", on=date(2026, 3, 21)) == 1
    assert clocks.resume(thing=clue, kind="trial", on=date(2026, 3, 22)) == 0


def test_starting_again_moves_the_open_clock_and_never_makes_a_second(clue):
    clocks.start(term=term(), thing=clue, counted_from=date(2026, 3, 2))
    clocks.start(term=term(), thing=clue, counted_from=date(2026, 3, 9))
    assert Clock.objects.get().counted_from == date(2026, 3, 9)


def test_a_met_clock_is_kept_and_the_next_one_is_new(clue):
    clocks.start(term=term(), thing=clue, counted_from=date(2026, 3, 2))
    assert clocks.meet(thing=clue, kind="trial") == 1
    assert clocks.meet(thing=clue, kind="trial") == 0
    clocks.start(term=term(), thing=clue, counted_from=date(2026, 4, 1))
    assert clocks.of(clue).count() == 2
    assert clocks.meet_all(thing=clue) == 1


def test_a_changed_calendar_is_counted_with_at_once(cast, clue):
    before = clocks.due_of(term(2), cast.county, date(2026, 11, 18))[0]
    calendar.set_day(by=cast.system_admin, agency=cast.county, day=date(2026, 11, 20), kind="off")
    after = clocks.due_of(term(2), cast.county, date(2026, 11, 18))[0]
    assert (before.day, after.day) == (20, 23)
