"""What an article leaves out of its period stops it, and lets it run again; nothing else does."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import Refused
from law.terms import TERMS, Length, Manner, Pause, Term, Unit, count

LENGTHS = [(term, length) for term in TERMS for length in term.lengths if length.count]
STOPPED = [(term, length, ground) for term, length in LENGTHS for ground in length.excludes]
# By the articles: 办法 art 38②, 强制法 art 25③, 复议法 arts 20② and 39, 行诉法 art 48.
BY_ARTICLE = {
    "C05": {"检测", "检验", "检疫", "鉴定"},
    "C08": {"鉴定", "听证", "公告", "邮递", "移送"},
    "C17": {"不可抗力", "其他正当理由"},
    "C18": {"不可抗力", "其他正当理由"},
    "C19": {"不可抗力", "其他正当理由"},
    "C34": {"复议中止"},
}


def named(term: Term, length: Length, *more: str) -> str:
    return "-".join(filter(None, (term.code, length.key, str(length.since.year), *more)))


def start_of(length: Length) -> date:
    """A day on which this length holds, in a year whose days off are known."""
    return min(max(length.since, date(2021, 3, 1)), length.until - timedelta(days=1))


def end(term: Term, length: Length, days, *pauses: Pause):
    return count(term, start_of(length), days, Manner(variant=length.key, pauses=pauses))


def test_the_grounds_are_those_of_the_articles():
    grounds = {}
    for term, _, ground in STOPPED:
        grounds.setdefault(term.code, set()).add(ground)
    assert grounds == BY_ARTICLE


@pytest.mark.parametrize(
    ("term", "length", "ground"), STOPPED, ids=[named(*each[:2], each[2]) for each in STOPPED]
)
def test_a_stretch_stops_the_period_says_why_and_lets_it_run_again(term, length, ground, shipped):
    plain = end(term, length, shipped)
    since = start_of(length) + timedelta(days=3)
    open_ended = end(term, length, shipped, Pause(since, None, ground))
    assert open_ended.due is None and f"自{since}起中止计算（{ground}）" in open_ended.sentence
    stood = end(term, length, shipped, Pause(since, since + timedelta(days=10), ground))
    assert stood.nominal - plain.nominal == timedelta(days=10)
    assert any(sentence.startswith(f"不计入：{ground}") for sentence in stood.why())
    assert shipped.is_workday(stood.alarm) and stood.alarm <= stood.nominal
    late = Pause(plain.nominal + timedelta(days=1), None, ground)
    assert end(term, length, shipped, late).nominal == plain.nominal


@pytest.mark.parametrize(("term", "length"), LENGTHS, ids=[named(*each) for each in LENGTHS])
def test_what_the_article_does_not_name_stops_nothing(term, length, shipped):
    since = start_of(length) + timedelta(days=1)
    with pytest.raises(Refused, match="法律没有规定可以从"):
        end(term, length, shipped, Pause(since, None, "领导出差"))


@given(st.sampled_from(STOPPED), st.integers(1, 40), st.integers(1, 90), st.integers(1, 30))
def test_several_stretches_move_the_end_by_the_days_between_them(shipped, which, first, gap, length):
    """Two stretches apart from each other, both inside the period as it then runs."""
    term, of, ground = which
    begun = start_of(of)
    one = Pause(begun + timedelta(first), begun + timedelta(first + length), ground)
    two = Pause(one.until + timedelta(gap), one.until + timedelta(gap + length), ground)
    plain = end(term, of, shipped).nominal
    expected = plain
    for pause in (one, two):
        expected += timedelta(length) if pause.since <= expected else timedelta(0)
    assert end(term, of, shipped, one, two).nominal == expected


@pytest.mark.parametrize(
    ("term", "length"), [each for each in LENGTHS if each[1].unit == Unit.WORKDAY and not each[0].backward],
    ids=lambda each: getattr(each, "code", ""),
)  # fmt: skip
def test_an_office_is_reminded_before_a_holiday_and_a_citizen_ends_after_it(term, length, shipped):
    """Working days end on one; their alarm is that day."""
    counted = end(term, length, shipped)
    assert shipped.is_workday(counted.due) and counted.alarm == counted.due
