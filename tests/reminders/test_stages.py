"""When people are told, against a computation of its own: day by day, without our calendar code."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from common.workdays import Calendar, duty_day
from reminders import stages
from tests.reminders.moments import at

CHINA = ZoneInfo("Asia/Shanghai")
# 国务院办公厅 2026: 国庆 10-01 to 10-07, worked 09-20 and 10-10; 元旦 2027 made up for this test.
OFF = {date(2026, 10, day) for day in range(1, 8)} | {date(2027, 1, 1)}
WORK = {date(2026, 9, 20), date(2026, 10, 10)}
CALENDAR = Calendar(off=OFF, work=WORK, years_known={2026, 2027})


def naive_workday(day):
    return day in WORK or (day.weekday() < 5 and day not in OFF)


def expected(due):
    """{code: moment} by walking back from the due day, one day at a time."""
    eve = due.date() - timedelta(days=1)
    while not naive_workday(eve):
        eve -= timedelta(days=1)
    days = {
        "d7": (due.date() - timedelta(days=7), 9),
        "d3": (due.date() - timedelta(days=3), 9),
        "eve": (eve, 9),
        "day09": (due.date(), 9),
        "day15": (due.date(), 15),
    }
    moments = {code: datetime.combine(day, time(hour), CHINA) for code, (day, hour) in days.items()}
    return {code: moment for code, moment in moments.items() if moment <= due} | {"over": due}


DUTIES = [
    datetime.combine(duty_day(year, month, day), time(18), CHINA)
    for year in range(2024, 2031)
    for month in range(1, 13)
    for day in (15, 30)
]


@pytest.mark.parametrize("due", DUTIES, ids=lambda due: due.date().isoformat())
def test_every_half_month_is_told_when_it_should_be(due):
    by_moment = {}
    for code, moment in expected(due).items():
        by_moment[moment] = code  # of two at one moment the later stage
    found = {one.code: one.at for one in stages.once(due, False, CALENDAR)}
    assert found == {code: moment for moment, code in by_moment.items()}


def test_the_last_working_day_before_a_long_holiday_is_told_of():
    found = {one.code: one.at for one in stages.once(at("2026-10-08 18:00"), False, CALENDAR)}
    assert found["eve"] == at("2026-09-30 09:00")


def test_a_made_up_sunday_counts_as_the_day_before():
    found = {one.code: one.at for one in stages.once(at("2026-09-21 18:00"), False, CALENDAR)}
    assert found["eve"] == at("2026-09-20 09:00")


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("2026-11-23 08:59", None),
        ("2026-11-23 09:00", "d7"),
        ("2026-11-27 08:59", "d7"),
        ("2026-11-27 09:00", "eve"),  # Friday; three days before is the same morning
        ("2026-11-30 09:00", "day09"),
        ("2026-11-30 17:59", "day15"),
        ("2026-11-30 18:00", "over"),
        ("2026-12-01 08:59", "over"),
        ("2026-12-01 09:00", "after20261201"),
        ("2027-01-05 23:00", "after20270105"),
        ("2027-01-06 03:00", "after20270105"),
    ],
)
def test_one_is_in_one_stage_at_a_time(now, code):
    found = stages.latest(at("2026-11-30 18:00"), False, CALENDAR, at(now))
    assert (found.code if found else None) == code


def test_the_next_stage_is_always_later_and_never_ends():
    due, now = at("2026-11-30 18:00"), at("2026-11-20 00:00")
    seen = []
    for _ in range(12):
        following = stages.following(due, False, CALENDAR, now)
        assert following.at > now
        assert stages.latest(due, False, CALENDAR, following.at) == following
        seen.append(following.code)
        now = following.at
    assert seen[:6] == ["d7", "eve", "day09", "day15", "over", "after20261201"]
    assert seen[-1] == "after20261207"


def test_a_clock_of_hours_is_told_by_the_hour():
    due = at("2026-11-21 02:30")
    found = {one.code: one.at for one in stages.once(due, True, CALENDAR)}
    assert found == {
        "start": at("2026-11-20 02:30"),
        "h4": at("2026-11-20 22:30"),
        "h1": at("2026-11-21 01:30"),
        "over": due,
    }


def test_a_due_time_at_noon_has_no_afternoon_before_it():
    codes = [one.code for one in stages.once(at("2026-11-30 12:00"), False, CALENDAR)]
    assert codes == ["d7", "eve", "day09", "over"]


def test_what_an_outage_left_out_is_known():
    missed = stages.between(
        at("2026-11-15 18:00"), False, CALENDAR, at("2026-11-14 14:00"), at("2026-11-15 20:00")
    )
    assert [one.code for one in missed] == ["day09", "day15", "over"]


def test_every_stage_finds_its_way_back_from_its_code():
    for table in (stages.BY_DAYS, stages.BY_HOURS):
        for stage in table:
            code = f"{stage.code}20261201" if stage.daily else stage.code
            assert stages.stage_of(code).code == stage.code
