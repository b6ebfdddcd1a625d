"""What stops a decision by the law's own table of gates, with sentence and article."""

from decimal import Decimal

import pytest

from cases import assessing
from cases.services import deciding, decision, investigation, weighing
from common.errors import Refused
from tests.cases import making

LAND = {**making.FINE, "side": "land"}


@pytest.fixture
def mined(cast):
    """Ore worth 60 000 taken without a right, under the law of today: fined 100 000 to 1 000 000."""
    case = making.filed_case(cast, signed_on=making.ago(20))
    case = investigation.amend_case(by=cast.handler, case=case, act_ended_on=making.ago(25))
    return making.mined(cast, case, value="60000")


def propose(cast, case, amount, **more):
    fine = {**making.FINE, "amount": Decimal(amount)}
    return making.proposed_decision(cast, case, items=[fine, making.MINERALS], **more)


@pytest.mark.parametrize("amount", ["1", "99999.99", "1000000.01"])
def test_a_fine_outside_the_interval_is_refused(cast, mined, amount):
    """矿产资源法（2024）第六十四条; 行政处罚法第五条"""
    with pytest.raises(Refused, match="罚款不能超出法定幅度.*最低100000元，最高1000000元.*第五条") as said:
        propose(cast, mined, amount)
    assert said.value.missing == (("处罚项", "items"),)
    assert propose(cast, mined, "100000").state == "decision"


def test_a_lower_fine_passes_with_a_named_ground_and_a_discussion(cast, mined):
    """行政处罚法第三十二条、第五十七条第二款"""
    with pytest.raises(Refused, match="罚款不能超出法定幅度"):
        propose(cast, mined, "50000", basis="依照《行政处罚法》第三十二条减轻处罚，经集体讨论决定")
    case = propose(cast, mined, "50000", mitigation="undone")
    assert "to_discuss" in case.flags
    case = making.discussed(cast, case, agreed=False)
    with pytest.raises(Refused, match="还缺：法制审核、集体讨论.*第五十七条第二款"):
        deciding.approve_decision(by=cast.deputy, case=case)
    case = deciding.approve_decision(by=cast.deputy, case=making.weighed(cast, case))
    assert not {"fine_out_of_range", "to_discuss", "to_review"} & set(case.flags)


def test_a_finding_after_the_proposal_stops_the_approval(cast, mined):
    case = propose(cast, mined, "300000")
    case = making.occupied(cast, making.mined(cast, case, value="90000"))
    deciding.return_decision(by=cast.deputy, case=case, opinion="再核")
    case.refresh_from_db()
    case = making.weighed(cast, propose(cast, case, "450000"))
    case = investigation.amend_case(by=cast.handler, case=case, act_ended_on=making.ago(2000))
    with pytest.raises(Refused, match="追责时效.*第三十六条.*请退回承办人修改"):
        deciding.approve_decision(by=cast.deputy, case=case)


def test_what_was_found_too_late_is_not_penalised(cast, mined):
    """行政处罚法第三十六条第一款"""
    case = investigation.amend_case(by=cast.handler, case=mined, act_ended_on=making.ago(900))
    assert "limitation_passed" in case.flags
    with pytest.raises(Refused, match="追责时效"):
        propose(cast, case, "100000")


def test_occupied_land_goes_on_until_it_is_restored(cast):
    """行政处罚法第三十六条第二款: 继续状态"""
    case = making.filed_case(cast, signed_on=making.ago(20))
    case.violations.update(code="T11", side="land")
    case = investigation.amend_case(by=cast.handler, case=case, act_ended_on=making.ago(900))
    case = making.occupied(cast, case)
    assert "limitation_passed" not in case.flags
    fine = {**LAND, "amount": Decimal(170000)}
    assert making.proposed_decision(cast, case, items=[fine]).state == "decision"


def test_each_party_gets_its_own_penalty(cast, mined):
    """自然资源行政处罚办法第三十七条第二款"""
    investigation.record_party(by=cast.handler, case=mined, **making.suspect("李四", making.OTHER_ID))
    mined.refresh_from_db()
    with pytest.raises(Refused, match="不能合并处罚.*第三十七条第二款"):
        propose(cast, mined, "100000")


def test_what_was_really_decided_is_recorded_and_flagged(cast, mined):
    content = decision.DecisionContent(
        items=[{**making.FINE, "amount": Decimal(1)}, making.MINERALS], scan=making.scan()
    )
    case = decision.record_decision(
        by=cast.handler, case=mined, number="罚1号", decided_on=making.ago(1), content=content
    )
    assert "fine_out_of_range" in case.flags


def test_what_is_confiscated_first_waits_for_no_fine(cast, mined):
    assert making.proposed_decision(cast, mined, items=[making.MINERALS]).state == "decision"


REVOKE = {"kind": "revoke_licence", "side": "mining", "text": "吊销采矿许可证"}


def test_a_county_revokes_no_licence_that_another_office_granted(cast, mined):
    """矿产资源法（2024）第六十四条第二款: 原矿业权出让部门"""
    items = [{**making.FINE, "amount": Decimal(100_000)}, making.MINERALS, REVOKE]
    with pytest.raises(Refused, match="其他机关不能吊销.*第六十四条第二款"):
        making.proposed_decision(cast, mined, items=items, basis="超越批准的矿区范围采矿")
    named = "超越批准的矿区范围采矿，本机关为原矿业权出让部门"
    assert making.proposed_decision(cast, mined, items=items, basis=named).state == "decision"


def test_goods_and_proceeds_that_no_article_takes_are_refused(cast, mined):
    """行政处罚法第二十八条第二款、第三十八条第一款"""
    soil = {"kind": "confiscate_other", "side": "mining", "text": "黑土"}
    fine = {**making.FINE, "amount": Decimal(100_000)}
    with pytest.raises(Refused, match="没有规定没收，不能没收.*黑土等其他非法财物"):
        making.proposed_decision(cast, mined, items=[fine, making.MINERALS, soil])
    land = investigation.amend_case(by=cast.handler, case=mined, act_ended_on=making.ago(24))
    land.violations.update(code="T11", side="land")
    land = making.occupied(cast, land)
    income = {"kind": "confiscate_income", "side": "land", "amount": Decimal(9000)}
    demolish = {"kind": "demolish", "side": "land", "area": Decimal(10)}
    land = making.proposed_decision(cast, land, items=[income, demolish])
    waits = weighing.waits_for(land, land.decisions.get(), assessing.held_of(land))
    assert "没收违法所得，适用的条款不确定" in waits.review
    with pytest.raises(Refused, match="还缺：法制审核"):
        deciding.approve_decision(by=cast.deputy, case=land)
