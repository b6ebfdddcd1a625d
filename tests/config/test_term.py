"""`manage.py term`: the answer that other programs read, and the words for people."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from accounts.models import CalendarDay, DayKind
from common.errors import Refused
from config import working_days


def run(*args) -> str:
    out = StringIO()
    call_command("term", *args, stdout=out)
    return out.getvalue()


def answer(*args) -> dict:
    return json.loads(run(*args, "--json"))


def test_a_citizens_clock_rolls_forward_and_lists_what_it_passed_over(db):
    assert answer("C14", "--from", "2025-09-20") == {
        "code": "C14",
        "due": "2025-10-09",
        "alarm": "2025-09-30",
        "article": "行政处罚法第六十七条",
        "skipped": ["2025-10-05", "2025-10-06", "2025-10-07", "2025-10-08"],
    }


def test_a_clock_in_hours_gives_its_minute(db):
    found = answer("R03", "--from", "2025-09-30T17:31")
    assert found["due"] == found["alarm"] == "2025-10-01T17:31"
    assert answer("R03", "--from", "2025-09-30")["due"] == "2025-10-01T00:00"


def test_a_clock_without_a_day_says_a_sentence(db):
    found = answer("C15", "--from", "2025-09-20")
    assert found["due"] is None and found["alarm"] is None
    assert found["sentence"].startswith("自逾期次日起")


def test_a_reading_and_a_variant_are_heard(db):
    assert answer("R02", "--from", "2025-09-30", "--reading", "working")["due"] == "2025-10-11"
    assert answer("C33", "--from", "2025-09-30", "--variant", "simple")["due"] == "2025-10-14"


def test_for_people_it_says_why_on_this_day(db):
    words = run("C09", "--from", "2025-09-26").splitlines()
    assert words[:2] == ["C09 陈述申辩", "到期 2025-10-10，提醒 2025-10-10"]
    assert words[-1].startswith("依据：自然资源行政处罚办法第三十三条")
    assert any(line.startswith("周末：09-27，共1日") for line in words)


@pytest.mark.parametrize(
    "args",
    [("C99", "--from", "2025-09-20"), ("C14", "--from", "20 September"), ("C14", "--from", "2025-02-30"),
     ("C14", "--from", "9999-12-31"), ("C11", "--from", "0001-01-01"), ("C14", "--from", "2025-09-20T24:30"),
     ("C14", "--from", "2025-09-20T10:00+08:00"), ("C33", "--from", "2025-09-20", "--variant", "quick"),
     ("C14", "--from", "2025-09-20", "--reading", "working")],
)  # fmt: skip
def test_what_it_does_not_understand_it_refuses_with_a_sentence(args, db):
    with pytest.raises(Refused):
        run(*args)


def test_the_calendar_of_the_database_stands_above_the_one_that_ships(db):
    assert answer("C07", "--from", "2025-09-26")["due"] == "2025-09-30"  # Sunday 09-28 is worked
    CalendarDay.objects.create(day="2025-09-29", kind=DayKind.OFF)
    assert answer("C07", "--from", "2025-09-26")["due"] == "2025-10-02"  # its year is known otherwise
    assert answer("C07", "--from", "2026-02-13")["due"] == "2026-02-25"  # this year still ships


def test_it_counts_where_there_is_no_database(monkeypatch):
    def none():
        raise DatabaseError

    monkeypatch.setattr(working_days, "calendar", none)
    assert answer("C09", "--from", "2025-09-26")["due"] == "2025-10-10"
