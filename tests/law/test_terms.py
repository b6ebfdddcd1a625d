"""Every clock of the law across holidays and month ends, against the golden days."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import Refused
from common.workdays import Calendar
from law.terms import TERMS, Extension, Manner, Pause, Unit, Whose, count, term

D = date.fromisoformat
T = datetime.fromisoformat
DATES = json.loads((Path(__file__).parent / "data" / "vectors.json").read_text(encoding="utf-8"))["dates"]
# A duty of a campaign, counted by ledgers.rhythm; no clock of the law.
NO_CLOCK = {"duty-30"}
GOLDEN = [one for one in DATES if one["code"] not in NO_CLOCK]

# Before, within and after the seven days off of 2025-10-01…08 (09-28 and 10-11 are worked), the
# spring days of 2026-02-15…23 (02-14 and 02-28 are worked), ends of months, leap years.
ENDS = [
    # code, variant, from, due, alarm
    ("C03", "", "2025-09-29", "2025-10-15", "2025-10-15"),
    ("C04", "", "2025-09-30", "2025-10-16", "2025-10-16"),
    ("C05", "", "2025-09-05", "2025-10-05", "2025-09-30"),
    ("C07", "", "2025-09-30", "2025-10-11", "2025-10-11"),
    ("C08", "", "2025-07-05", "2025-10-03", "2025-09-30"),
    ("C09", "", "2026-02-13", "2026-02-27", "2026-02-27"),
    ("C10", "", "2025-09-26", "2025-10-10", "2025-10-10"),
    ("C11", "", "2025-10-15", "2025-09-29", "2025-09-28"),
    ("C12", "", "2025-09-30", "2025-10-16", "2025-10-16"),
    ("C13", "", "2025-09-06", "2025-10-06", "2025-09-30"),
    ("C14", "", "2025-09-20", "2025-10-09", "2025-09-30"),
    ("C17", "", "2025-08-05", "2025-10-09", "2025-09-30"),
    ("C18", "", "2025-08-31", "2026-02-28", "2026-02-28"),
    ("C18", "", "2025-04-01", "2025-10-09", "2025-09-30"),
    ("C18", "", "2023-08-31", "2024-02-29", "2024-02-29"),
    ("C19", "", "2025-09-17", "2025-10-09", "2025-09-30"),
    ("C20", "", "2026-02-02", "2026-02-24", "2026-02-14"),
    ("C21", "", "2025-09-30", "2025-10-21", "2025-10-21"),
    ("C22", "", "2025-11-30", "2026-02-28", "2026-02-28"),
    ("C22", "", "2025-07-04", "2025-10-04", "2025-09-30"),
    ("C24", "", "2025-09-20", "2025-10-05", "2025-09-30"),
    ("C25", "", "2025-07-05", "2025-10-03", "2025-09-30"),
    ("C26", "", "2025-09-30", "2025-10-16", "2025-10-16"),
    ("C27", "", "2025-09-30", "2025-11-04", "2025-11-04"),
    ("C28", "", "2025-09-30", "2025-10-11", "2025-10-11"),
    ("C29", "", "2024-02-29", "2026-02-28", "2026-02-28"),
    ("C29", "life_health", "2020-10-04", "2025-10-04", "2025-09-30"),
    ("C30", "", "2025-10-04", "2026-01-31", "2026-01-30"),
    ("C32", "", "2025-09-30", "2025-10-14", "2025-10-14"),
    ("C33", "", "2025-09-30", "2025-10-21", "2025-10-21"),
    ("C33", "simple", "2025-09-30", "2025-10-14", "2025-10-14"),
    ("C34", "ordinary", "2025-08-04", "2025-10-03", "2025-09-30"),
    ("C34", "simple", "2025-09-03", "2025-10-03", "2025-09-30"),
    ("C35", "", "2024-10-05", "2025-10-05", "2025-09-30"),
    ("C36", "immovable", "2004-02-29", "2024-02-29", "2024-02-29"),
    ("C36", "other", "2020-10-01", "2025-10-01", "2025-09-30"),
    ("C37", "", "2025-09-20", "2025-10-05", "2025-09-30"),
    ("C38", "", "2025-10-10", "2025-09-29", "2025-09-29"),
    ("C39", "", "2022-10-05", "2025-10-05", "2025-09-30"),
    ("R02", "", "2025-09-30", "2025-10-03", "2025-09-30"),
    ("R06", "", "2025-10-01", "2025-10-04", "2025-09-30"),
    ("R07", "", "2026-02-13", "2026-02-16", "2026-02-14"),
    ("R08", "", "2025-09-30", "2025-10-03", "2025-09-30"),
    ("R09", "", "2025-09-30", "2025-10-03", "2025-09-30"),
    ("R09", "explain", "2025-09-30", "2025-10-07", "2025-09-30"),
    ("R09", "file", "2025-09-20", "2025-10-05", "2025-09-30"),
    ("R11", "", "2025-09-30", "2025-10-03", "2025-09-30"),
    ("R16", "b", "2025-09-30", "2025-10-03", "2025-09-30"),
    ("R17", "", "2025-09-30", "2025-10-03", "2025-09-30"),
    ("R18", "", "2025-09-30", "2025-10-03", "2025-09-30"),
]
IN_HOURS = [
    ("C06", "", "2025-09-30T17:31", "2025-10-01T17:31"),
    ("R03", "", "2025-09-30T17:59", "2025-10-01T17:59"),
    ("R05", "", "2026-02-14T23:59", "2026-02-15T23:59"),
    ("R16", "a", "2025-10-08T00:01", "2025-10-09T00:01"),
]
WITHOUT = {
    "C01", "C02", "C15", "C16", "C23", "C31", "C40", "R01", "R03b", "R04", "R10", "R12", "R13", "R14", "R15",
    "R19", "R20", "R21", "R22",
}  # fmt: skip


def ends(code, start, shipped, **manner):
    return count(term(code), start, shipped, Manner(**manner))


@pytest.mark.parametrize("vector", GOLDEN, ids=lambda v: v["id"])
def test_a_golden_clock_ends_on_its_day(vector, shipped):
    clock = term(vector["code"])
    counted = count(clock, D(vector["start"]), shipped, Manner(reading=vector.get("reading", "")))
    assert counted.nominal == D(vector["nominal_end"])
    assert counted.due == D(vector["end_if_rolled_forward" if clock.rolls else "nominal_end"])
    assert counted.alarm == D(vector["end_if_rolled_back"])


@pytest.mark.parametrize(("code", "variant", "start", "due", "alarm"), ENDS)
def test_a_clock_ends_on_its_day_across_a_holiday(code, variant, start, due, alarm, shipped):
    counted = ends(code, D(start), shipped, variant=variant)
    assert (counted.due, counted.alarm) == (D(due), D(alarm))


@pytest.mark.parametrize(("code", "variant", "start", "due"), IN_HOURS)
def test_hours_run_to_the_minute_through_a_seven_day_holiday(code, variant, start, due, shipped):
    counted = ends(code, T(start), shipped, variant=variant)
    assert counted.due == counted.alarm == T(due)
    assert counted.skipped == ()


def test_every_clock_with_a_length_is_tried_across_a_holiday():
    tried = {one[0] for one in (*ENDS, *IN_HOURS)}
    assert tried | WITHOUT == {one.code for one in TERMS}
    assert tried & WITHOUT == set()


@pytest.mark.parametrize("code", sorted(WITHOUT))
def test_a_clock_without_a_length_has_no_day_and_says_so(code, shipped):
    counted = ends(code, D("2025-09-30"), shipped)
    assert counted.due is None and counted.alarm is None
    assert counted.sentence and counted.why() == (counted.sentence,)


def test_the_table_holds_every_clock_of_the_law():
    numbered = [*(f"C{n:02}" for n in range(1, 41)), *(f"R{n:02}" for n in range(1, 23)), "R03b"]
    assert sorted(one.code for one in TERMS) == sorted(numbered)
    assert {one.code for one in TERMS if one.rolls} == {"C14", "C17", "C18", "C19", "C20"}
    assert all(one.whose == Whose.CITIZEN for one in TERMS if one.rolls)
    assert {one.code for one in TERMS if one.backward} == {"C11", "C38"}
    assert [one.code for one in TERMS if not (one.name and one.article)] == []


def test_a_codes_case_does_not_matter_and_an_unknown_one_is_refused():
    assert term("r03B").code == "R03b"
    with pytest.raises(Refused, match="没有“C99”这个期限。有：C01、"):
        term("C99")


def test_what_must_be_said_which_case_it_is_has_no_day_before(shipped):
    assert ends("C36", D("2025-01-01"), shipped).sentence == (
        "先说明是哪一种情形：immovable（不动产）、other（其他）。"
    )
    assert ends("R16", D("2025-01-01"), shipped).due is None
    with pytest.raises(Refused, match="没有“quick”这一种情形"):
        ends("C33", D("2025-01-01"), shipped, variant="quick")


def test_working_days_are_a_reading_of_the_referral_clocks_only(shipped):
    assert ends("R06", D("2025-09-30"), shipped, reading="working").due == D("2025-10-11")
    with pytest.raises(Refused, match="不能改按工作日计算"):
        ends("C14", D("2025-09-30"), shipped, reading="working")


def test_a_citizens_last_day_says_which_days_it_rolled_over(shipped):
    counted = ends("C14", D("2025-09-20"), shipped)
    assert (counted.nominal, counted.due) == (D("2025-10-05"), D("2025-10-09"))
    assert [one.day for one in counted.skipped] == [date(2025, 10, day) for day in range(5, 9)]
    assert "末日为休息日，顺延：10-05、10-06、10-07、10-08，共4日。" in counted.why()


def test_a_stretch_that_does_not_count_pauses_and_resumes(shipped):
    pauses = (Pause(D("2025-08-01"), D("2025-08-21"), "储量破坏价值评估", "鉴定"),)
    counted = ends("C08", D("2025-07-10"), shipped, pauses=pauses)
    assert counted.due == D("2025-10-28")
    assert len(counted.skipped) == 20
    assert any("不计入：储量破坏价值评估：08-01" in one for one in counted.why())


def test_two_stretches_that_overlap_are_left_out_once(shipped):
    pauses = (
        Pause(D("2025-08-01"), D("2025-08-11"), "鉴定"),
        Pause(D("2025-08-06"), D("2025-08-16"), "公告"),
        Pause(D("2025-06-01"), D("2025-07-01"), "听证"),
    )
    assert ends("C08", D("2025-07-10"), shipped, pauses=pauses).due == D("2025-10-23")


def test_a_stretch_that_has_no_end_yet_leaves_no_day(shipped):
    pauses = (Pause(D("2025-08-01"), None, "移送后等待公安机关决定", "移送"),)
    counted = ends("C08", D("2025-07-10"), shipped, pauses=pauses)
    assert counted.due is None
    assert counted.sentence == "自2025-08-01起中止计算（移送后等待公安机关决定），恢复后再算到期日。"


def test_only_what_the_article_names_is_left_out(shipped):
    with pytest.raises(Refused, match="法律没有规定可以从作出处罚决定的期限中扣除"):
        ends("C08", D("2025-07-10"), shipped, pauses=(Pause(D("2025-08-01"), None, "领导出差"),))
    with pytest.raises(Refused, match="法律没有规定"):  # 办法 art 38(2) is younger than this case
        ends("C08", D("2024-04-30"), shipped, pauses=(Pause(D("2024-05-01"), None, "鉴定"),))


def test_an_extension_is_counted_once_and_has_its_limit(shipped):
    assert ends("C08", D("2025-07-10"), shipped, extension=Extension(30)).due == D("2025-11-07")
    with pytest.raises(Refused, match="作出处罚决定最多延长30日"):
        ends("C08", D("2025-07-10"), shipped, extension=Extension(31))
    longer = Extension(90, especially_complex=True)
    assert ends("C08", D("2025-07-10"), shipped, extension=longer).due == D("2026-01-06")
    with pytest.raises(Refused, match="查封、扣押最多延长30日"):
        ends("C05", D("2025-07-10"), shipped, extension=longer)
    with pytest.raises(Refused, match="罚款缴纳最多延长0日"):
        ends("C14", D("2025-07-10"), shipped, extension=Extension(1))


@pytest.mark.parametrize(
    ("filed", "due", "sure"),
    [
        ("2021-07-14", "2021-09-12", False),
        ("2021-07-15", "2021-10-13", False),
        ("2024-04-30", "2024-07-29", False),
        ("2024-05-01", "2024-07-30", True),
    ],
)
def test_the_time_to_decide_goes_by_the_law_of_the_day_of_filing(filed, due, sure, shipped):
    counted = ends("C08", D(filed), shipped)
    assert (counted.due, counted.sure) == (D(due), sure)


def test_a_year_without_its_order_is_named(shipped):
    counted = ends("C09", D("2029-12-28"), shipped)
    assert "2029、2030年的放假安排还没有录入，暂按周一至周五计算。" in counted.why()


@given(st.sampled_from([one[:2] for one in ENDS]), st.dates(date(2018, 2, 1), date(2026, 6, 1)))
def test_the_alarm_is_worked_and_never_later_than_the_end(shipped, which, start):
    counted = ends(which[0], start, shipped, variant=which[1])
    if counted.due is None:  # C05 before its day
        assert start < date(2025, 7, 1)
        return
    assert counted.alarm <= counted.nominal <= counted.due
    assert shipped.is_workday(counted.alarm)
    assert counted.due == counted.nominal or counted.term.rolls
    if counted.in_workdays:
        assert shipped.is_workday(counted.due)
        assert not any(shipped.is_workday(one.day) for one in counted.skipped)


@given(st.dates(date(2021, 8, 1), date(2025, 6, 1)), st.integers(1, 40), st.integers(1, 40))
def test_a_stretch_moves_the_end_by_its_days(shipped, start, after, length):
    since = date.fromordinal(start.toordinal() + after)
    until = date.fromordinal(since.toordinal() + length)
    stood = Manner(variant="ordinary", pauses=(Pause(since, until, "复议中止"),))
    plain = count(term("C34"), start, shipped)
    assert (count(term("C34"), start, shipped, stood).due - plain.due).days == length


def test_units_are_those_of_the_articles():
    """行政处罚法第八十五条, 行政强制法第六十九条, 行政复议法第八十八条, 办法第五十七条."""
    small = {
        one.code for one in TERMS for length in one.lengths
        if length.unit == Unit.DAY and length.count and length.count <= 10 and not one.either_reading
    }  # fmt: skip
    assert small == set()


def test_counting_needs_no_calendar_of_ours():
    assert count(term("C14"), D("2026-02-10"), Calendar()).due == D("2026-02-25")
