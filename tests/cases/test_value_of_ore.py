"""What ore is worth, how that was found, where and in which batches it was mined."""

from decimal import Decimal

from cases.assessing import facts_of, findings_of
from cases.services import investigation
from tests.cases import making
from tests.cases.pages import at, last_entry, post, rows

ACT = "record_mineral_finding"
PAPER = {"valuer": "省价格认证中心", "value_document": "晋价认〔2026〕8号", "valued_on": making.ago(4)}


def filed(cast):
    return making.filed_case(cast, signed_on=making.ago(20))


def suspicion(case):
    return {each.code for each in findings_of(case)} & {"MUST_REFER", "SUSPECT_REFERRAL", "NEAR_REFERRAL"}


def enter(client, case, *items):
    return post(client, case, ACT, happened_on=making.ago(3).isoformat(), **rows("rows", *items))


def test_an_estimate_over_the_figure_is_found_first(cast, sign_in):
    """法释〔2016〕25号第十三条、第十四条"""
    case = filed(cast)
    ore = {"mineral": "煤", "tonnes": "820", "value": "12万元", "estimated": "on"}
    assert enter(sign_in(cast.handler), case, ore).status_code == 302
    assert suspicion(case) == {"SUSPECT_REFERRAL"}
    assert last_entry(case).changes["开采数量"][1] == ["煤820吨（价值120,000元，价值为估算，待认定）"]


def test_what_is_found_later_confirms_the_estimate_or_lifts_it(cast):
    case = making.mined(cast, filed(cast), value="120000", estimated=True)
    case = making.mined(cast, case, value="110000", **PAPER)
    assert suspicion(case) == {"MUST_REFER"}
    assert "must_refer" in case.flags
    case = making.mined(cast, case, value="70000", **PAPER)
    assert suspicion(case) == set()
    said = last_entry(case).changes["开采数量"][1]
    assert said == [f"煤820吨（价值70,000元，价值认定：省价格认证中心 晋价认〔2026〕8号 {making.ago(4)}）"]


def test_a_value_found_by_a_paper_is_no_estimate(cast, sign_in):
    ore = {"mineral": "煤", "tonnes": "1", "value": "1", "estimated": "on", "valuer": "省价格认证中心"}
    answer = enter(sign_in(cast.handler), filed(cast), ore)
    assert "不是估算" in answer.context["form"].rows[0].errors["estimated"][0]


def test_batches_are_summed_each_by_its_own_evidence(cast, sign_in):
    """法释〔2016〕25号第十三条"""
    case = filed(cast)
    sold = {"mineral": "煤", "tonnes": "100", "illegal_income": "7万", "sold_on": making.ago(60).isoformat()}
    left = {"mineral": "煤", "tonnes": "80", "price": "500", "estimated": "on"}
    assert enter(sign_in(cast.handler), case, sold, left).status_code == 302
    facts = facts_of(case)
    assert [(each.income, each.value, each.estimated) for each in facts.batches] == [
        (70000, None, False),
        (None, 40000, True),
    ]
    assert suspicion(case) == {"SUSPECT_REFERRAL"}
    page = sign_in(cast.handler).get(case.get_absolute_url()).content.decode()
    assert f"{making.ago(60)}销售" in page
    assert "单价500元/吨" in page


def test_a_special_area_limits_its_own_batch_alone(cast):
    """法释〔2016〕25号第三条第一款第（二）项"""
    case = filed(cast)
    here = {"mineral": "煤", "tonnes": Decimal(1), "value": Decimal(30000)}
    there = {**here, "value": Decimal(40000), "special_areas": ["no_mining_area"]}
    case = _mined(cast, case, here, there)
    assert facts_of(case).special_area == ("禁采区",)
    assert "MUST_REFER" not in suspicion(case)
    case = _mined(cast, case, here, {**there, "value": Decimal(50000)})
    assert suspicion(case) == {"MUST_REFER"}


def _mined(cast, case, *items):
    return investigation.record_mineral_finding(
        by=cast.handler, case=case, happened_on=making.ago(10), rows=list(items)
    )


def test_areas_are_several_or_none_never_both(cast, sign_in):
    case, client = filed(cast), sign_in(cast.handler)
    ore = {"mineral": "煤", "tonnes": "1"}
    answer = enter(client, case, {**ore, "special_areas": ["none", "plan_area"]})
    assert "都不是" in answer.context["form"].rows[0].errors["special_areas"][0]
    enter(client, case, {**ore, "special_areas": ["plan_area", "no_mining_season"]})
    assert case.minerals_now()[0].special_areas == ["plan_area", "no_mining_season"]
    enter(client, case, {**ore, "special_areas": ["none"]})
    assert case.minerals_now()[0].special_areas == []
    enter(client, case, ore)
    assert case.minerals_now()[0].special_areas is None


def test_a_new_round_begins_with_what_holds(cast, sign_in):
    more = {"special_areas": [], "estimated": True, "price": Decimal("12.5000")}
    case = making.mined(cast, filed(cast), tonnes="905.5", value="90000", **more)
    (row,) = sign_in(cast.handler).get(at(case, ACT)).context["form"].rows
    shown = {name: row[name].value() for name in ("tonnes", "value", "estimated", "special_areas", "price")}
    assert shown == {
        "tonnes": "905.5",
        "value": "90000",
        "estimated": True,
        "special_areas": ["none"],
        "price": "12.5",
    }
