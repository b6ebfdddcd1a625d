"""Each kind of fact of a case as the law gets to see it, written by the services that write it."""

from decimal import Decimal

from accounts.models import local_today
from cases.assessing import (
    CARRIES,
    facts_of,
    facts_with,
    findings_of,
    held_of,
    penalties_of,
)
from cases.assessing.figures import figures_in_force
from cases.assessing.outcome import CLOSING
from cases.models import Case, OptOut
from cases.services import (
    carrying_out,
    closing,
    completion,
    deciding,
    decision,
    execution,
    investigation,
)
from common.workdays import Calendar
from law import gates, words
from law.findings import Case as Held
from law.findings import punishment
from registry import codes
from tests.cases import making

TOOLS = {"kind": "confiscate_tools", "text": "挖掘机一台"}
DEMOLISH = {"kind": "demolish", "area": Decimal(300), "side": "land"}


def filed(cast, **more):
    return making.filed_case(cast, signed_on=making.ago(20), **more)


def codes_of(case, **more):
    return {each.code for each in findings_of(case, **more)}


def missing(case):
    return {each.figures[0]["fact"] for each in findings_of(case) if each.code == "FACTS_MISSING"}


# Who, where, when


def test_place_party_violation_and_days_are_known(cast):
    case = filed(cast, found_on=making.ago(29))
    investigation.amend_case(by=cast.handler, case=case, act_ended_on=making.ago(40))
    case.refresh_from_db()
    facts = facts_of(case)
    assert (facts.county, facts.province, facts.id) == ("141122", "140000", case.number)
    assert [(each.name, each.kind, each.identified) for each in facts.parties] == [("张三丰", "个人", True)]
    assert facts.codes == {"K21"}
    assert (facts.steps.found, facts.steps.filed) == (making.ago(29), making.ago(20))
    assert (facts.acts_ended, facts.as_of) == (making.ago(40), local_today())


def test_a_party_not_yet_named_is_not_known(cast):
    case = making.bare_case(cast)
    assert [each.identified for each in facts_of(case).parties] == [False]


def test_each_violation_keeps_its_own_days(cast):
    """行政处罚法第三十七条: they choose the law"""
    case = making.bare_case(cast)
    case.violations.update(from_day=making.ago(900), until_day=making.ago(800))
    facts = facts_of(case)
    assert (facts.violations[0].since, facts.violations[0].until) == (making.ago(900), making.ago(800))
    assert (facts.acts_from, facts.acts_ended) == (making.ago(900), making.ago(800))
    case.violations.create(code="K31", side="mining", from_day=making.ago(700))
    assert facts_of(case).acts_ended is None


def test_what_nobody_recorded_stays_unknown_and_is_asked_for_where_an_act_records_it(cast):
    case = filed(cast)
    facts = facts_of(case)
    unknown = ("mine_scale", "eco_damage", "continuing", "right_exists", "refused_correct", "unpunished")
    assert {name: getattr(facts, name) for name in unknown} == dict.fromkeys(unknown)
    assert (facts.land, facts.value, facts.quantity, facts.paid, facts.special_area) == (None,) * 5
    assert facts.steps.noticed is None
    assert "dates.noticed" not in CARRIES
    assert missing(case) <= CARRIES
    assert {"value", "eco_damage", "unpunished"} <= missing(case)


def test_without_an_act_for_it_nobody_is_told_that_notice_is_missing(cast):
    assert "NOTICE_MISSING" not in codes_of(making.decided_case(cast))


# What was found


def test_land_of_the_latest_round_in_square_metres(cast):
    case = making.occupied(cast, filed(cast), area="9")
    case = making.occupied(
        cast, case, land_class="prime_farmland", area="3", conforming=False, destroyed=True, black_soil=True
    )
    (land,) = facts_of(case).land
    assert (land.land_class, land.area) == ("永久基本农田", Decimal(2000))
    assert (land.conform, land.destroyed, land.black_soil, land.forest) == (False, True, True, None)
    investigation.withdraw_finding(by=cast.handler, case=case, side="land", reason="重复")
    (land,) = facts_of(case).land
    assert (land.land_class, land.area) == ("耕地（非永久基本农田）", Decimal(6000))
    assert (land.destroyed, land.black_soil) == (None, None)


def test_one_row_of_ore_gives_totals(cast):
    case = making.mined(cast, filed(cast), value="90000", income="70000", destroyed_value=Decimal(5000))
    facts = facts_of(case)
    assert (facts.quantity, facts.value, facts.illegal_income) == (820, 90000, 70000)
    assert (facts.destroyed_value, facts.batches, facts.mineral) == (5000, (), "煤")


def test_several_rows_of_ore_are_batches_and_are_summed(cast):
    case = filed(cast)
    rows = [
        {"mineral": "煤", "tonnes": Decimal(10), "value": Decimal(60000)},
        {
            "mineral": "砂石",
            "volume": Decimal(10),
            "density": Decimal("1.5"),
            "illegal_income": Decimal(50000),
        },
    ]
    case = investigation.record_mineral_finding(
        by=cast.handler, case=case, happened_on=making.ago(10), rows=rows
    )
    facts = facts_of(case)
    assert [(each.quantity, each.value, each.income, each.mineral) for each in facts.batches] == [
        (10, 60000, None, "煤"),
        (15, None, 50000, "砂石"),
    ]
    assert (facts.value, facts.quantity, facts.market_value) == (None, None, 110000)
    assert "MUST_REFER" in codes_of(case)


def test_a_special_area_is_named_and_what_is_not_said_says_nothing(cast):
    case = making.mined(cast, filed(cast), value="60000")
    assert facts_of(case).special_area is None
    assert "MUST_REFER" not in codes_of(case)
    case = making.mined(cast, case, value="60000", special_areas=["no_mining_area"])
    assert facts_of(case).special_area == ("禁采区",)
    assert "MUST_REFER" in codes_of(case)
    case = making.mined(cast, case, value="60000", special_areas=[])
    assert facts_of(case).special_area == ()
    assert "special_area" not in missing(case)


def test_an_area_of_a_kind_that_nobody_said_still_is_one(cast):
    """法释〔2016〕25号第三条第一款第（二）项: rows from when one box stood for all"""
    case = making.mined(cast, filed(cast), value="60000", special_areas=["unspecified"])
    assert facts_of(case).special_area is True
    assert "MUST_REFER" in codes_of(case)


def test_a_protected_mineral_explains_its_own_tick(cast):
    case = making.mined(cast, filed(cast), value="60000", mineral="钨", special_areas=["unspecified"])
    assert facts_of(case).special_area is None
    assert "MUST_REFER" in codes_of(case)


def test_what_was_found_later_than_the_day_was_not_known_on_it(cast):
    case = making.mined(cast, filed(cast), value="200000")
    assert facts_of(case, making.ago(11)).value is None
    assert "MUST_REFER" in codes_of(case)
    assert "MUST_REFER" not in codes_of(case, on=making.ago(11))


# What was decided, and what came of it


def test_a_decision_says_what_it_takes_and_what_not(cast):
    items = [making.FINE, making.INCOME, making.MINERALS, TOOLS]
    case = making.decided_case(cast, items=items)
    facts = facts_of(case)
    (one,) = facts.decisions
    assert (one.fine, one.income, one.minerals, one.tools) == (84000, 60000, True, True)
    assert (one.structures, one.party, one.on) == (None, "张三丰", local_today())
    assert (facts.steps.decided, facts.steps.served, facts.paid) == (local_today(), None, 0)


def test_what_is_not_in_a_decision_is_known_not_to_be_fined(cast):
    case = making.decided_case(cast, items=[making.MINERALS])
    (one,) = facts_of(case).decisions
    assert (one.fine, one.income, one.minerals, one.tools) == (0, 0, True, None)


def test_a_reason_written_down_leaves_open_what_it_covers(cast):
    items = [{**making.FINE, "amount": Decimal(30000)}]
    case = making.decided_case(cast, items=items, opt_outs={"minerals": "矿产品已灭失"})
    assert facts_of(case).decisions[0].minerals is None


def test_the_article_of_a_lighter_fine_is_that_of_its_ground(cast):
    case = making.decided_case(cast, mitigation="forced")
    assert facts_of(case).decisions[0].mitigation == "行政处罚法第三十二条第（二）项"
    other = making.decided_case(cast, basis="当事人主动配合")
    assert facts_of(other).decisions[0].mitigation == ""


def test_each_party_has_its_own_penalty(cast):
    case = filed(cast)
    investigation.record_party(by=cast.handler, case=case, **making.suspect("李四", making.OTHER_ID))
    case = making.mined(cast, case)
    first, second = (each.party for each in case.parties.all())
    items = [
        {**making.FINE, "party": first},
        {**making.FINE, "amount": Decimal(500), "party": second},
        making.MINERALS,
    ]
    case = decision.record_decision(
        by=cast.handler,
        case=case,
        number="交自然资罚字〔2026〕5号",
        decided_on=making.ago(1),
        content=decision.DecisionContent(items=items, scan=making.scan()),
    )
    found = {each.party: (each.fine, each.minerals) for each in facts_of(case).decisions}
    assert found == {"张三丰": (84000, False), "李四": (500, False), "": (None, True)}


def test_restoration_ordered_counts_until_it_is_accepted(cast):
    case = making.occupied(cast, making.mined(cast, filed(cast)))
    case = making.decided_case(cast, case, orders=["restore_land"])
    assert facts_of(case).decisions[0].structures is True
    case = _carried(cast, case, "confiscate_minerals")
    assert facts_of(case).steps.carried_out is None
    result = completion.CheckResult(local_today(), True, "已恢复")
    case = completion.check_restoration(by=cast.handler, case=case, result=result)
    assert facts_of(case).steps.carried_out == local_today()


def _carried(cast, case, kind):
    item = case.decisions.get(state="made").items.get(kind=kind)
    return carrying_out.carry_out_item(
        by=cast.handler, case=case, item=item, happened_on=local_today(), note="移交财政"
    )


def test_goods_are_handed_over_when_the_last_of_them_is(cast):
    case = making.decided_case(cast, items=[making.FINE, making.MINERALS, TOOLS])
    case = _carried(cast, case, "confiscate_minerals")
    assert facts_of(case).steps.handed_over is None
    case = _carried(cast, case, "confiscate_tools")
    assert facts_of(case).steps.handed_over == local_today()


def test_service_and_payments_are_counted_without_what_was_withdrawn(cast):
    case = making.decided_case(cast)
    made = case.decisions.get()
    case = making.served(cast, case, decision=made)
    case = making.paid(cast, case, "80000")
    assert (facts_of(case).steps.served, facts_of(case).paid) == (local_today(), 80000)
    execution.withdraw_payment(
        by=cast.handler, case=case, payment=made.items.get(kind="fine").payments.get(), reason="误录"
    )
    assert facts_of(case).paid == 0


def test_a_revoked_decision_is_gone_and_told(cast):
    case = making.decided_case(cast)
    number = case.decisions.get().number
    deciding.revoke_decision(
        by=cast.chief, case=case, decision=case.decisions.get(), revoked_on=local_today(), reason="撤销"
    )
    facts = facts_of(case)
    (told,) = facts.native.revoked
    assert (facts.decisions, facts.steps.decided) == ((), None)
    assert (told.words, told.on) == (number, local_today())
    assert "REVOKED" in codes_of(case)


def test_a_closed_case_says_how(cast):
    case = making.paid(cast, making.decided_case(cast, items=[making.FINE, making.MINERALS]))
    case = _carried(cast, case, "confiscate_minerals")
    case = making.closing_case(cast, case)
    assert facts_of(case).closing is None
    case = closing.approve_closing(by=cast.deputy, case=case)
    assert (facts_of(case).closing, facts_of(case).steps.closed) == ("执行完毕", local_today())
    assert not codes_of(case) & {"CLOSED_UNPAID", "CLOSED_NOT_CARRIED_OUT"}


def test_every_ground_of_closing_has_the_laws_word():
    assert set(CLOSING) == {item["code"] for item in codes.items("closing_grounds")}
    assert all(words.closing(word) == word for word in CLOSING.values())


def test_every_land_class_has_the_laws_word():
    assert all(words.land_class(item["name"]) == item["name"] for item in codes.items("land_classes"))


# A decision being written


def test_a_draft_stands_beside_the_decisions_made(cast):
    case = making.mined(cast, filed(cast), value="90000")
    content = decision.DecisionContent(items=[making.FINE])
    assert facts_of(case).decisions == ()
    assert [each.fine for each in facts_with(case, content).decisions] == [84000]
    assert [each.party for each in penalties_of(case, content)] == ["张三丰"]


def test_a_proposed_decision_is_no_fact_but_may_be_asked_about(cast):
    case = making.proposed_decision(cast)
    assert facts_of(case).decisions == ()
    (one,) = facts_with(case, case.decisions.get()).decisions
    assert (one.fine, one.minerals) == (84000, True)


def test_gates_can_be_asked_of_a_draft(cast):
    case = making.mined(cast, filed(cast), value="200000")
    draft = gates.Draft("decision", penalties_of(case, decision.DecisionContent(items=[making.FINE])))
    held = Held(facts_of(case), figures_in_force(), Calendar.from_years({}))
    said = {stop.gate.code for stop in gates.stops(held, draft)}
    assert {"G17", "G18"} <= said


# Closed before it was kept here


def test_an_old_file_is_closed_by_its_state_alone(cast):
    """自然资源行政处罚办法第四十六条第二款"""
    case = making.mined(cast, filed(cast), value="200000")
    assert "CLOSED_WITHOUT_REFERRAL" not in codes_of(case)
    Case.objects.filter(pk=case.pk).update(state="closed")
    case.refresh_from_db()
    assert facts_of(case).closed and (case.closed_on, case.closings.count()) == (None, 0)
    assert "CLOSED_WITHOUT_REFERRAL" in codes_of(case)


def test_how_an_old_file_was_closed_is_asked_for(cast):
    case = making.decided_case(cast)
    Case.objects.filter(pk=case.pk).update(state="closed")
    case.refresh_from_db()
    assert "closing" in missing(case)


def test_a_case_is_not_closed_before_its_day(cast):
    case = filed(cast)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_on=making.ago(3))
    case.refresh_from_db()
    assert [facts_of(case, making.ago(back)).closed for back in (4, 3)] == [False, True]


def test_income_left_out_for_a_reviewed_reason_is_no_longer_flagged(cast):
    """行政处罚法第二十八条第二款: what must be given back isn't confiscated"""
    case = making.filed_case(cast, signed_on=making.ago(20))
    case = investigation.amend_case(by=cast.handler, case=case, act_ended_on=making.ago(25))
    case = making.mined(cast, case, income="60000")
    items = [{**making.FINE, "amount": Decimal(100000)}, making.MINERALS]
    case = making.decided_case(cast, case, items=items, opt_outs={"income": "已全部退赔"})
    assert punishment.fine_for_confiscation(held_of(case)) is None
    OptOut.objects.all().delete()
    assert punishment.fine_for_confiscation(held_of(case)) is not None
