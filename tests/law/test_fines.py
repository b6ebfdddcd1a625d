"""The fine's interval by violation and version of the law."""

from datetime import date
from decimal import Decimal

import pytest

from law.facts import Violation
from law.figures import SEEDED, Figure
from law.penalties import options
from tests.law.making import asked_for, codes, decided, facts_of, miner, one

CODE = "FINE_OUT_OF_RANGE"
TAKEN = {
    "confiscated_income": 0,
    "confiscated_minerals": True,
    "confiscated_tools": True,
    "restoration": True,
}


def out(code, ended, fine, days=None, **facts):
    line = miner(ended, code, **facts)
    return CODE in codes(**{**line, "dates": days or decided()}, decision={"fine": fine, **TAKEN})


@pytest.mark.parametrize(
    ("value", "fine", "wrong"),
    [
        ("99999.99", 100_000, False),
        ("99999.99", 99_999, True),
        ("99999.99", 1_000_001, True),
        (100_000, 300_000, False),
        (100_000, "299999.99", True),
        (100_000, 500_000, False),
        (100_000, 500_001, True),
        (0, 1_000_000, False),
        (0, 1, True),
        (0, 0, True),
    ],
)
def test_mining_without_a_right(value, fine, wrong):
    """矿产资源法（2024）第六十四条第一款"""
    assert out("K21", "2025-07-01", fine, value=value) == wrong


WINDOWS = [("2025-06-30", True), ("2025-07-01", False), ("2026-06-14", False), ("2026-06-15", False)]


@pytest.mark.parametrize(("ended", "wrong"), WINDOWS)
def test_three_windows_of_mining(ended, wrong):
    """矿产资源法实施细则（1994）第四十二条；矿产资源法（2024）第六十四条"""
    days = decided("2026-08-20", "2026-08-01", filed="2026-07-20")
    assert out("K21", ended, 300_000, days, value=100_000, illegal_income=0) == wrong


LAND_WINDOWS = [
    ("2019-12-31", 30_000, False),
    ("2019-12-31", 30_001, True),
    ("2020-01-01", 30_000, False),
    ("2021-08-31", 30_001, True),
    ("2021-09-01", 30_000, True),
    ("2021-09-01", 100_000, False),
    ("2021-09-01", 1_000_000, False),
    ("2021-09-01", 1_000_001, True),
]


@pytest.mark.parametrize(("ended", "fine", "wrong"), LAND_WINDOWS)
def test_three_windows_of_land(ended, fine, wrong):
    """土地管理法实施条例（2014）第四十二条、（2021）第五十七条"""
    assert out("T11", ended, fine, land=[{"class": "建设用地", "area_m2": 1000}]) == wrong


def test_the_law_of_the_acts_end_is_named():
    """土地管理法（2004）、（2019）"""
    line = {"violation": "T11", "land": [{"area_m2": 1}], "decision": {"fine": 99999, **TAKEN}}
    assert "（2004）第七十六条" in one(CODE, acts_ended="2019-12-31", **line).article
    assert "（2019）第七十七条" in one(CODE, acts_ended="2020-01-01", **line).article


@pytest.mark.parametrize(
    ("income", "fine", "wrong"), [(60000, 30000, False), (60000, 30001, True), (0, 1, True)]
)
def test_half_of_the_proceeds_before_the_new_law(income, fine, wrong):
    """矿产资源法实施细则（1994）第四十二条第（一）项"""
    assert out("K21", "2025-06-30", fine, illegal_income=income) == wrong


def test_a_province_has_an_interval_of_its_own_where_nothing_was_gained():
    """山东省实施《矿产资源法》办法第三十一条、第三十二条"""
    line = {"illegal_income": 0, "county": "370402"}
    assert not out("K21", "2023-02-03", 50_000, **line)
    assert out("K21", "2023-02-03", 50_001, **line)
    assert not out("K31", "2023-02-03", 30_000, **line)
    assert out("K31", "2023-02-03", 30_001, **line)
    assert out("K21", "2023-02-03", 30_000, illegal_income=0)


@pytest.mark.parametrize(
    ("code", "ended", "fine", "wrong"),
    [
        ("K11", "2025-07-01", 100_000, False),
        ("K11", "2025-07-01", 99_999, True),
        ("K11", "2025-06-30", 100_000, False),
        ("K11", "2025-06-30", 100_001, True),
        ("K61", "2025-07-01", 1_000_000, False),
        ("K61", "2025-07-01", 1_000_001, True),
        ("K63", "2025-07-01", 20_000, False),
        ("K63", "2025-07-01", 19_999, True),
        ("K41", "2025-07-01", 1, False),
        ("T14", "2025-07-01", 1, False),
    ],
)
def test_fines_of_other_violations(code, ended, fine, wrong):
    """矿产资源法（2024）第六十三条、第六十五条、第七十条；勘查区块登记管理办法第二十六条"""
    assert out(code, ended, fine) == wrong


@pytest.mark.parametrize(("refused", "wrong"), [(True, False), (False, True), (None, False)])
def test_a_fine_that_needs_a_refusal(refused, wrong):
    """矿产资源法（2024）第六十六条、第七十三条"""
    assert out("K13", "2025-07-01", 100_000, refused_correct=refused) == wrong
    assert out("K64", "2025-07-01", 50_000, refused_correct=refused) == wrong


@pytest.mark.parametrize(
    ("loss", "fine", "wrong"), [(1, 100_000, False), (1, 500_001, True), (0, 100_000, True)]
)
def test_destructive_mining_needs_a_destruction(loss, fine, wrong):
    """矿产资源法（2024）第六十八条"""
    assert out("K32", "2025-07-01", fine, destroyed_value=loss) == wrong


def test_the_milder_new_cap_reaches_back():
    """行政处罚法第三十七条: half of the loss then, at most 50万元 now"""
    before = decided("2025-06-30", "2025-06-10", filed="2025-06-01")
    assert not out("K32", "2025-06-01", 900_000, before, destroyed_value=2_000_000)
    assert out("K32", "2025-06-01", 900_000, destroyed_value=2_000_000)
    assert not out("K32", "2025-06-01", 500_000, destroyed_value=2_000_000)
    assert not out("K32", "2025-06-01", 50_000, destroyed_value=2_000_000)


def test_the_stricter_new_law_does_not_reach_back():
    """行政处罚法第三十七条"""
    assert out("K21", "2025-06-30", 300_000, value=100_000, illegal_income=100_000)


@pytest.mark.parametrize(
    ("code", "ended", "income", "fine", "wrong"),
    [
        ("T31", "2025-01-01", 100_000, 10_000, False),
        ("T31", "2025-01-01", 100_000, 9_999, True),
        ("T31", "2025-01-01", 100_000, 0, False),
        ("T31", "2021-08-31", 100_000, 1, False),
        ("T32", "2025-01-01", 100_000, 30_000, False),
        ("T32", "2025-01-01", 100_000, 0, True),
        ("T32", "2021-08-31", 100_000, 5_000, False),
        ("T32", "2021-08-31", 100_000, 20_001, True),
    ],
)
def test_fines_by_proceeds_from_land(code, ended, income, fine, wrong):
    """土地管理法实施条例（2021）第五十四条、第六十条；（2014）第三十八条、第三十九条"""
    assert out(code, ended, fine, illegal_income=income) == wrong


def test_black_soil():
    """黑土地保护法第三十二条、第三十三条, from 2022-08-01"""
    land = [{"class": "永久基本农田", "area_m2": 100, "black_soil": True, "black_soil_m3": 10}]
    assert not out("T25", "2022-08-01", 20_000, land=land)
    assert out("T25", "2022-08-01", 20_001, land=land)
    assert not out("T25", "2022-07-31", 20_001, land=land)
    assert not out("T24", "2022-08-01", 50_000, land=land, value=0)
    assert out("T24", "2022-08-01", 50_001, land=land, value=0)


def test_a_standing_building_may_be_fined_by_either_version():
    """行政处罚法第三十六条第二款、第三十七条: which one, 法制 decides"""
    standing = {"acts_ended": None, "acts_from": "2018-12-01", "continuing": True}
    line = {"land": [{"class": "建设用地", "area_m2": 1000}], **standing}
    assert not out("T11", None, 30_000, **line)
    assert not out("T11", None, 100_000, **line)
    assert out("T11", None, 1_000_001, **line)


def test_a_building_on_land_lent_for_a_time_stands_too():
    """土地管理法实施条例（2014）第三十五条 or （2021）第五十二条; land kept back goes by its end"""
    standing = {"acts_from": "2018-12-01", "continuing": True, "land": [{"area_m2": 100}]}
    both = options("T42", facts_of(violation="T42", **standing), SEEDED)
    assert {each.article[-5:] for each in both} == {"第三十五条", "第五十二条"}
    (kept,) = options("T43", facts_of(violation="T43", **standing), SEEDED)
    assert kept.low == 10_000


def test_a_province_that_has_entered_no_fee_gets_no_guess():
    """土地管理法实施条例（2021）第五十五条: 耕地开垦费的倍数"""
    assert not out("T21", "2025-08-01", 1, land=[{"class": "永久基本农田", "area_mu": 1, "destroyed": True}])


@pytest.mark.parametrize(
    ("ground", "carried"),
    [
        ("行政处罚法第三十二条第（一）项", True),
        ("主动消除违法行为危害后果", True),
        ("已满十四周岁不满十八周岁", True),
        ("家庭困难", False),
        ("", False),
    ],
)
def test_a_lower_fine_passes_with_a_named_ground(ground, carried):
    """行政处罚法第三十条、第三十二条"""
    line = miner(value=100_000, decision={"fine": 200_000, **TAKEN}, mitigation=ground)
    assert (CODE not in codes(**line)) == carried


def test_no_ground_carries_a_higher_fine():
    line = miner(value=100_000, decision={"fine": 600_000, **TAKEN}, mitigation="行政处罚法第三十二条")
    assert CODE in codes(**line)


def test_several_violations_are_fined_together():
    """自然资源行政处罚办法第三十七条；行政处罚法第二十九条"""
    line = miner(value=100_000, land=[{"class": "建设用地", "area_m2": 1000}]) | {
        "violations": ["K21", "T11"]
    }
    line.pop("violation")
    for fine, wrong in ((299_999, True), (300_000, False), (1_500_000, False), (1_500_001, True)):
        assert (CODE in codes(**line, decision={"fine": fine, **TAKEN})) == wrong


def test_an_unknown_value_bounds_the_fine_only_below():
    assert not out("K21", "2025-08-01", 5_000_000, mineral="煤")
    assert out("K21", "2025-08-01", 99_999)
    line = miner(decision={"fine": 150_000, **TAKEN})
    assert "value" in asked_for(**line)


def test_each_party_has_a_penalty_of_its_own():
    """自然资源行政处罚办法第三十七条第二款"""
    rows = [{"party": "甲", "fine": 300_000, **TAKEN}, {"party": "乙", "fine": 1, **TAKEN}]
    finding = one(CODE, **miner(value=100_000, decision=rows))
    assert [row["fine"] for row in finding.figures] == [1]


def test_a_province_that_has_entered_its_fee():
    """土地管理法实施条例（2021）第五十五条: five to ten times the 开垦费 of the place"""
    fee = Figure("fee_arable", Decimal(20), "元/平方米", "省开垦费标准", document="示例文号", region="140000")
    line = {"violation": "T21", "acts_ended": "2025-08-01", "land": [{"class": "园地", "area_m2": 10}]}
    for fine, wrong in ((999, True), (1000, False), (2000, False), (2001, True), (0, False)):
        assert (CODE in codes(SEEDED.joined([fee]), **line, decision={"fine": fine, **TAKEN})) == wrong


def test_mining_under_an_exploration_licence_was_open_before_the_new_law():
    """勘查区块登记管理办法第二十七条 or 矿产资源法（2009）第三十九条: 法制 decides, either interval passes"""
    assert not out("K24", "2025-06-30", 100_000, illegal_income=0)
    assert not out("K24", "2025-06-30", 500_000, illegal_income=1_000_000)
    assert out("K24", "2025-06-30", 100_001, illegal_income=0)


def test_a_violation_may_have_days_of_its_own():
    """行政处罚法第三十七条: each act by the law of the day it ended"""
    facts = facts_of(**miner(value=100_000, illegal_income=100_000))
    early = facts.varied(violations=(Violation("K21", until=date(2025, 6, 30)),))
    assert [one.article for one in options("K21", facts, SEEDED)] == ["矿产资源法（2024）第六十四条"]
    assert [one.article for one in options("K21", early, SEEDED)] == ["矿产资源法（2009）第三十九条"]


@pytest.mark.parametrize(
    ("code", "row"), [("T14", "2019-12-31"), ("K61", "2025-08-01"), ("T25", "2025-08-01")]
)
def test_of_days_on_which_the_table_is_silent_nothing_is_said(code, row):
    """行政处罚法第三十七条: by which law isn't known before the day is, and it is asked for"""
    line = {"violation": code, "land": [{"area_m2": 100}], "decision": {"fine": 2_000_000, **TAKEN}}
    assert CODE in codes(**line, acts_ended=row)
    assert CODE not in codes(**line)
    assert "acts_ended" in asked_for(**line)
    assert [each.article for each in options(code, facts_of(**line), SEEDED)].count("") == 1
