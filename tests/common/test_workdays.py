"""Day counts against the golden dates, with the calendar that ships."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.workdays import Calendar, add_days, add_months, duty_day, last_day_of_month

ROOT = Path(__file__).parents[2]
GOLDEN = json.loads((ROOT / "tests/data/vectors.json").read_text(encoding="utf-8"))["dates"]
SHIPPED = json.loads((ROOT / "accounts/data/calendar.json").read_text(encoding="utf-8"))
CALENDAR = Calendar.from_years(SHIPPED["years"])

# How each golden period is counted; the vectors say it in words only.
PERIODS = {
    "V01": ("days", 90),
    "V03": ("workdays", 5),
    "V05": ("days", 15),
    "V07": ("workdays", 7),
    "V09": ("days", 30),
    "V11": ("workdays", 10),
    "V13": ("months", 3),
    "V15": ("days", 15),
    "V17": ("workdays", 3),
    "V19": ("months", 24),
    "V21": ("duty", 30),
}
DAYS = st.dates(date(2018, 1, 1), date(2026, 12, 1))


def ends(start, unit, count):
    if unit == "duty":
        return duty_day(start.year, start.month, count)
    return getattr(CALENDAR, f"add_{unit}")(start, count)


@pytest.mark.parametrize("vector", GOLDEN, ids=lambda v: v["id"])
def test_a_golden_period_ends_on_its_day(vector):
    end = ends(date.fromisoformat(vector["start"]), *PERIODS[vector["id"]])
    assert end.isoformat() == vector["nominal_end"]
    assert CALENDAR.roll_forward(end).isoformat() == vector["end_if_rolled_forward"]
    assert CALENDAR.roll_back(end).isoformat() == vector["end_if_rolled_back"]


def test_every_golden_period_is_tried():
    assert {vector["id"] for vector in GOLDEN} == set(PERIODS)


def test_a_make_up_saturday_is_worked_and_a_holiday_monday_is_not():
    assert CALENDAR.is_workday(date(2025, 10, 11))
    assert not CALENDAR.is_workday(date(2025, 10, 6))


def test_why_this_date_lists_the_days_passed_over():
    skipped = CALENDAR.skipped(date(2025, 9, 30), date(2025, 10, 11))
    assert skipped == tuple(date(2025, 10, day) for day in range(1, 9))


def test_an_unknown_year_counts_monday_to_friday_and_says_so():
    end = CALENDAR.add_workdays(date(2031, 9, 30), 3)
    assert end == date(2031, 10, 3)
    assert CALENDAR.unknown_years(date(2026, 12, 30), date(2028, 1, 2)) == (2027, 2028)
    assert CALENDAR.unknown_years(date(2018, 1, 1), date(2026, 12, 31)) == ()


def test_month_ends_clamp():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert add_months(date(2026, 12, 15), 1) == date(2027, 1, 15)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)


def test_the_thirtieth_of_february_is_its_last_day():
    assert duty_day(2024, 2, 30) == date(2024, 2, 29)
    assert duty_day(2026, 3, 30) == date(2026, 3, 30)
    assert last_day_of_month(2026, 4) == date(2026, 4, 30)


def test_working_days_can_be_counted_back_from_a_hearing():
    assert CALENDAR.add_workdays(date(2025, 10, 10), -2) == date(2025, 9, 30)


def test_an_empty_calendar_is_monday_to_friday():
    assert Calendar().add_workdays(date(2026, 10, 1), 2) == date(2026, 10, 5)


@given(DAYS, st.integers(1, 60))
def test_a_period_of_working_days_holds_just_that_many(start, count):
    end = CALENDAR.add_workdays(start, count)
    assert CALENDAR.is_workday(end)
    assert (end - start).days - len(CALENDAR.skipped(start, end)) == count


@given(DAYS)
def test_rolling_moves_only_past_days_off(day):
    forward, back = CALENDAR.roll_forward(day), CALENDAR.roll_back(day)
    assert back <= day <= forward
    assert CALENDAR.is_workday(forward)
    assert CALENDAR.is_workday(back)
    if CALENDAR.is_workday(day):
        assert forward == back == day


@given(DAYS, st.integers(0, 400))
def test_calendar_days_are_plain_arithmetic(start, count):
    assert (add_days(start, count) - start).days == count
