"""Fines told apart: by the violation that an item names, and by its party."""

from dataclasses import replace
from decimal import Decimal

import pytest

from law.facts import Party
from law.findings import punishment
from law.gates import stops
from tests.law.making import case_of, miner
from tests.law.test_gates import FINE, decision, stopped

MIXED = {
    "violations": ["K21", "T11"],
    "acts_ended": "2026-01-10",
    "value": 60_000,
    "illegal_income": 0,
    "land": [{"class": "建设用地", "area_m2": 100, "conform_plan": True}],
}


@pytest.mark.parametrize(
    ("fines", "stop"),
    [
        ({"T11": 20_000}, False),
        ({"T11": 300_000}, True),
        ({"K21": 300_000}, False),
        ({"K21": 20_000}, True),
        ({"K21": 300_000, "T11": 20_000}, False),
        ({"K21": 300_000, "T11": 300_000}, True),
    ],
)
def test_a_fine_is_held_against_the_violation_that_it_names(fines, stop):
    """自然资源行政处罚办法第三十七条第一款；土地管理法实施条例（2021）第五十七条；矿产资源法（2024）第六十四条"""
    told = tuple((code, Decimal(fine)) for code, fine in fines.items())
    made = replace(FINE, fine=sum(fine for _, fine in told), structures=True, fines=told)
    assert ("G21" in stopped(decision(made), **MIXED)) == stop
    case = case_of(**MIXED)
    done = replace(case, facts=case.facts.varied(decisions=(made,)))
    assert bool(punishment.fine_out_of_range(done)) == stop


def test_a_fine_that_names_no_violation_is_held_against_all_of_them():
    """行政处罚法第二十九条"""
    assert "G21" in stopped(decision(replace(FINE, fine=20_000, structures=True)), **MIXED)
    assert "G21" not in stopped(decision(replace(FINE, structures=True)), **MIXED)


def test_a_penalty_on_an_unknown_party_is_stopped_beside_a_known_one():
    """行政处罚法第五十九条第一款第（一）项"""
    case = case_of(**miner(value=60_000, illegal_income=0))
    two = replace(case, facts=case.facts.varied(parties=(Party("甲"), Party("不明", identified=False))))
    for name, stop in (("甲", False), ("不明", True)):
        draft = decision(replace(FINE, party=name))
        assert ("G16" in {each.gate.code for each in stops(two, draft)}) == stop
