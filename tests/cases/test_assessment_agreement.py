"""The third leg: facts kept in the tables give the findings that the same facts give as a JSON line."""

import json
import random
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.services import calendar as calendars
from accounts.services.clocks import calendar
from cases.assessing import CARRIES, findings_of
from law.figures import SEEDED
from law.findings import LEVELS, NATIVE, assess
from law.reading import read_line
from tests.cases.keeping import keep, line_of
from tests.law.generating import AS_OF


@st.composite
def lines(draw):
    return line_of(lambda options: draw(st.sampled_from(options)))


def shown(found):
    return [
        (each.code, each.article, each.because, each.figures) for each in found if each.code not in NATIVE
    ]


def told_of(line):
    read = read_line(json.loads(json.dumps(line), parse_float=Decimal), AS_OF).varied(carries=CARRIES)
    return shown(assess(read, SEEDED, calendar()))


def agree(cast, line):
    told = told_of(line)
    assert shown(findings_of(keep(cast, line), AS_OF)) == told
    return told


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


@settings(max_examples=100, deadline=None, suppress_health_check=QUIET, derandomize=True)
@given(line=lines())
def test_a_case_and_a_line_agree(cast, line):
    agree(cast, line)


@pytest.mark.drill
@settings(max_examples=1000, deadline=None, suppress_health_check=QUIET)
@given(line=lines())
def test_a_thousand_cases_and_lines_agree(cast, line):
    """RUN_DRILLS=1 .venv/bin/pytest tests/cases/test_assessment_agreement.py"""
    agree(cast, line)


# No act records 告知 yet.
NEVER = {"NOTICE_MISSING"}


def test_each_code_that_a_kept_case_can_raise_fires_ten_times(cast):
    calendars.load()
    fired = Counter()
    for seed in range(600):
        fired.update({each[0] for each in agree(cast, line_of(random.Random(seed).choice))})
    for code in set(LEVELS) - NATIVE - NEVER:
        assert fired[code] >= 10, (code, fired)


def test_that_the_prefecture_was_asked_is_kept_with_the_case(cast):
    calendars.load()
    lines = (line_of(random.Random(seed).choice) for seed in range(400))
    asked = [line for line in lines if line.get("joined", "9999") <= min(AS_OF.isoformat(), decided_in(line))]
    must = [line for line in asked if "PREFECTURE_MUST_JOIN" in codes({**line, "joined": None})]
    assert len(must) >= 5
    for line in must[:5]:
        assert "PREFECTURE_MUST_JOIN" not in {each[0] for each in agree(cast, line)}


def decided_in(line):
    return line.get("dates", {}).get("decided") or "9999"


def codes(line):
    return {each[0] for each in told_of(line)}
