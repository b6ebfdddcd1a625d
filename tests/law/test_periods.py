"""C08, the one count of it: the law of the day of 立案, extension, exclusions by days and by their number."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.reckoning import Pause
from law.facts import Facts, Steps
from law.figures import SEEDED, Figure
from law.periods import deciding, decision_period
from law.shipped import calendar
from law.terms import Length, term
from tests.law.making import codes, facts_of, miner, one

D = date.fromisoformat
APPRAISAL = Pause(D("2025-08-01"), D("2025-08-11"), "储量", "鉴定")


def last(filed="2025-07-10", as_of="2026-09-01", figures=SEEDED, steps=None, **more):
    facts = Facts(as_of=D(as_of), county="141122", steps=Steps(filed=D(filed), **(steps or {})), **more)
    counted = decision_period(facts, figures, calendar())
    return counted.due and counted.due.isoformat()


@pytest.mark.parametrize(
    ("filed", "more", "due"),
    [
        ("2025-07-10", {}, "2025-10-08"),
        ("2025-07-10", {"extended": True}, "2025-11-07"),
        ("2025-07-10", {"extended": 20}, "2025-10-28"),
        ("2025-07-10", {"extended": 60}, "2025-12-07"),  # 案情特别复杂的除外
        ("2024-05-01", {"extended": True}, "2024-08-29"),
        ("2024-04-30", {"extended": True}, "2024-07-29"),  # 处罚法第六十条 knows none, 60号令 60 + 30
        ("2021-07-15", {"extended": True}, "2021-10-13"),
        ("2021-07-14", {"extended": True}, "2021-10-12"),
        ("2021-07-14", {"extended": 60}, "2021-10-12"),
        ("2021-07-14", {}, "2021-09-12"),
    ],
)
def test_it_is_extended_only_where_the_law_of_its_filing_allows(filed, more, due):
    """自然资源行政处罚办法第三十八条第一款；行政处罚法第六十条"""
    assert last(filed, **more) == due


def test_what_waits_and_what_is_excluded_add_up():
    """自然资源行政处罚办法第三十八条第二款: both aren't counted; of a number of days it isn't known which"""
    waiting = {"referred": D("2025-08-01"), "police_declined": D("2025-08-21")}
    assert last(steps=waiting) == "2025-10-28"
    assert last(steps=waiting, excluded_days=10) == "2025-11-07"
    assert last(excluded_days=10) == "2025-10-18"


def test_days_that_overlap_are_left_out_once():
    """自然资源行政处罚办法第三十八条第二款"""
    waiting = Pause(D("2025-08-05"), D("2025-08-21"), "移送后等待公安机关决定", "移送")
    assert last(pauses=(APPRAISAL, waiting)) == "2025-10-28"
    # Where the days are known, the referral is among them and isn't added once more.
    steps = {"referred": D("2025-08-05"), "police_declined": D("2025-08-21")}
    assert last(pauses=(APPRAISAL, waiting), steps=steps) == "2025-10-28"


def test_while_public_security_has_it_there_is_no_last_day():
    """自然资源行政处罚办法第三十八条第二款: 等待公安机关、检察机关作出决定的时间"""
    sent = {"referred": D("2025-08-01")}
    assert last(steps=sent) is None
    assert "DECISION_OVERDUE" not in codes(**miner(dates={"filed": "2025-07-10", "referred": "2025-08-01"}))
    late = {"referred": D("2025-10-09")}
    assert last(steps=late) == "2025-10-08"  # the period had run out before


@pytest.mark.parametrize("reason", ["鉴定", "听证", "公告", "邮递"])
def test_other_grounds_are_younger_than_old_cases(reason):
    """自然资源行政处罚办法第三十八条第二款, from 2024-05-01; 移送 stops older ones too"""
    pause = (Pause(D("2024-05-10"), D("2024-05-20"), reason),)
    assert last("2024-04-30", pauses=pause) == "2024-07-29"
    assert last("2024-05-01", pauses=pause) == "2024-08-09"
    waiting = (Pause(D("2024-05-10"), D("2024-05-20"), "移送后等待", "移送"),)
    assert last("2024-04-30", pauses=waiting) == "2024-08-08"


def test_what_somebody_wrote_beside_a_ground_makes_it_no_other():
    """自然资源行政处罚办法第三十八条第二款: before it only 移送 stopped the period, whatever the words say"""
    pause = (Pause(D("2024-05-10"), D("2024-05-20"), "鉴定：移送公安机关前的鉴定", "鉴定"),)
    assert last("2024-04-30", pauses=pause) == "2024-07-29"
    assert last("2024-05-01", pauses=(replace(pause[0], ground="出差"),)) == "2024-07-30"


def own(value, **more):
    return SEEDED.joined(
        [Figure("decision_days", Decimal(value), "日", "x", "省规〔1〕号", "140000", **more)]
    )


def test_an_offices_own_figure_moves_it():
    """行政处罚法第六十条: 法律、法规、规章另有规定的，从其规定"""
    sixty = own(60, since=D("2021-07-15"), until=D("2024-04-30"), sure=False)
    assert last("2023-01-01", figures=sixty) == "2023-03-02"
    assert last("2024-05-01", figures=sixty) == "2024-07-30"
    clock = deciding(D("2023-01-01"), "141122", sixty)
    (length,) = [each for each in clock.lengths if each.since <= D("2023-01-01") < each.until]
    assert (length.count, length.article, length.sure) == (60, "省规〔1〕号", False)
    assert deciding(D("2023-01-01"), "510100", sixty) is term("C08")


def test_between_the_two_rules_the_figure_is_not_sure():
    """行政处罚法第六十条 or sixty days by the 规章 of then: 2021-07-15 to 2024-04-30"""
    line = miner(
        "2019-01-01", dates={"filed": "2023-01-01", "noticed": "2023-01-02", "decided": "2023-06-01"}
    )
    assert one("DECISION_OVERDUE", **line).figures[0]["sure"] is False
    assert one("DECISION_OVERDUE", **miner(dates={"filed": "2025-07-10"})).figures[0]["sure"] is True


def test_the_finding_says_of_how_many_days_it_is():
    found = one("DECISION_OVERDUE", **miner(dates={"filed": "2025-07-10"}, excluded_days=5, extended=20))
    assert {key: found.figures[0][key] for key in ("last", "days", "excluded")} == {
        "last": "2025-11-02", "days": 115, "excluded": 5,
    }  # fmt: skip


NUMBERS = {"C09": "notice_days", "C10": "notice_days", "C29": "limitation_years", "R03": "referral_hours"}


def test_a_number_that_stands_as_a_figure_too_is_the_same():
    """Clocks of the table and the figures that findings use: 处罚法 arts 36, 64, 310号令 art 5"""
    for code, key in NUMBERS.items():
        length: Length = term(code).lengths[0]
        figure = SEEDED.get(key, None, D("2026-01-01")) or SEEDED.get(key)
        years = 12 if figure.unit == "年" else 1
        assert length.count == figure.value * years, code


DAYS = st.integers(0, 150)


@given(st.lists(st.tuples(DAYS, st.integers(1, 60)), max_size=4), st.integers(0, 40), st.booleans())
def test_the_last_day_is_as_many_counted_days_after_filing(stretches, excluded, extended):
    """Whatever stops it: between filing and the last day lie just so many days that count."""
    filed = D("2025-03-03")
    at = [date.fromordinal(filed.toordinal() + since) for since, _ in stretches]
    pauses = tuple(
        Pause(day, date.fromordinal(day.toordinal() + length), "鉴定")
        for day, (_, length) in zip(at, stretches, strict=True)
    )
    facts = Facts(
        as_of=D("2027-01-01"), steps=Steps(filed=filed), pauses=pauses, excluded_days=excluded,
        extended=extended,
    )  # fmt: skip
    due = decision_period(facts, SEEDED, calendar()).due
    counted = [
        day for day in map(date.fromordinal, range(filed.toordinal() + 1, due.toordinal() + 1))
        if not any(each.covers(day) for each in pauses)
    ]  # fmt: skip
    assert len(counted) == 90 + 30 * extended + excluded
    assert counted[-1] == due


def test_a_line_carries_the_wait_by_its_referral():
    facts = facts_of(**miner(dates={"filed": "2025-07-10", "referred": "2025-08-01"}))
    assert facts.pauses is None
    assert decision_period(facts, SEEDED, calendar()).sentence.startswith(
        "自2025-08-01起中止计算（移送后等待"
    )
