"""下一步 leads: one strong act, the rest beside it or folded away with the reason; 办理 opens it."""

from django.utils import timezone

from accounts.models import User
from accounts.next_acts import LEAD, MORE, NOW, PAPER
from cases import desk, showing
from cases.services import carrying_out, completion, execution
from tests.cases import making
from tests.desks import waiting_for


def places(person, case) -> dict[str, str]:
    """{act's name: where it stands} on the case's page."""
    case.refresh_from_db()
    return {row["name"]: row["place"] for row in rows(person, case)}


def rows(person, case) -> list[dict]:
    """The rows of 下一步 as this person sees them."""
    return showing.next_acts(User.objects.get(pk=person.pk), showing.load(type(case).objects.get(pk=case.pk)))


def lead(person, case) -> str:
    """The name of the one strong act, or ""."""
    strong = [row["name"] for row in rows(person, case) if row["place"] == LEAD]
    assert len(strong) < 2
    return strong[0] if strong else ""


def row_of(person, case, name) -> dict:
    """The row of one act."""
    return next(row for row in rows(person, case) if row["name"] == name)


def test_what_brings_the_lacking_fact_leads_and_what_lacks_it_says_so(cast):
    case = making.filed_case(cast)
    assert lead(cast.handler, case) == "record_mineral_finding"
    decision = row_of(cast.handler, case, "propose_decision")
    assert (decision["place"], decision["open"]) == (NOW, False)
    assert [label for label, _ in decision["missing"]] == ["占地面积或开采数量的认定"]


def test_with_the_facts_the_decision_leads_and_facts_stay_at_their_section(cast):
    case = making.mined(cast, making.filed_case(cast))
    assert lead(cast.handler, case) == "propose_decision"
    assert "record_mineral_finding" not in places(cast.handler, case)


def test_what_must_be_referred_leads_before_the_decision(cast):
    case = making.mined(cast, making.filed_case(cast), value="200000")
    assert lead(cast.handler, case) == "propose_referral"


def test_what_is_not_named_by_the_state_or_not_done_lightly_is_folded(cast):
    case = making.mined(cast, making.filed_case(cast))
    where = places(cast.handler, case)
    assert {where["record_decision"], where["propose_closing"], where["propose_referral"]} == {MORE}


def test_payment_with_nothing_due_is_folded_with_the_reason(cast):
    case = making.decided_case(cast, items=(making.MINERALS,))
    payment = row_of(cast.handler, case, "record_payment")
    assert (payment["place"], payment["why"]) == (MORE, "没有待缴的罚没款。")


def test_what_is_done_is_folded_and_the_next_one_leads(cast):
    case = making.decided_case(cast)
    assert lead(cast.handler, case) == "record_service"
    paid = making.paid(cast, case)
    assert row_of(cast.handler, paid, "record_payment")["place"] == MORE
    assert lead(cast.handler, paid) == "record_service"


def served(cast, case):
    """Its decision handed over today."""
    return making.served(cast, case)


def handed_over(cast, case):
    """What is confiscated, handed over today."""
    item = case.decisions.get().items.get(kind="confiscate_minerals")
    values = {"happened_on": making.ago(0), "note": "移交县财政局"}
    return carrying_out.carry_out_item(by=cast.handler, case=case, item=item, **values)


def test_what_is_confiscated_and_not_handed_over_leads_once_the_money_is_paid(cast):
    case = served(cast, making.decided_case(cast))
    assert row_of(cast.handler, case, "carry_out_item")["place"] == NOW
    assert lead(cast.handler, making.paid(cast, case)) == "carry_out_item"
    case = handed_over(cast, case)
    assert lead(cast.handler, case) == "check_shutdown"
    assert "carry_out_item" not in places(cast.handler, case)


def test_where_nothing_is_taken_away_handing_over_is_not_offered(cast):
    case = making.occupied(cast, making.filed_case(cast, signed_on=making.ago(20)))
    case = making.decided_case(cast, case, items=[{**making.FINE, "side": "land"}])
    assert "carry_out_item" not in places(cast.handler, case)


def test_a_closed_case_offers_only_what_can_be_done(cast):
    case = handed_over(cast, making.closing_case(cast))
    case = completion.check_shutdown(
        by=cast.handler, case=case, result=completion.CheckResult(making.ago(0), True, "已封堵")
    )
    type(case).objects.filter(pk=case.pk).update(state="closed")
    assert {row["name"]: row["why"] for row in rows(cast.handler, case)} == {
        "propose_referral": "",
        "record_decision": "",
    }


def test_a_second_referral_of_what_police_has_is_folded_with_the_reason(cast):
    referral = making.proposed_referral(cast)
    again = row_of(cast.handler, referral.case, "propose_referral")
    assert again["place"] == MORE
    assert again["why"] == "移送正在办理：移送待批。"


def test_typing_what_was_signed_on_paper_is_a_lesser_button_of_its_own(cast, sign_in):
    case = making.proposed_case(cast)
    assert places(cast.handler, case)["approve_filing"] == PAPER
    assert places(cast.deputy, case)["approve_filing"] == LEAD
    page = sign_in(cast.handler).get(case.get_absolute_url()).content.decode()
    assert "录入签批件：批准立案" in page
    assert "next__button" in page and 'button--act next__button"' not in page


def test_what_is_owed_after_closing_stays_open_and_nothing_else_leads(cast):
    case = making.unhanded_closing(cast)
    type(case).objects.filter(pk=case.pk).update(state="closed")
    assert lead(cast.handler, case) == "carry_out_item"
    payment = case.decisions.get().items.get(kind="fine").payments.get()
    execution.withdraw_payment(by=cast.handler, case=case, payment=payment, reason="记错案件")
    assert lead(cast.handler, case) == "record_payment"


def test_the_desk_opens_the_act_and_names_what_is_due(cast, sign_in):
    case = making.decided_case(cast)
    task = waiting_for(desk, cast.handler, timezone.now())[0]
    assert task.what == "送达决定书"
    answer = sign_in(cast.handler).get(task.act_url)
    assert answer.headers["Location"].endswith(f"/cases/{case.public_id}/record-service/")


def test_the_desk_opens_the_page_where_nothing_leads(cast, sign_in):
    case = making.filed_case(cast)
    answer = sign_in(cast.liaison).get(f"/cases/{case.public_id}/next/")
    assert answer.headers["Location"] == case.get_absolute_url()


def test_other_answers_stand_on_the_page_of_the_approval(cast):
    case = making.proposed_case(cast)
    assert not {"return_filing", "refuse_filing"} & set(places(cast.deputy, case))
    case = making.mined(cast, making.filed_case(cast), value="200000")
    case = making.weighed_decision(cast, case, items=(making.MINERALS,))
    assert places(cast.deputy, case)["approve_decision"] == LEAD
