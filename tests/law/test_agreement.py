"""The same facts give the same findings, whichever way they come in."""

import json
import random
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from law.figures import SEEDED
from law.findings import LEVELS, NATIVE, assess
from law.reading import CARRIES, read_line, read_rows
from law.shipped import calendar
from tests.law.generating import AS_OF, graver, json_line, register_row


@st.composite
def rows(draw):
    return register_row(lambda options: draw(st.sampled_from(options)))


def assessed(facts):
    """Findings without what a register cannot be asked for."""
    return [
        (each.code, each.article, each.because, each.figures)
        for each in assess(facts, SEEDED, calendar())
        if each.code != "FACTS_MISSING" or each.figures[0]["fact"] in CARRIES
    ]


def agree(row):
    line = json.loads(json.dumps(json_line(row)), parse_float=Decimal)
    assert assessed(read_rows([row], AS_OF)) == assessed(read_line(line, AS_OF))


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=100, deadline=None, suppress_health_check=QUIET, derandomize=True)
@given(rows())
def test_a_register_row_and_a_line_agree(row):
    agree(row)


@pytest.mark.drill
@settings(max_examples=1000, deadline=None, suppress_health_check=QUIET)
@given(rows())
def test_a_thousand_rows_and_lines_agree(row):
    """RUN_DRILLS=1 .venv/bin/pytest tests/law/test_agreement.py"""
    agree(row)


def test_each_code_that_a_register_can_raise_fires_ten_times():
    fired = Counter()
    for seed in range(600):
        row = register_row(random.Random(seed).choice, seed)
        agree(row)
        fired.update({each[0] for each in assessed(read_rows([row], AS_OF))})
    never = {"REPEAT_OFFENDER", "REFERRED_LATE"}
    for code in set(LEVELS) - NATIVE - never:
        assert fired[code] >= 10, (code, fired)
    assert not never & set(fired)


def test_each_code_that_a_line_can_raise_fires_ten_times():
    fired = Counter()
    for seed in range(600):
        choose = random.Random(seed).choice
        line = graver(choose, json_line(register_row(choose, seed)))
        facts = read_line(json.loads(json.dumps(line), parse_float=Decimal), AS_OF)
        fired.update({each.code for each in assess(facts, SEEDED, calendar())})
    for code in set(LEVELS) - NATIVE:
        assert fired[code] >= 10, (code, fired)
