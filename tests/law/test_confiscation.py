"""罚款≠没收: what each article asks to be taken, by violation and version of the law."""

from decimal import Decimal

import pytest

from law.facts import Decision, Native, Told
from law.figures import SEEDED
from law.findings import assess
from law.gates import Draft, stops
from law.shipped import calendar
from tests.law.making import asked_for, case_of, codes, decided, facts_of, miner, one

CODE = "FINE_FOR_CONFISCATION"


def penalty(**items):
    return {"fine": 300000, **items}


def fined(code="K21", ended="2025-08-01", line=None, **items):
    return miner(ended, code, dates=decided(), decision=penalty(**items), **(line or {}))


FULL = {"confiscated_income": 0, "confiscated_minerals": True, "confiscated_tools": True}
SOLD = {"value": 50000, "illegal_income": 50000}


@pytest.mark.parametrize("code", ["K21", "K22", "K24", "K25", "K31"])
@pytest.mark.parametrize("left", ["confiscated_minerals", "confiscated_tools"])
def test_unlicensed_mining_now_asks_for_ore_and_tools(code, left):
    """矿产资源法（2024）第六十四条"""
    line = {"value": 100000, "illegal_income": 0}
    assert CODE not in codes(**fined(code, line=line, **FULL))
    found = one(CODE, **fined(code, line=line, **{**FULL, left: False}))
    assert "第六十四条" in found.article
    assert "不能以罚款代替没收" in found.because


def test_proceeds_of_sold_ore_are_confiscated():
    """行政处罚法第二十八条第二款"""
    taken = {"confiscated_tools": "none", "confiscated_minerals": False}
    assert CODE in codes(**fined(line=SOLD, confiscated_income=0, **taken))
    assert CODE not in codes(**fined(line=SOLD, confiscated_income=50000, **taken))
    assert CODE in codes(**fined(line=SOLD, confiscated_income=49999, **taken))


def test_ore_worth_more_than_its_proceeds_is_not_accounted_for():
    """自然资办函〔2021〕1288号四"""
    line = {"value": 80000, "illegal_income": 50000}
    taken = {"confiscated_tools": "none", "confiscated_income": 50000}
    assert CODE in codes(**fined(line=line, confiscated_minerals=False, **taken))
    assert CODE not in codes(**fined(line=line, confiscated_minerals=True, **taken))


def test_without_other_price_evidence_sold_ore_goes_with_the_income():
    taken = {"confiscated_tools": "none", "confiscated_minerals": False, "confiscated_income": 50000}
    assert CODE not in codes(
        **fined(line={"illegal_income": 50000, "quantity": [{"v": 90, "u": "吨"}]}, **taken)
    )


@pytest.mark.parametrize("code", ["K32", "K33", "K61", "K62", "K64"])
def test_where_the_article_has_no_confiscation_none_is_asked_for(code):
    """矿产资源法（2024）第六十五条、第六十八条、第七十一条、第七十三条"""
    none = {"confiscated_income": 0, "confiscated_minerals": False, "confiscated_tools": False}
    line = {"value": 100000, "illegal_income": 50000, "destroyed_value": 1000, "refused_correct": True}
    assert CODE not in codes(**fined(code, line=line, **none))


@pytest.mark.parametrize(("refused", "asked"), [(True, True), (False, False)])
def test_a_right_holder_without_licence_only_after_refusing(refused, asked):
    """矿产资源法（2024）第六十六条、第六十七条"""
    line = {"value": 100000, "illegal_income": 0, "refused_correct": refused}
    for code in ("K13", "K26"):
        assert (CODE in codes(**fined(code, line=line, **{**FULL, "confiscated_tools": False}))) == asked


@pytest.mark.parametrize(("exists", "asked"), [(False, True), (True, False), (None, False)])
def test_an_expired_licence_by_whether_the_right_still_exists(exists, asked):
    """矿产资源法（2024）第六十四条、第六十七条"""
    line = {"value": 100000, "illegal_income": 0, "right_exists": exists, "refused_correct": False}
    fact = fined("K23", line=line, **{**FULL, "confiscated_tools": False})
    assert (CODE in codes(**fact)) == asked
    assert ("right_exists" in asked_for(**fact)) == (exists is None)


def test_before_the_new_law_tools_are_not_asked_for():
    """矿产资源法（2009）第三十九条、第四十条"""
    line = {"value": 100000, "illegal_income": 0}
    for code in ("K21", "K31"):
        assert CODE not in codes(**fined(code, "2025-06-30", line, **{**FULL, "confiscated_tools": False}))
        assert CODE in codes(**fined(code, "2025-06-30", line, **{**FULL, "confiscated_minerals": False}))


def test_exploring_without_licence_before_the_new_law_has_no_confiscation():
    """矿产资源勘查区块登记管理办法第二十六条"""
    line = {"illegal_income": 9000}
    none = {"confiscated_income": 0, "confiscated_tools": False}
    assert CODE not in codes(**fined("K11", "2025-06-30", line, **none))
    assert CODE in codes(**fined("K11", "2025-07-01", line, **none))


def test_transfer_before_the_new_law_loses_its_proceeds():
    """矿产资源法（2009）第四十二条"""
    assert CODE in codes(**fined("K42", "2025-06-30", {"illegal_income": 9000}, confiscated_income=0))
    assert CODE not in codes(**fined("K42", "2025-07-01", {"illegal_income": 9000}, confiscated_income=0))


@pytest.mark.parametrize("code", ["T11", "T12", "T13", "T31"])
@pytest.mark.parametrize(("restoration", "found"), [(False, True), (True, False), ("none", False)])
def test_on_land_a_fine_alone_is_refused(code, restoration, found):
    """土地管理法第七十四条、第七十七条"""
    items = {"fine": 100000, "restoration": restoration, "confiscated_income": 0}
    line = {"violation": code, "illegal_income": 0, "acts_ended": "2025-08-01", "decision": items}
    assert (CODE in codes(**line, dates=decided())) == found


@pytest.mark.parametrize("code", ["T31", "T32"])
def test_proceeds_from_land_are_confiscated(code):
    """土地管理法第七十四条、第八十二条"""
    items = {"fine": 1000, "restoration": "none", "confiscated_income": 0}
    line = {"violation": code, "illegal_income": 9000, "acts_ended": "2025-08-01", "decision": items}
    assert CODE in codes(**line)


@pytest.mark.parametrize("code", ["T21", "T22", "T41", "T42", "T43"])
def test_other_land_violations_ask_for_no_confiscation(code):
    """土地管理法第七十五条、第七十六条、第八十一条"""
    items = {"fine": 1000, "restoration": False, "confiscated_income": 0}
    assert CODE not in codes(violation=code, illegal_income=9000, acts_ended="2025-08-01", decision=items)


def test_without_a_fine_there_is_nothing_in_its_place():
    line = fined(line={"value": 100000}, **{**FULL, "confiscated_tools": False})
    assert CODE not in codes(**{**line, "decision": {**line["decision"], "fine": 0}})


def test_what_is_not_known_is_asked_for():
    line = fined(line={"value": 100000, "illegal_income": 0}, confiscated_income=0, confiscated_minerals=True)
    assert CODE not in codes(**line)
    assert "decision.confiscated_tools" in asked_for(**line)


def test_a_provincial_document_is_named_in_its_province_alone():
    """川自然资办函〔2021〕203号"""
    line = fined(line={"value": 100000, "illegal_income": 0}, **{**FULL, "confiscated_tools": False})
    assert "203号" not in one(CODE, **line).article
    assert "203号" in one(CODE, **line, county="510824").article


@pytest.mark.parametrize(("county", "own"), [("510824", True), ("141122", False)])
def test_what_was_written_of_mining_is_not_cited_for_land(county, own):
    """自然资办函〔2021〕1288号四、川自然资办函〔2021〕203号二（二） speak of mining alone"""
    land = {"violation": "T31", "acts_ended": "2025-08-01", "illegal_income": 9000, "county": county}
    for line, ours in ((land, False), (miner(value=9000, illegal_income=9000, county=county), True)):
        line = {**line, "decision": {"fine": 100_000, "confiscated_income": 0}, "dates": decided()}
        article = one("FINE_FOR_CONFISCATION", **line).article
        assert ("1288号四" in article, "203号" in article) == (ours, ours and own)
        drafted = Draft("decision", (Decision(fine=Decimal(1000), income=Decimal(0)),))
        bare = {key: value for key, value in line.items() if key != "decision"}
        said = {stop.gate.code: stop for stop in stops(case_of(**bare), drafted)}
        assert ("1288号四" in said["G17"].article, "G17s" in said) == (ours, ours and own)


@pytest.mark.parametrize(("violation", "cited"), [("K21", True), ("T11", False)])
def test_nor_is_it_for_land_that_was_not_filed_or_reopened(violation, cited):
    """自然资办函〔2021〕1288号三、四"""
    told = (Told("所见"),)
    facts = facts_of(violation=violation).varied(native=Native(unfiled=told, reopened=told))
    found = {each.code: each.article for each in assess(facts, SEEDED, calendar())}
    assert ("1288号四" in found["NOT_FILED"], "1288号三" in found["REOPENED_SITE"]) == (cited, cited)
    assert "自然资源行政处罚办法第十六条" in found["NOT_FILED"]
