"""Published cases, mapped by hand to facts: what the law finds in each, and why."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from law.figures import SEEDED
from law.findings import assess
from law.reading import read_line
from law.shipped import calendar

DATA = Path(__file__).parent / "data"
EXPECTED = json.loads((DATA / "real_cases_expected.json").read_text(encoding="utf-8"), parse_float=Decimal)
CASES = EXPECTED["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_published_case(case):
    facts = read_line(case["line"], date.fromisoformat(case["as_of"]))
    found = assess(facts, SEEDED, calendar())
    assert sorted({each.code for each in found} - {"FACTS_MISSING"}) == case["expected"], case["reason"]
    asked = {each.figures[0]["fact"] for each in found if each.code == "FACTS_MISSING"}
    assert set(case["asks"]) <= asked


def test_every_published_case_is_mapped():
    lines = (DATA / "real_cases.jsonl").read_text(encoding="utf-8").splitlines()
    published = {json.loads(line)["id"]: json.loads(line)["kind"] for line in lines}
    assert {case["id"] for case in CASES} == {key for key, kind in published.items() if kind == "case"}
    assert set(EXPECTED["aggregates"]) == {key for key, kind in published.items() if kind == "aggregate"}
    assert all(case["reason"] for case in CASES)
