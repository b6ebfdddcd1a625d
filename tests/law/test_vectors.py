"""The published vectors: thresholds, money and penalties. Corrected ones are named here.

No vector of these parts contradicts the statutes; the black-soil ones say the day on
which the act ended, and hold from 2025-05-06.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from law.crimes.thresholds import square_metres
from law.penalties import options
from tests.law.making import case_of, codes, facts_of, miner

VECTORS = json.loads((Path(__file__).parent / "data" / "vectors.json").read_text(), parse_float=Decimal)[
    "money"
]


def of(rule):
    return [vector for vector in VECTORS if vector["rule"].startswith(rule)]


def interval(code, **line):
    (penalty,) = [one for one in options(code, facts_of(**line), case_of(**line).figures) if one.fined]
    return penalty


@pytest.mark.parametrize("vector", of("矿产资源法2024 第67条"))
def test_fine_of_a_right_holder_without_licence(vector):
    """矿产资源法（2024）第六十七条"""
    line = miner(code="K26", refused_correct=True, value=str(vector["value"]))
    found = interval("K26", **line)
    assert (found.low, found.high) == (vector["min"], vector["max"])


@pytest.mark.parametrize("vector", of("1994细则42(2)"))
def test_fine_beyond_bounds_before_the_new_law(vector):
    """矿产资源法实施细则（1994）第四十二条第（二）项"""
    found = interval("K31", **miner("2025-06-30", "K31", illegal_income=vector["income"]))
    assert found.high == vector["max"]


@pytest.mark.parametrize("vector", of("亩→㎡"))
def test_mu_in_square_metres(vector):
    assert square_metres(Decimal(vector["mu"])).quantize(Decimal("0.01")) == vector["m2"]


@pytest.mark.parametrize("vector", of("条例57"))
def test_fine_for_occupying_land(vector):
    """土地管理法实施条例（2021）第五十七条"""
    land = [{"class": "建设用地", "area_m2": str(vector["m2"])}]
    found = interval("T11", violation="T11", acts_ended="2025-08-01", land=land)
    assert (found.low, found.high) == (vector["min"], vector["max"])


@pytest.mark.parametrize("vector", of("法释25号 最严标准"))
def test_the_strictest_figures_for_illegal_mining(vector):
    """法释〔2016〕25号第三条"""
    found = codes(**miner(value=vector["value"], special_area=vector["special"]))
    assert ("MUST_REFER" in found) == vector["refer"]
    assert ("ESPECIALLY_SERIOUS" in found) == vector["especially_serious"]


@pytest.mark.parametrize("vector", of("法释25号第6条"))
def test_the_strictest_figures_for_destructive_mining(vector):
    """法释〔2016〕25号第六条"""
    line = miner(code="K32", destroyed_value=vector["destroyed_value"], special_area=vector["special"])
    assert ("MUST_REFER" in codes(**line)) == vector["refer"]


LANDS = {
    "永久基本农田": {"class": "永久基本农田"},
    "黑土永久基本农田": {"class": "永久基本农田", "black_soil": True},
    "其他黑土": {"class": "耕地（非永久基本农田）", "black_soil": True},
}


@pytest.mark.parametrize("vector", of("刑法342"))
def test_area_of_farmland(vector):
    """法释〔2000〕14号第三条；法释〔2025〕7号"""
    land = {**LANDS[vector["land"]], "area_mu": str(vector["mu"]), "destroyed": True}
    line = {"violation": "T21", "acts_ended": vector.get("acts_ended", "2025-06-01"), "land": [land]}
    assert ("MUST_REFER" in codes(**line)) == vector["area_threshold_met"]


def test_every_vector_of_these_parts_is_looked_at():
    elsewhere = ("加处罚款", "无证勘查开采案件增减率", "矿业权人违法违规案件发生率")
    mine = ("矿产资源法2024", "1994细则", "亩→㎡", "条例57", "法释25号", "刑法342")
    assert all(vector["rule"].startswith(elsewhere + mine) for vector in VECTORS)
