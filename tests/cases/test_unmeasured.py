"""Violations that rest on no area and no quantity are decided without a finding; all others ask for one."""

import pytest

from accounts.models import local_today
from cases.services import flags
from common.errors import Refused
from law.penalties.rules import BY_CODE
from law.penalties.shape import ARABLE_FEE, AREA, LOSS, MINERALS, RECLAIM_FEE, VALUE, VOLUME
from law.words import ART_3, MEASURED, is_measured, tags, violation_names
from tests.cases import making
from tests.cases.pages import at, post, rows

UNMEASURED = (
    *("K11", "K12", "K13", "K14", "K41", "K42", "K51", "K52", "K53", "K61", "K62", "K63", "K64", "K71"),
    *("K65", "K66", "T26", "T45"),
)
MEASURES = {VALUE, LOSS, AREA, VOLUME, ARABLE_FEE, RECLAIM_FEE}


def of(cast, *codes, ended=None):
    """A case of these violations alone, filed twenty days ago, of which nothing was found."""
    case = making.filed_case(cast, signed_on=making.ago(20))
    case.violations.all().delete()
    for code in codes:
        case.violations.create(code=code, side="mining" if code[0] == "K" else "land")
    case.act_ended_on = ended or making.ago(40)
    case.save()
    return case


FINE = {"kind": "fine", "amount": "100000", "side": "mining"}
TOOLS = {"kind": "confiscate_tools", "text": "钻机1台", "side": "mining"}


def test_unlicensed_exploring_goes_through_to_a_decision_by_the_pages(cast, sign_in):
    """矿产资源法（2024）第六十三条"""
    case = of(cast, "K11")
    client = sign_in(cast.handler)
    assert client.get(at(case, "propose_decision")).status_code == 200
    said = {"basis": "无证勘查", **rows("items", FINE, TOOLS)}
    assert post(client, case, "propose_decision", **said).status_code == 302
    case.refresh_from_db()
    assert case.state == "decision"
    client = sign_in(cast.deputy)
    assert post(client, case, "approve_decision", opinion="同意").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.decisions.get().decided_on) == ("execution", local_today())
    assert "without_finding" not in case.flags


@pytest.mark.parametrize("code", UNMEASURED)
def test_each_of_them_may_be_proposed_and_recorded_without(cast, code):
    """行政处罚法第四十条: what is found is what the violation consists of"""
    case = making.recorded_decision(cast, of(cast, code), items=[{**FINE, "side": "mining", "amount": 50000}])
    assert "without_finding" not in case.flags


@pytest.mark.parametrize("codes", [("K21",), ("K32",), ("T11",), ("K11", "T21"), ("K81",), ("K61", "K31")])
def test_where_one_rests_on_a_measure_it_is_asked_for(cast, codes):
    """行政处罚法第四十条、第五十七条"""
    case = of(cast, *codes)
    with pytest.raises(Refused, match="还缺：占地面积或开采数量的认定"):
        making.proposed_decision(cast, case, items=[{**making.FINE, "side": "mining"}])
    case = making.recorded_decision(cast, case, items=[making.FINE])
    assert "without_finding" in case.flags


def test_a_violation_added_later_asks_again(cast):
    case = making.recorded_decision(cast, of(cast, "K11"), items=[making.FINE])
    case.violations.create(code="K21", side="mining")
    assert "without_finding" in flags.renew(case).flags


def test_the_list_holds_what_the_table_of_penalties_measures():
    """Whoever adds a rule with a measured base adds its code; of T45 表土剥离 alone counts hectares."""
    measured = {
        code
        for code, rules in BY_CODE.items()
        if any(rule.base in MEASURES or MINERALS in rule.takes for rule in rules)
    }
    assert measured - {"T45"} <= MEASURED
    assert ART_3 <= MEASURED and not MEASURED & set(UNMEASURED)
    assert set(violation_names()) == MEASURED | set(UNMEASURED) | tags()


def test_nothing_said_and_tags_alone_ask():
    assert is_measured([]) and is_measured(["K81"]) and not is_measured(["K81", "K11"])
