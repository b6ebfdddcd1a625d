"""Lapses of a record: each by its article, from the days that the house kept; and never for a bare line."""

from dataclasses import replace
from datetime import date

import pytest

from cases.flags import FLAGS
from cases.law_sections import LAPSE_REMEDIES
from law.facts import Decision, Facts, Native, Ruling, Sending, Steps, Unweighed, Violation
from law.figures import SEEDED
from law.findings import LEVELS, Case, assess
from law.lapses import LAPSES, lapses
from law.shipped import calendar
from tests.law.making import case_of

D = date.fromisoformat
FINED = Decision(fine=1, income=0, minerals=True, on=D("2026-03-10"))


def of(*, decisions=(), **known) -> set[str]:
    """What holds of an unlicensed miner's case filed on 2026-03-01."""
    native = Native(**{"found": True, "handlers": 2} | known)
    filed = Steps(filed=D("2026-03-01"))
    facts = Facts(
        as_of=D("2026-06-01"), violations=(Violation("K21"),), steps=filed, decisions=decisions, native=native
    )
    return set(lapses(Case(facts, SEEDED, calendar())))


def ruled(on="2026-03-10", **days) -> dict:
    return {"rulings": (Ruling(D(on), **{name: D(day) for name, day in days.items()}),)}


def sent(**days) -> dict:
    return {"sendings": (Sending(**{name: D(day) for name, day in days.items()}),)}


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("decided_before_filing", ruled("2026-02-28"), ruled("2026-03-01")),
        ("served_before_decision", ruled(served="2026-03-09"), ruled(served="2026-03-10")),
        ("paid_before_decision", ruled(paid="2026-03-09"), ruled(paid="2026-03-10")),
        (
            "sent_before_approval",
            sent(approved="2026-03-05", sent="2026-03-04"),
            sent(approved="2026-03-05", sent="2026-03-05"),
        ),
        (
            "answered_before_sending",
            sent(sent="2026-03-05", received="2026-03-04"),
            sent(sent="2026-03-05", received="2026-03-05"),
        ),
        ("without_finding", {**ruled(), "found": False}, {**ruled(), "found": True}),
        (
            "undiscussed",
            {**ruled(), "undiscussed": (Unweighed(D("2026-03-10"), True),)},
            {**ruled(), "undiscussed": (Unweighed(D("2026-03-10"), False),)},
        ),
        ("one_handler", {**ruled(), "handlers": 1}, {**ruled(), "handlers": 2}),
    ],
)
def test_each_day_out_of_order_and_each_lack_is_told_and_no_more(code, wrong, right):
    """行政处罚法第四十条、第四十二条、第五十四条、第六十一条、第六十七条; 国务院令第310号第五条"""
    assert of(**wrong) == {code}
    assert of(**right) == set()


@pytest.mark.parametrize(
    ("days", "held"),
    [
        ({"sent": "2026-03-09"}, {"fined_while_referred"}),
        ({"sent": "2026-03-09", "freed": "2026-03-10"}, set()),
        ({"sent": "2026-03-09", "freed": "2026-03-11"}, {"fined_while_referred"}),
        ({"sent": "2026-03-10"}, set()),
        ({"sent": "2026-03-10", "freed": "2026-03-10"}, set()),
        ({"sent": "2026-03-11"}, {"fined_first"}),
    ],
)
def test_a_fine_waits_for_public_security(days, held):
    """行政处罚法第二十七条第一款、第三十五条第二款"""
    found = of(decisions=(FINED,), **sent(**days))
    assert found & {"fined_while_referred", "fined_first"} == held


def test_what_stands_open_at_closing_is_told_on_whatever_ground():
    """自然资源行政处罚办法第四十六条第一款第（四）项"""
    open_file = {"unpaid": 1, "undone": ("没收",)}
    assert of(closed=True, **open_file) >= {"unpaid_at_closing", "not_carried_out"}
    assert of(**open_file) == set()


def test_a_fine_in_the_place_of_a_referral():
    """行政执法机关移送涉嫌犯罪案件的规定第十一条"""
    case = case_of(violation="K21", value=500_000, dates={"found": "2026-01-01", "filed": "2026-03-01"})
    kept = case.facts.varied(native=Native(), decisions=(FINED,))
    assert "fined_unreferred" in lapses(replace(case, facts=kept))
    gone = kept.varied(sent=True)
    assert "fined_unreferred" not in lapses(Case(gone, SEEDED, calendar()))


def test_a_line_from_outside_shows_none_and_assess_never_names_one():
    facts = Facts(as_of=D("2026-06-01"), decisions=(FINED,))
    assert lapses(Case(facts, SEEDED, calendar())) == {}
    assert not set(LAPSES) & set(LEVELS)
    kept = facts.varied(native=Native(**ruled("2026-02-28")))
    assert {each.code for each in assess(kept, SEEDED, calendar())} <= set(LEVELS)


def test_every_lapse_is_a_flag_at_its_level_with_its_article_and_a_remedy():
    assert set(LAPSES) <= set(FLAGS)
    assert [(FLAGS[code].level, FLAGS[code].article) for code in LAPSES] == [
        (row.level, row.article) for row in LAPSES.values()
    ]
    assert set(LAPSE_REMEDIES) == set(LAPSES)
