"""A change of the calendar moves the open clocks in working days, and says so."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Clock, TrailEntry
from accounts.services import calendar, clocks
from accounts.signals import calendar_changed
from accounts.terms import DAYS, WORKDAYS, Term
from tests.accounts.things import a_clue

FROM, OFF = date(2026, 11, 18), date(2026, 11, 20)


@pytest.fixture
def clue(cast):
    """What the clocks run on."""
    return a_clue(cast.county, cast.intake)


def start(clue, kind="trial", unit=WORKDAYS, counted_from=FROM):
    """A clock of two days, looked at by the engine already: ends on the 20th."""
    term = Term(kind, "试用时限", 2, unit, "起算日", "某法第一条", warn_before=1)
    clock = clocks.start(term=term, thing=clue, counted_from=counted_from)
    Clock.objects.filter(pk=clock.pk).update(remind_at=timezone.now())
    return clock


def close(cast, day=OFF, kind="off"):
    """The system administrator enters a day off."""
    calendar.set_day(by=cast.system_admin, agency=cast.county, day=day, kind=kind, note="停电")


def ends(clock) -> date:
    """The day it ends on now."""
    clock.refresh_from_db()
    return timezone.localdate(clock.due_at)


def test_a_day_off_moves_the_end_the_warning_and_the_next_look(cast, clue):
    clock = start(clue)
    close(cast)
    assert ends(clock) == date(2026, 11, 23)
    assert clock.due_at - clock.warn_at == timedelta(days=1)
    assert clock.remind_at is None
    assert clock.explanation.startswith("自起算日2026-11-18的次日起2个工作日（某法第一条）。")
    assert "11-20" in clock.explanation


def test_the_trail_of_the_thing_says_so(cast, clue):
    start(clue)
    close(cast)
    entry = TrailEntry.objects.get(act="recount_clock")
    assert (entry.subject_id, entry.actor) == (clue.pk, cast.system_admin)
    assert entry.changes == {"试用时限": ["2026-11-20", "2026-11-23"]}
    assert "2026年" in entry.reason


def test_taking_the_day_back_moves_it_back(cast, clue):
    clock = start(clue)
    close(cast)
    close(cast, kind="")
    assert ends(clock) == OFF
    assert "11-20" not in clock.explanation


def test_a_year_entered_from_its_notice_moves_clocks_and_ends_the_doubt(cast, clue, sign_in):
    clock = start(clue, counted_from=date(2026, 12, 30))
    assert ends(clock) == date(2027, 1, 1)
    assert "2027年的放假安排还没有录入" in clock.explanation
    sign_in(cast.system_admin).post(
        reverse("accounts:import_calendar", args=[2027]),
        {"days": "2027-01-01 休 元旦\n2027-01-03 班", "_key": "k"},
    )
    assert ends(clock) == date(2027, 1, 3)
    assert "还没有录入" not in clock.explanation


@pytest.mark.parametrize("how", ["calendar days", "met", "ended before"])
def test_what_does_not_depend_on_it_stays(cast, clue, how):
    clock = start(
        clue,
        unit=DAYS if how == "calendar days" else WORKDAYS,
        counted_from=date(2026, 11, 2) if how == "ended before" else FROM,
    )
    if how == "met":
        clocks.meet(thing=clue, kind="trial")
    before = ends(clock), clock.explanation
    close(cast)
    assert (ends(clock), clock.explanation) == before
    assert not TrailEntry.objects.filter(act="recount_clock").exists()


def test_one_that_stands_still_is_counted_by_the_new_days_when_it_goes_on(cast, clue):
    clock = start(clue)
    clocks.suspend(thing=clue, kind="trial", on=date(2026, 11, 19), reason="鉴定")
    close(cast)
    assert ends(clock) == OFF
    clocks.resume(thing=clue, kind="trial", on=date(2026, 11, 24))
    # Two working days (19th, 23rd) and those it stood (19th, 23rd) given back.
    assert ends(clock) == date(2026, 11, 25)


def test_one_that_stood_still_before_keeps_its_days(cast, clue):
    clock = start(clue)
    clocks.suspend(thing=clue, kind="trial", on=date(2026, 11, 19), reason="鉴定")
    clocks.resume(thing=clue, kind="trial", on=date(2026, 11, 20))
    assert ends(clock) == date(2026, 11, 23)
    close(cast, date(2026, 11, 23))
    assert ends(clock) == date(2026, 11, 24)
    assert "中止1日" in clock.explanation


def test_it_is_announced_to_the_apps_above(cast):
    heard = []

    def hear(sender, by, year, **_):
        heard.append((by, year))

    calendar_changed.connect(hear)
    try:
        close(cast)
    finally:
        calendar_changed.disconnect(hear)
    assert heard == [(cast.system_admin, 2026)]
