"""The clocks of a case are the law's: the same last day, rolled where a citizen's ends on a day off."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Clock
from accounts.services import calendar, clocks
from cases import terms
from law.terms import count, term

CODES = {
    "C08": terms.DECIDE,
    "C12": terms.SERVE,
    "C14": terms.PAY,
    "R02": terms.REFERRAL_DECIDE,
    "R06": terms.POLICE_ANSWER,
    "R07": terms.RECONSIDER,
}
# Before and after the changes of the law, and around the spring festival of 2026.
STARTS = [date(2020, 6, 1), date(2021, 7, 14), date(2021, 7, 15), date(2024, 4, 30), date(2024, 5, 1)]
STARTS += [date(2026, 2, 1) + timedelta(days=n) for n in range(0, 20, 3)]


@pytest.fixture(autouse=True)
def days_off(cast):
    """The notices as they ship: the spring festival of 2026 lasts from the 15th to the 23rd of February."""
    calendar.load(replace=True)


@pytest.mark.parametrize("code", CODES)
def test_each_ends_on_the_day_that_the_law_counts(cast, code):
    days = clocks.calendar()
    for start in STARTS:
        counted = clocks.count(CODES[code], cast.county, start)
        assert timezone.localtime(counted.due).date() == count(term(code), start, days).due, start


def test_what_was_filed_under_earlier_law_has_its_days_and_article(cast):
    assert terms.DECIDE.on(date(2021, 7, 14))[0] == 60
    assert terms.DECIDE.on(date(2021, 7, 15)) == (90, "行政处罚法第六十条")
    assert terms.DECIDE.on(date(2024, 5, 1)) == (90, terms.DECIDE.article)


def test_a_citizens_last_day_on_a_day_off_moves_on_and_says_why(cast):
    # 15 days from 2026-02-01 end on the 16th, within the festival (15th to 23rd); an office's own don't move.
    counted = clocks.count(terms.PAY, cast.county, date(2026, 2, 1))
    assert timezone.localtime(counted.due) == timezone.make_aware(datetime(2026, 2, 24, 18))
    assert "末日02-16是休息日，顺延到02-24（民事诉讼法第八十五条）" in counted.why
    assert timezone.localtime(clocks.count(terms.DECIDE, cast.county, date(2025, 11, 18)).due).day == 16


def pay_clock(cast, start) -> Clock:
    return clocks.start(term=terms.PAY, thing=cast.county, counted_from=start, agency=cast.county)


def test_a_changed_calendar_moves_it_from_its_own_last_day(cast):
    clock = pay_clock(cast, date(2026, 2, 1))
    calendar.set_day(by=cast.system_admin, agency=cast.county, day=date(2026, 2, 23), kind="")
    clock.refresh_from_db()
    assert timezone.localtime(clock.due_at).date() == date(2026, 2, 23)
    assert "顺延到02-23" in clock.explanation


def test_days_that_it_stood_still_move_the_last_day_before_it_is_rolled(cast):
    clock = pay_clock(cast, date(2026, 2, 1))
    clocks.suspend(thing=cast.county, kind="pay", on=date(2026, 2, 3), reason="复议")
    clocks.resume(thing=cast.county, kind="pay", on=date(2026, 2, 13))
    clock.refresh_from_db()
    assert clock.nominal_on == date(2026, 2, 26)
    assert timezone.localtime(clock.due_at).date() == date(2026, 2, 26)
    assert "中止10日" in clock.explanation and "顺延到" not in clock.explanation
