"""When duties fall due, against a table worked out here by other means.

Nothing of the product is used to work out what is expected: days come from `calendar`, days off
from a list in this file, and the moves over them from plain loops.
"""

import calendar as months
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.rhythm import AFTER, BEFORE, STAY, Rhythm
from common.workdays import Calendar

CHINA = ZoneInfo("Asia/Shanghai")
YEARS = range(2024, 2031)
# 2026, as the State Council's notice has it: days off in a row, and days worked instead.
OFF = {
    date(2026, month, day)
    for month, days in (
        (1, range(1, 4)),
        (2, range(15, 24)),
        (4, range(4, 7)),
        (5, range(1, 6)),
        (6, range(19, 22)),
        (9, range(25, 28)),
        (10, range(1, 8)),
    )
    for day in days
}
WORKED = {date(2026, month, day) for month, day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))}
CALENDAR = Calendar(off=OFF, work=WORKED, years_known={2026})
FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)


def worked(day: date) -> bool:
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def moved(day: date, policy: str) -> date:
    while policy != STAY and not worked(day):
        day += timedelta(days=-1 if policy == BEFORE else 1)
    return day


def month_day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, months.monthrange(year, month)[1]))


def expected(days, policy) -> list[datetime]:
    return sorted(datetime.combine(moved(day, policy), time(18), CHINA) for day in days)


def found(rhythm: Rhythm) -> list[datetime]:
    days = rhythm.days_between(FIRST, LAST)
    return sorted(rhythm.due_at(day, CALENDAR) for day in days)


@pytest.mark.parametrize("policy", [STAY, BEFORE, AFTER])
def test_every_15th_and_30th_from_2024_to_2030(policy):
    days = {month_day(y, m, d) for y in YEARS for m in range(1, 13) for d in (15, 30)}
    rhythm = Rhythm("monthly", FIRST, (15, 30), holidays=policy)
    assert found(rhythm) == expected(days, policy)
    assert len(found(rhythm)) == 7 * 24


def test_february_has_its_last_day_in_leap_years_and_others():
    rhythm = Rhythm("monthly", FIRST, (15, 30))
    for year in YEARS:
        days = rhythm.days_between(date(year, 2, 1), date(year, 2, 29 if year % 4 == 0 else 28))
        assert days == [date(year, 2, 15), date(year, 2, 29 if year in (2024, 2028) else 28)]


@pytest.mark.parametrize("policy", [STAY, BEFORE, AFTER])
def test_every_friday(policy):
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    rhythm = Rhythm("weekly", FIRST, (5,), holidays=policy)
    assert found(rhythm) == expected([day for day in days if day.weekday() == 4], policy)


@pytest.mark.parametrize("policy", [STAY, BEFORE, AFTER])
@pytest.mark.parametrize(
    ("pattern", "month", "which"),
    [
        ("quarterly", 3, (3, 6, 9, 12)),
        ("quarterly", 1, (1, 4, 7, 10)),
        ("half_yearly", 6, (6, 12)),
        ("half_yearly", 2, (2, 8)),
        ("yearly", 2, (2,)),
    ],
)
def test_the_last_day_of_quarters_half_years_and_years(pattern, month, which, policy):
    days = {month_day(year, one, 31) for year in YEARS for one in which}
    rhythm = Rhythm(pattern, FIRST, (31,), month=month, holidays=policy)
    assert found(rhythm) == expected(days, policy)


@pytest.mark.parametrize("every", [1, 2, 10, 45])
def test_every_so_many_days_counted_from_the_first(every):
    begins = date(2026, 1, 7)
    days = [begins + timedelta(days=n) for n in range(0, (LAST - begins).days + 1, every)]
    assert found(Rhythm("every", begins, every=every)) == expected(days, STAY)


@pytest.mark.parametrize("policy", [STAY, BEFORE, AFTER])
def test_once(policy):
    rhythm = Rhythm("once", date(2026, 10, 3), holidays=policy)
    assert found(rhythm) == expected([date(2026, 10, 3)], policy)


def test_nothing_is_due_before_the_rule_begins():
    rhythm = Rhythm("monthly", date(2026, 5, 16), (15, 30))
    assert rhythm.days_between(FIRST, date(2026, 6, 1)) == [date(2026, 5, 30)]


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        (Rhythm("monthly", FIRST, (15, 30)), "每月15、30日18:00"),
        (Rhythm("weekly", FIRST, (5,), at=time(17, 30)), "每周五17:30"),
        (Rhythm("yearly", FIRST, (28,), month=2), "每年2月28日18:00"),
        (Rhythm("every", FIRST, every=2), "自2024-01-01起每2天18:00"),
        (Rhythm("quarterly", FIRST, (31,), month=3), "每季度第3个月31日18:00"),
    ],
)
def test_a_rhythm_says_itself(rhythm, words):
    assert rhythm.words == words


def test_why_this_day_names_the_short_month_and_the_holiday():
    rhythm = Rhythm("monthly", FIRST, (15, 30), holidays=BEFORE)
    assert "2027年2月没有30日，为月末" in rhythm.why(date(2027, 2, 28), CALENDAR)
    why = rhythm.why(date(2026, 2, 15), CALENDAR)
    assert "2026-02-15不是工作日，提前到前一个工作日，为2026-02-14" in why
    assert "2027年的放假安排还没有录入" in rhythm.why(date(2027, 1, 15), CALENDAR)
