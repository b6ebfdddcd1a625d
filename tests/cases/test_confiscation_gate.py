"""罚款≠没收 (自然资办函〔2021〕1288号): hard; facts are recordable."""

from decimal import Decimal

import pytest

from accounts.models import Region
from cases.models import Decision, OptOut
from cases.services import deciding, decision, investigation
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import at, post, rows

LAND = {**making.FINE, "side": "land", "amount": Decimal(170000)}
FINE = {**making.FINE, "amount": Decimal(100000)}


@pytest.fixture
def sold(cast):
    """820 tonnes mined under the law of today, sold for 60 000."""
    case = making.filed_case(cast, signed_on=making.ago(20))
    case = investigation.amend_case(by=cast.handler, case=case, act_ended_on=making.ago(25))
    return making.mined(cast, case, income="60000")


def test_a_fine_alone_is_refused_with_article_and_notice(cast, sold):
    with pytest.raises(Refused) as refusal:
        making.proposed_decision(cast, sold, items=[FINE])
    said = refusal.value.sentence
    assert "没收违法所得（认定60,000元）、没收违法采出的矿产品（认定820吨）" in said
    assert "矿产资源法（2024）第六十四条" in said
    assert "川自然资办函" not in said
    assert "自然资办函〔2021〕1288号四" in said
    assert not Decision.objects.exists()


YUAN = {"kind": "confiscate_income", "amount": Decimal(1), "side": "mining"}
CRUMB = {"kind": "confiscate_minerals", "tonnes": Decimal("0.1")}


def test_less_than_was_found_needs_a_written_reason(cast, sold):
    items = [YUAN, making.MINERALS]
    with pytest.raises(Refused, match="没收违法所得（认定60,000元，没收1元）") as refusal:
        making.proposed_decision(cast, sold, items=items)
    assert refusal.value.missing == (("处罚项", "items"),)
    reason = "扣除当事人投入的合法成本"
    assert making.proposed_decision(cast, sold, items=items, opt_outs={"income": reason})


def test_ore_not_sold_is_confiscated_in_full_or_the_reason_says_why_not(cast):
    """自然资办函〔2021〕1288号四"""
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))
    with pytest.raises(Refused, match="没收违法采出的矿产品（认定820吨，没收0.1吨）"):
        making.proposed_decision(cast, case, items=[CRUMB])
    assert making.proposed_decision(cast, case, items=[CRUMB], opt_outs={"minerals": "其余已被洪水冲走"})


def test_a_reason_covers_what_it_names_alone(cast, sold):
    """自然资办函〔2021〕1288号四"""
    with pytest.raises(Refused, match="缺少：没收违法采出的矿产品（认定820吨）。") as refusal:
        making.proposed_decision(cast, sold, items=[FINE], opt_outs={"income": "已全部退赔"})
    assert "没收违法所得（" not in refusal.value.sentence


def test_the_sum_of_items_and_decisions_that_stand_is_what_counts(cast, sold):
    half = [{**making.INCOME, "amount": Decimal(30000)}, {**making.MINERALS, "tonnes": Decimal(410)}]
    reasons = dict.fromkeys(("income", "minerals"), "另一半分案处理")
    case = making.decided_case(cast, sold, items=half, opt_outs=reasons)
    OptOut.objects.all().delete()
    with pytest.raises(Refused, match="认定60,000元，没收30,000元"):
        making.proposed_decision(cast, case, items=[FINE])
    assert making.proposed_decision(cast, case, items=half)


def test_one_yuan_really_confiscated_is_recorded_and_flagged(cast, sold):
    values = {
        "by": cast.handler,
        "case": sold,
        "decided_on": making.ago(2),
    }
    case = decision.record_decision(
        **values,
        number="交自然资罚字〔2026〕5号",
        content=decision.DecisionContent([FINE, YUAN, CRUMB], scan=making.scan("决定书.pdf")),
    )
    assert "less_confiscation" in case.flags
    assert "no_confiscation" not in case.flags


def test_the_leader_sees_how_much_less_and_why(cast, sign_in, sold):
    making.proposed_decision(cast, sold, items=[YUAN, making.MINERALS], opt_outs={"income": "扣除合法成本"})
    page = sign_in(cast.deputy).get(at(sold, "approve_decision")).content.decode()
    assert "没收违法所得（认定60,000元，没收1元）" in page
    assert "扣除合法成本" in page


def test_a_finding_raised_after_the_proposal_stops_the_approval(cast, sold):
    case = making.weighed_decision(cast, sold, items=[making.INCOME, making.MINERALS])
    case = making.mined(cast, case, income="90000")
    with pytest.raises(Refused, match="认定90,000元，没收60,000元.*请退回承办人修改"):
        deciding.approve_decision(by=cast.deputy, case=case)


@pytest.mark.parametrize(
    ("items", "reason", "passes"),
    [
        ([making.INCOME, making.MINERALS], {}, True),
        ([FINE, making.INCOME, making.MINERALS], {}, True),
        ([making.INCOME], {}, True),
        ([making.MINERALS], {"minerals": "矿产品全部销售"}, False),
        ([FINE], {"minerals": "矿产品全部销售"}, False),
    ],
)
def test_income_is_always_confiscated_minerals_or_their_proceeds(cast, sold, items, reason, passes):
    if passes:
        assert making.proposed_decision(cast, sold, items=items, opt_outs=reason)
    else:
        with pytest.raises(Refused, match="不能以罚款代替没收"):
            making.proposed_decision(cast, sold, items=items, opt_outs=reason)


def test_minerals_not_sold_are_confiscated_or_it_is_written_what_became_of_them(cast):
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))
    with pytest.raises(Refused, match="没收违法采出的矿产品"):
        making.proposed_decision(cast, case, items=[FINE])
    assert making.proposed_decision(cast, case, items=[FINE], opt_outs={"minerals": "矿产品已灭失"})


def test_land_only_needs_no_confiscation(cast):
    case = making.occupied(cast, making.filed_case(cast, signed_on=making.ago(20)))
    assert making.proposed_decision(cast, case, items=[LAND])


def test_what_an_earlier_decision_confiscated_counts(cast, sold):
    case = making.decided_case(cast, sold, items=[making.INCOME, making.MINERALS])
    assert making.proposed_decision(cast, case, items=[FINE])


def test_a_finding_after_the_proposal_stops_the_approval(cast):
    case = making.occupied(cast, making.filed_case(cast, signed_on=making.ago(20)))
    case = making.weighed_decision(cast, case, items=[LAND])
    case = making.mined(cast, case)
    with pytest.raises(Refused, match="请退回承办人修改"):
        deciding.approve_decision(by=cast.deputy, case=case)


def test_the_page_says_it_and_keeps_what_was_typed(cast, sign_in, sold):
    response = post(
        sign_in(cast.handler),
        sold,
        "propose_decision",
        basis="依据某条",
        **rows("items", {"kind": "fine", "amount": "84000", "side": "mining"}),
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "不能以罚款代替没收" in page
    assert "依据某条" in page
    assert 'value="84000"' in page


def test_a_decision_really_issued_without_it_is_recorded_and_flagged(cast, sold):
    case = decision.record_decision(
        by=cast.handler,
        case=sold,
        number="交自然资罚字〔2026〕5号",
        decided_on=making.ago(2),
        content=decision.DecisionContent(items=[FINE], scan=making.scan("决定书.pdf")),
    )
    assert case.state == "execution"
    assert {"no_confiscation", "recorded_late"} <= set(case.flags)
    assert Decision.objects.get().issued


def test_the_flag_goes_when_the_confiscation_follows(cast, sold):
    case = decision.record_decision(
        by=cast.handler,
        case=sold,
        number="交自然资罚字〔2026〕5号",
        decided_on=making.ago(2),
        content=decision.DecisionContent(items=[FINE], scan=making.scan("决定书.pdf")),
    )
    case = making.decided_case(cast, case, items=[making.INCOME, making.MINERALS])
    assert "no_confiscation" not in case.flags


def test_a_confiscation_of_nothing_is_none(cast, sold):
    case = investigation.record_land_finding(
        by=cast.handler,
        case=sold,
        happened_on=making.ago(1),
        rows=[{"land_class": "arable", "area": Decimal(1)}],
    )
    nothing = {"kind": "confiscate_income", "amount": Decimal(0), "side": "mining"}
    with pytest.raises(Refused):
        making.proposed_decision(cast, case, items=[nothing, making.MINERALS])


@pytest.mark.parametrize(("county", "named"), [("141122", False), ("510824", True)])
def test_a_document_of_sichuan_is_named_in_sichuan_alone(cast, sold, county, named):
    """川自然资办函〔2021〕203号二（二）"""
    Region.objects.get_or_create(code=county, defaults={"name": "苍溪县", "level": "county"})
    sold.county_id = county
    sold.save()
    with pytest.raises(Refused) as refusal:
        making.proposed_decision(cast, sold, items=[FINE])
    assert ("川自然资办函〔2021〕203号" in refusal.value.sentence) is named


@pytest.mark.parametrize("code", ["K32", "K61"])
def test_where_the_article_confiscates_nothing_nothing_is_asked_for(cast, code):
    """矿产资源法（2024）第六十五条、第六十八条 fine alone"""
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)), income="60000")
    case.violations.update(code=code)
    case = making.proposed_decision(cast, case, items=[FINE])
    assert case.state == "decision"
    assert "no_confiscation" not in case.flags
