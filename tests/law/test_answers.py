"""What an answer to a referral covers: coming back five ways, 不批准移送, and what rises afterwards."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from law.figures import SEEDED
from law.findings import Case, assess
from law.shipped import calendar
from tests.law.making import facts_of, miner

FREED = ["不予立案", "撤销案件", "不起诉", "无罪", "免予刑事处罚"]


@pytest.mark.parametrize("way", FREED)
def test_new_facts_after_a_refusal_revive_the_duty(way):
    """国务院令第310号第五条、第十条; one field carries all five ways back"""
    facts = facts_of(**miner(value=150_000, dates={"filed": "2025-08-02", "referred": "2025-08-03"}))
    back = facts.varied(steps=replace(facts.steps, freed=date(2025, 9, 1)))
    assert not Case(back, SEEDED, calendar()).must_refer
    assert not calls_for_it_anew(back, value=Decimal(150_000))
    assert not calls_for_it_anew(back, value=Decimal(120_000), mine_scale="大型")
    assert calls_for_it_anew(back, value=Decimal(150_001))
    assert calls_for_it_anew(back, eco_damage=True)


def calls_for_it_anew(then, **since):
    """Whether it must be referred though it was answered as it was known then."""
    return Case(then.varied(settled=(then,), **since), SEEDED, calendar()).must_refer


def test_a_refusal_after_it_came_back_frees_the_case_as_a_first_one_does():
    """国务院令第310号第五条: each answer covers what was known by then"""
    facts = facts_of(**miner(value=150_000, dates={"filed": "2025-08-02", "referred": "2025-08-03"}))
    back = facts.varied(steps=replace(facts.steps, freed=date(2025, 9, 1)))
    more = back.varied(value=Decimal(300_000))
    refused = more.varied(not_referred=True, settled=(back, more))
    assert Case(more.varied(settled=(back,)), SEEDED, calendar()).must_refer
    assert not Case(refused, SEEDED, calendar()).must_refer
    assert Case(refused.varied(value=Decimal(300_001)), SEEDED, calendar()).must_refer
    again = refused.varied(steps=replace(facts.steps, freed=None))
    assert not Case(again.varied(value=Decimal(900_000)), SEEDED, calendar()).must_refer  # with the police


@pytest.mark.parametrize(
    ("then", "now", "owed"),
    [
        ({"value_estimated": True}, {"value_estimated": False}, "MUST_REFER"),  # an estimate was confirmed
        ({}, {"value": Decimal(400_000), "value_estimated": True}, "SUSPECT_REFERRAL"),
        ({"value_estimated": True}, {}, ""),
    ],
)
def test_an_estimate_and_what_confirms_it_are_told_apart_after_a_refusal(then, now, owed):
    """法释〔2016〕25号第十三条"""
    facts = facts_of(**miner(value=150_000, not_referred=True)).varied(**then)
    found = {each.code for each in assess(facts.varied(settled=(facts,), **now), SEEDED, calendar())}
    assert found & {"MUST_REFER", "SUSPECT_REFERRAL"} == ({owed} if owed else set())
