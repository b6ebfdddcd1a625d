"""The table of penalties, row by row against the statutes: kinds taken and intervals that the rest leaves."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from law.facts import Decision, Party, Violation
from law.figures import BLANKS, SEEDED, Figure
from law.gates import Draft, stops
from law.penalties import groups, options, unfounded
from law.penalties.rules import BY_CODE
from law.words import tags, violation_names
from tests.law.making import asked_for, case_of, codes, decided, facts_of, findings, miner, one

OUT, LACKS = "FINE_OUT_OF_RANGE", "FINE_FOR_CONFISCATION"
FEE = {"fee_arable": 20, "fee_reclaim": 10}
FEES = SEEDED.joined(
    Figure(key, Decimal(value), "元/平方米", "省标准", document="示例文号", region="140000")
    for key, value in FEE.items()
)
LAND = [{"class": "永久基本农田", "area_m2": 100}]


def land(code, ended="2025-08-01", **more):
    return {"violation": code, "acts_ended": ended, "land": LAND, **more}


def out(fine, figures=FEES, **line):
    return OUT in codes(figures, **line, decision={"fine": fine, "confiscated_income": 0}, dates=decided())


def spans(code, figures=FEES, **line):
    """Every interval that may apply: (low, high), None for no fine."""
    found = options(code, facts_of(**{"violation": code, **line}), figures)
    return {(int(each.low), int(each.high)) if each.fined else None for each in found}


RECLAIMING = {None, (100_000, 200_000), (100_000, 500_000), (100, 100), (20_000, 50_000)}


def test_duties_of_reclaiming():
    """土地复垦条例第三十七条至第三十九条、第四十一条（逾期不改正）、第四十三条（拒检，不待逾期）"""
    assert spans("T45", **land("T45")) == RECLAIMING
    assert spans("T45", **land("T45"), refused_correct=True) == RECLAIMING - {None}
    assert spans("T45", **land("T45"), refused_correct=False) == {None, (20_000, 50_000)}
    assert spans("T45", **land("T45", "2011-03-04")) == set()
    for fine, wrong in ((100, False), (101, True), (20_000, False), (50_001, True), (500_001, True)):
        assert out(fine, **land("T45"), refused_correct=True) == wrong


@pytest.mark.parametrize(
    ("ended", "fine", "wrong"),
    [
        ("2025-08-01", 2000, False),
        ("2025-08-01", 5000, False),
        ("2025-08-01", 5001, True),
        ("2021-08-31", 2000, False),
        ("2021-08-31", 2001, True),
    ],
)
def test_not_reclaiming(ended, fine, wrong):
    """土地管理法第七十六条；土地管理法实施条例（2021）第五十六条、（2014）第四十一条、第四十四条"""
    assert out(fine, **land("T41", ended), refused_correct=True) == wrong


def test_a_fine_for_not_reclaiming_waits_for_the_refusal():
    """土地管理法第七十六条: 逾期不改正的"""
    assert out(3000, **land("T41"), refused_correct=False)
    assert not out(3000, **land("T41"))
    assert "refused_correct" in asked_for(**land("T45"), decision={"fine": 100_000}, dates=decided())


def test_permanent_buildings_on_land_lent_for_a_time():
    """土地管理法实施条例（2014）第三十五条: 限期拆除, no fine；（2021）第五十二条: 复垦费5–10倍"""
    assert out(1, **land("T42", "2021-08-31"))
    assert spans("T42", **land("T42", "2021-08-31")) == {None}
    assert spans("T42", **land("T42", "2021-09-01")) == {(5000, 10_000)}


def test_clearing_where_clearing_is_forbidden():
    """土地管理法实施条例（2014）第三十四条: 逾期不改正的依占地处罚；（2021）第五十七条第二款"""
    before = land("T44", "2021-08-31")
    assert spans("T44", **before, refused_correct=True) == {(0, 3000)}
    assert spans("T44", **before, refused_correct=False) == {None}
    assert spans("T44", **land("T44")) == {(10_000, 100_000)}
    (found,) = options("T44", facts_of(**before, refused_correct=True), SEEDED)
    assert "第三十四条" in found.article and found.takes == {"structures"}


def test_orchards_on_prime_farmland():
    """土地管理法实施条例（2021）第五十一条: 逾期不改正的2–5倍; 破坏种植条件的依第七十五条, 5–10倍"""
    for destroyed, refused, expected in (
        (False, True, {(4000, 10_000)}),
        (False, False, {None}),
        (True, None, {(10_000, 20_000)}),
        (None, True, {(4000, 10_000), (10_000, 20_000)}),
    ):
        piece = [{**LAND[0], "destroyed": destroyed}]
        line = {**land("T22"), "land": piece, "refused_correct": refused}
        assert spans("T22", **line) == expected
    assert spans("T22", **land("T22", "2021-08-31")) == set()


def test_soil_not_stripped_and_stripped_badly():
    """黑土地保护法第三十三条: 100–200元, 50–100元 a square metre"""
    assert spans("T25", **land("T25")) == {(10_000, 20_000), (5000, 10_000)}


def black(**more):
    soil = [{"class": "永久基本农田", "area_m2": 100, "black_soil": True, "black_soil_m3": 10}]
    return {**land("T24"), "land": soil, **more}


def test_who_sold_black_soil_and_who_bought_it():
    """黑土地保护法第三十二条第二款: 每立方米500–5000元; 明知而购买, 货值1–3倍"""
    assert spans("T24", **black(illegal_income=9000, value=9000)) == {(5000, 50_000)}
    assert spans("T24", **black(illegal_income=0, value=1000)) == {(5000, 50_000), (1000, 3000)}
    assert OUT in codes(**black(illegal_income=9000, decision={"fine": 3000, "confiscated_income": 9000}))


def test_a_seller_of_black_soil_loses_its_proceeds():
    """黑土地保护法第三十二条第二款: 没收黑土和违法所得"""
    sold = black(illegal_income=9000, dates=decided())
    assert LACKS in codes(**sold, decision={"fine": 20_000, "confiscated_income": 0})
    assert LACKS not in codes(**sold, decision={"fine": 20_000, "confiscated_income": 9000})
    assert options("T24", facts_of(**{**sold, "acts_ended": "2022-07-31"}), SEEDED) == []


@pytest.mark.parametrize(("soil", "lacks"), [(False, True), (True, False), ("none", False), (None, False)])
def test_black_soil_itself_is_confiscated(soil, lacks):
    """黑土地保护法第三十二条第二款"""
    case = case_of(**black(illegal_income=0))
    draft = Draft("decision", (Decision(fine=20_000, income=0, soil=soil),))
    said = {stop.gate.code: stop.sentence for stop in stops(case, draft)}
    assert ("G17" in said) == lacks
    assert not lacks or "没收非法出售、购买的黑土" in said["G17"]


def test_inspection_refused_before_the_new_law():
    """开采登记管理办法第十八条: ≤5万；勘查区块登记管理办法第二十九条: 逾期不改正 ≤5万；2024法第七十三条"""
    assert spans("K64", **miner("2025-06-30", "K64")) == {(0, 50_000), None}
    found = options("K64", facts_of(**miner("2025-06-30", "K64", refused_correct=True)), SEEDED)
    assert {each.article[-5:] for each in found} == {"法第十八条", "第二十九条"}
    assert spans("K64", **miner("2025-07-01", "K64", refused_correct=True)) == {(20_000, 100_000)}


INCOME_HAS_NONE = [
    ("K32", "2025-08-01", {"destroyed_value": 1000}),
    ("K32", "2025-06-30", {"destroyed_value": 1000}),
    ("K13", "2025-08-01", {"refused_correct": False}),
    ("K11", "2025-06-30", {}),
    ("K61", "2025-08-01", {}),
    ("K64", "2025-08-01", {"refused_correct": True}),
    ("T11", "2025-08-01", {}),
    ("T21", "2025-08-01", {}),
    ("T43", "2025-08-01", {}),
]


@pytest.mark.parametrize(("code", "ended", "more"), INCOME_HAS_NONE)
def test_proceeds_without_a_row_need_the_word_of_legal_staff(code, ended, more):
    """行政处罚法第二十八条第二款、第三十八条第一款: whether art 28 alone carries it isn't settled"""
    case = case_of(**miner(ended, code, illegal_income=9000, **more))
    taken = Draft("decision", (Decision(income=Decimal(9000)),))
    said = {stop.gate.code for stop in stops(case, taken)}
    assert "G17i" in said and "G17" not in said
    confirmed = Draft("decision", taken.decisions, confirmed=frozenset({"income"}))
    assert "G17i" not in {stop.gate.code for stop in stops(case, confirmed)}


@pytest.mark.parametrize(
    ("code", "more"),
    [("K21", {}), ("K26", {"refused_correct": True}), ("K31", {}), ("T31", {}), ("T24", {}), ("K41", {})],
)
def test_proceeds_with_a_row_or_of_goods_that_are_taken_stand(code, more):
    """矿产资源法（2024）第六十四条、第六十七条；行政处罚法第二十八条第二款: proceeds stand for sold ore"""
    facts = facts_of(**miner(code=code, illegal_income=9000, **more))
    assert unfounded(Decision(income=Decimal(9000)), facts, SEEDED) == []


def test_tags_go_by_the_conduct_that_they_cover():
    """按所掩护的行为: K81–K87 change neither what is taken nor what is fined nor what has no basis"""
    assert tags() == {f"K{number}" for number in range(81, 88)}
    for tag in tags():
        plain, tagged = (
            facts_of(**{**miner(code="K32", destroyed_value=1000), "violation": each})
            for each in ("K32", ["K32", tag])
        )
        assert groups(tagged, SEEDED) == groups(plain, SEEDED) != []
        assert unfounded(Decision(minerals=True), tagged, SEEDED) == ["minerals"]
        line = miner(code=tag, value=150_000)
        assert "violation" in asked_for(**line)
        assert "MUST_REFER" in codes(**{**line, "violation": ["K21", tag]})


def test_of_tags_alone_the_conduct_is_asked_for():
    asked = [each for each in findings(**miner(code="K81", value=150_000)) if "违法类型" in each.because]
    assert "应移送未移送" in asked[0].because


def test_every_violation_of_the_lists_has_rows_or_is_known_to_have_none():
    """What no article was found for is named here, and nothing is said of it."""
    without = set(violation_names()) - set(BY_CODE) - tags()
    # 欠费: 滞纳金 and 吊销, no fine; 违法发证、违法批地: 处分 and 刑法.
    assert without == {"K51", "K71", "T51"}


def test_what_was_explored_is_cleared_and_grown_over_again():
    """矿产资源法（2024）第六十九条: ≤5万 at once, 5万–10万 once refused"""
    line = miner("2025-08-01", "K65")
    assert spans("K65", **line, refused_correct=False) == {(0, 50_000)}
    assert spans("K65", **line, refused_correct=True) == {(50_000, 100_000)}
    assert spans("K65", **line) == {(0, 50_000), (50_000, 100_000)}
    assert options("K65", facts_of(**miner("2025-06-30", "K65")), SEEDED) == []
    left = {"violation": "K65", "acts_ended": "2025-08-01"}
    assert not out(0, **left, refused_correct=False)
    assert out(50_001, **left, refused_correct=False)
    assert out(49_999, **left, refused_correct=True)


@pytest.mark.parametrize(("kind", "low", "high"), [("企业", 100_000, 500_000), ("个人", 10_000, 50_000)])
def test_in_an_emergency_a_unit_and_a_person_are_fined_differently(kind, low, high):
    """矿产资源法（2024）第七十二条: 拒不改正的; by 省级以上 alone"""
    facts = facts_of(**miner("2025-08-01", "K66", refused_correct=True))
    known = facts.varied(parties=(Party("某某", kind),))
    assert [(each.low, each.high) for each in options("K66", known, SEEDED)] == [(low, high)]
    unknown = {(each.low, each.high) for each in options("K66", facts, SEEDED)}
    assert unknown == {(100_000, 500_000), (10_000, 50_000)}
    (mended,) = options("K66", known.varied(refused_correct=False), SEEDED)
    assert not mended.fined


@pytest.mark.parametrize(("level", "stopped"), [("county", True), ("prefecture", True), ("province", False)])
def test_an_emergency_is_for_the_province_to_judge(level, stopped):
    """矿产资源法（2024）第七十二条"""
    case = case_of(**miner("2025-08-01", "K66", refused_correct=True))
    draft = Draft("decision", (Decision(fine=Decimal(100_000)),), level=level)
    assert ("G35c" in {stop.gate.code for stop in stops(case, draft)}) == stopped


@pytest.mark.parametrize(("own", "stopped"), [(date(2025, 6, 30), True), (date(2025, 7, 1), False)])
def test_whose_decision_destructive_mining_is_goes_by_its_own_day(own, stopped):
    """矿产资源法（2009）第四十四条、第四十五条: beside another violation that ended later"""
    case = case_of(**miner("2025-08-01", "K32", destroyed_value=1000))
    facts = case.facts.varied(violations=(Violation("K32", until=own), Violation("T11")))
    draft = Draft("decision", (Decision(fine=Decimal(100)),))
    said = {stop.gate.code for stop in stops(replace(case, facts=facts), draft)}
    assert ("G35" in said) == stopped


def test_files_of_geology_are_fined_in_two_tiers_and_false_reports_in_a_third():
    """矿产资源法（2024）第七十条第一款: 2万–10万, 情节严重 10万–50万; 第二款: 20万–100万"""
    tiers = {(20_000, 100_000), (100_000, 500_000), (200_000, 1_000_000)}
    assert spans("K63", **miner("2025-08-01", "K63")) == tiers


@pytest.mark.parametrize(("refused", "low", "high"), [(False, 0, 2), (True, 2, 5)])
def test_what_mining_destroyed_is_repaired_or_fined_by_what_that_costs(refused, low, high):
    """矿产资源法（2024）第七十一条: ≤2 times the cost, 2–5 times once refused; the cost is in no table"""
    key = "fine_2024_71_refused" if refused else "fine_2024_71"
    assert (SEEDED.value(f"{key}.low"), SEEDED.value(f"{key}.high")) == (low, high)
    line = miner("2025-08-01", "K62", refused_correct=refused)
    (found,) = options("K62", facts_of(**line), SEEDED)
    assert (found.bounds_known, found.optional, found.takes) == (False, not refused, frozenset())
    cost = Figure("fee_repair", Decimal(10), "元/平方米", "x", region="140000")
    area = {**line, "land": [{"area_m2": 100}]}
    assert spans("K62", SEEDED.joined([cost]), **area) == {(low * 1000, high * 1000)}


def test_looking_after_black_soil_may_not_be_refused():
    """黑土地保护法第三十四条: 拒不改正的 2000–20000元, from 2022-08-01"""
    assert spans("T26", **land("T26"), refused_correct=True) == {(2000, 20_000)}
    assert spans("T26", **land("T26"), refused_correct=False) == {None}
    assert spans("T26", **land("T26", "2022-07-31"), refused_correct=True) == set()
    large = [{"class": "永久基本农田", "area_mu": 50, "destroyed": True, "black_soil": True}]
    assert "MUST_REFER" not in codes(**{**land("T26"), "land": large})
    assert "refused_correct" in asked_for(**land("T26"), decision={"fine": 3000}, dates=decided())


def test_a_villagers_house_was_ours_until_2020():
    """土地管理法（2004）第七十七条: 限期拆除, no fine; what is beyond the standard by 第七十六条"""
    before = land("T14", "2019-12-31")
    assert spans("T14", **before) == {None, (0, 3000)}
    found = options("T14", facts_of(**before), SEEDED)
    assert all(each.takes == {"structures"} and not each.sure for each in found)
    assert [each.article[-5:] for each in found][0] == "第七十七条"
    assert out(3001, **before) and not out(3000, **before)
    assert LACKS in codes(**before, decision={"fine": 100, "restoration": False}, dates=decided())
    assert options("T14", facts_of(**land("T14", "2020-01-01")), SEEDED) == []


def test_what_a_province_sets_has_no_value_of_its_own():
    """土地管理法第三十条、第四十三条: 开垦费、复垦费 by the province"""
    assert {row.key for row in BLANKS if row.key.startswith("fee_")} == set(FEE)
    assert all(SEEDED.get(row.key, "140000") is None for row in BLANKS)
    assert one(OUT, **land("T41"), refused_correct=False, decision={"fine": 1}).code == OUT
