"""What the law asks for of a case's findings stands in the form of 呈批处罚决定, with its articles."""

from decimal import Decimal

from cases.services.proposing import proposed_items
from tests.cases import making
from tests.cases.pages import at, post, rows


def filed(cast, **more):
    """A case under investigation, whose acts ended under the law of today."""
    case = making.filed_case(cast, signed_on=making.ago(20), **more)
    type(case).objects.filter(pk=case.pk).update(act_ended_on=making.ago(25))
    case.refresh_from_db()
    return case


def kinds(case) -> list[str]:
    """The kinds of what is proposed."""
    return [item.kind for item in proposed_items(case)]


def test_what_was_mined_and_gained_is_proposed_as_found(cast):
    """矿产资源法（2024）第六十四条：没收工具、矿产品和违法所得，并处罚款"""
    case = making.mined(cast, filed(cast), value="60000", income="20000")
    income, minerals, tools, fine = proposed_items(case)
    assert (income.kind, income.amount) == ("confiscate_income", Decimal(20000))
    assert (minerals.kind, minerals.tonnes) == ("confiscate_minerals", Decimal(820))
    assert (tools.kind, fine.kind) == ("confiscate_tools", "fine")
    assert {each.article for each in (income, minerals, tools, fine)} == {"矿产资源法（2024）第六十四条"}
    assert {each.violation.code for each in (income, minerals, tools, fine)} == {"K21"}
    assert "元以上" in fine.ask and "元以下" in fine.ask
    assert fine.amount is None, "how much is for the handler to say"


def test_a_fine_is_not_proposed_where_a_referral_is_due(cast):
    case = making.mined(cast, filed(cast), value="200000")
    assert kinds(case) == ["confiscate_minerals", "confiscate_tools"]


def test_what_a_decision_took_already_is_not_proposed_again(cast):
    case = making.mined(cast, filed(cast), value="60000")
    fine = {**making.FINE, "amount": Decimal(100000)}
    case = making.decided_case(cast, case, items=[fine, making.MINERALS])
    case = type(case).objects.get(pk=case.pk)
    assert kinds(case) == ["confiscate_tools"]


def test_buildings_are_pulled_down_unless_they_fit_the_plan(cast):
    """土地管理法（2019）第七十七条：不符合规划的限期拆除，符合规划的没收"""
    for conforming, kind in ((False, "demolish"), (True, "confiscate_buildings")):
        case = filed(cast, violations=["T11"])
        case = making.occupied(cast, case, conforming=conforming)
        assert kinds(case) == [kind]


def test_the_form_begins_with_them(cast, sign_in):
    case = making.mined(cast, filed(cast), value="60000")
    form = sign_in(cast.handler).get(at(case, "propose_decision")).context["form"]
    minerals, tools, fine = (row.initial for row in form.rows)
    party, violation = case.parties.get().party_id, case.violations.get().pk
    assert (minerals["kind"], minerals["tonnes"], minerals["party"]) == ("confiscate_minerals", "820", party)
    assert (minerals["violation"], minerals["side"]) == (violation, "mining")
    assert "第六十四条" in tools["why"] and "没有的，删去这一项" in tools["why"]
    assert (fine["kind"], fine["amount"]) == ("fine", None)
    basis = form["basis"].value()
    assert basis == f"{case.facts}\n处罚依据：矿产资源法（2024）第六十四条。"


def test_the_handler_changes_and_drops_what_he_must(cast, sign_in):
    case = making.mined(cast, filed(cast), value="60000")
    sent = rows(
        "items",
        {"kind": "confiscate_minerals", "tonnes": "820"},
        {"kind": "confiscate_tools", "gone": "on"},
        {"kind": "fine", "amount": "100000", "side": "mining"},
    )
    assert post(sign_in(cast.handler), case, "propose_decision", basis="依法", **sent).status_code == 302
    items = case.decisions.get().items.values_list("kind", "amount", "tonnes")
    assert list(items) == [
        ("confiscate_minerals", None, Decimal(820)),
        ("fine", Decimal(100000), None),
    ]


def test_what_was_sent_back_goes_before_what_the_law_asks_for(cast, sign_in):
    case = making.proposed_decision(cast)
    post(sign_in(cast.deputy), case, "approve_decision", answer="return_decision", opinion="重算")
    form = sign_in(cast.handler).get(at(case, "propose_decision")).context["form"]
    assert [row.initial["kind"] for row in form.rows] == ["fine", "confiscate_minerals"]
