"""Where each act leads: every state its row names is reached, and no other can be."""

import pytest

from accounts.acts import LandedElsewhere
from accounts.models import local_today
from accounts.services import deeds
from accounts.services.signing import Signature
from cases.acts import ACTS, REFERRAL_ACTS
from cases.models import Case
from cases.services import (
    answers,
    closing,
    deciding,
    decision,
    filing,
    filing_again,
    flags,
    outcomes,
    referral,
    referral_again,
    reviewing,
    steps,
)
from tests.cases import making


def found(cast, **more):
    """A case under investigation with 820 tonnes of coal found."""
    return making.mined(cast, making.filed_case(cast, signed_on=making.ago(20), **more))


def decided_again(cast):
    """A case with one decision that stands and a second that waits."""
    return making.proposed_decision(cast, making.decided_case(cast), items=[making.MINERALS])


def record(cast, case):
    """A decision really issued."""
    said = decision.DecisionContent([making.FINE, making.MINERALS], scan=making.scan("决定书.pdf"))
    return decision.record_decision(
        by=cast.handler,
        case=case,
        number="交自然资罚字〔2026〕55号",
        decided_on=making.ago(1),
        content=said,
    )


def revoke(cast, case):
    """The first decision of a case, revoked."""
    first = case.decisions.filter(state="made").earliest("pk")
    return deciding.revoke_decision(
        by=cast.chief, case=case, decision=first, revoked_on=local_today(), reason="法院判决撤销"
    )


def closing_without_decision(cast):
    """A case whose closing was proposed while nothing was decided."""
    return closing.propose_closing(by=cast.handler, case=found(cast), ground="no_penalty", text="情节轻微")


def returned(cast, case):
    """The closing sent back."""
    return closing.return_closing(by=cast.deputy, case=case, opinion="补材料")


def mended(cast, case):
    """The decision sent back."""
    return deciding.return_decision(by=cast.deputy, case=case, opinion="补材料")


def unpassed(cast, case):
    """The decision that 法制 refused."""
    return reviewing.refuse_review(by=cast.legal, case=case, opinion="补材料")


def closed(cast):
    """A closed case."""
    return closing.approve_closing(by=cast.deputy, case=making.closing_case(cast))


NO = Signature(opinion="证据不足")


def drafted(cast):
    """A filing sent back."""
    return filing_again.return_filing(by=cast.deputy, case=making.proposed_case(cast), signature=NO)


def unsent(cast):
    """A referral sent back."""
    return referral_again.return_referral(
        by=cast.chief, referral=making.proposed_referral(cast), signature=NO
    )


def again(cast):
    """A referral reported anew."""
    one = unsent(cast)
    said = referral.ReferralProposal(one.to_agency, one.copied_to, one.crime, "补充后的报告")
    return referral_again.propose_referral_again(by=cast.handler, referral=one, proposal=said)


def received(cast):
    """A referral the police signed for."""
    return answers.receive_referral(
        by=cast.police, referral=making.sent_referral(cast), received_on=local_today(), receiver="郑公安"
    )


def police_filed(cast):
    """A referral the police filed."""
    return answers.record_police_filing(
        by=cast.police, referral=making.sent_referral(cast), answered_on=local_today()
    )


def given_back(cast, one=None):
    """A referral whose crime was dropped."""
    return outcomes.record_outcome(
        by=cast.police,
        referral=one or making.sent_referral(cast),
        outcome="dropped",
        outcome_on=local_today(),
    )


def with_them_again(cast, one=None):
    """The outcome was entered by mistake."""
    return outcomes.withdraw_outcome(by=cast.police, referral=given_back(cast, one), reason="写错了")


def taken_back(cast, service, case):
    """What waited for a leader, taken back."""
    return service(by=cast.handler, case=case, reason="写错了")


ON_CASES = {
    ("propose_filing", "proposed"): making.proposed_case,
    ("approve_filing", "investigation"): making.filed_case,
    ("refuse_filing", "refused"): lambda cast: filing.refuse_filing(
        by=cast.deputy, case=making.proposed_case(cast), signature=NO
    ),
    ("return_filing", "drafted"): drafted,
    ("withdraw_filing", "drafted"): lambda cast: steps.take_step(
        by=cast.handler, case=making.proposed_case(cast), act=ACTS.get("withdraw_filing"), reason="写错了"
    ),
    ("propose_filing_again", "proposed"): lambda cast: filing_again.propose_filing_again(
        by=cast.handler, case=drafted(cast), facts="采坑深三米"
    ),
    ("drop_filing", "dropped"): lambda cast: taken_back(cast, filing_again.drop_filing, drafted(cast)),
    ("propose_decision", "decision"): making.proposed_decision,
    ("approve_decision", "execution"): making.decided_case,
    ("return_decision", "investigation"): lambda cast: mended(cast, making.proposed_decision(cast)),
    ("return_decision", "execution"): lambda cast: mended(cast, decided_again(cast)),
    ("withdraw_decision", "investigation"): lambda cast: taken_back(
        cast, deciding.withdraw_decision, making.proposed_decision(cast)
    ),
    ("withdraw_decision", "execution"): lambda cast: taken_back(
        cast, deciding.withdraw_decision, decided_again(cast)
    ),
    ("refuse_review", "investigation"): lambda cast: unpassed(cast, making.proposed_decision(cast)),
    ("refuse_review", "execution"): lambda cast: unpassed(cast, decided_again(cast)),
    ("record_decision", "execution"): lambda cast: record(cast, found(cast)),
    ("record_decision", "closing"): lambda cast: record(cast, making.closing_case(cast)),
    ("record_decision", "closed"): lambda cast: record(cast, closed(cast)),
    ("revoke_decision", "investigation"): lambda cast: revoke(cast, making.decided_case(cast)),
    ("revoke_decision", "execution"): lambda cast: revoke(cast, record(cast, making.decided_case(cast))),
    ("propose_closing", "closing"): making.closing_case,
    ("approve_closing", "closed"): closed,
    ("return_closing", "investigation"): lambda cast: returned(cast, closing_without_decision(cast)),
    ("return_closing", "execution"): lambda cast: returned(cast, making.closing_case(cast)),
    ("withdraw_closing", "investigation"): lambda cast: taken_back(
        cast, closing.withdraw_closing, closing_without_decision(cast)
    ),
    ("withdraw_closing", "execution"): lambda cast: taken_back(
        cast, closing.withdraw_closing, making.closing_case(cast)
    ),
}
ON_REFERRALS = {
    ("approve_referral", "approved"): making.approved_referral,
    ("refuse_referral", "refused"): lambda cast: referral.refuse_referral(
        by=cast.chief, referral=making.proposed_referral(cast), signature=NO
    ),
    ("return_referral", "returned"): unsent,
    ("propose_referral_again", "proposed"): again,
    ("withdraw_referral", "withdrawn"): lambda cast: referral_again.withdraw_referral(
        by=cast.handler, referral=unsent(cast), reason="写错了"
    ),
    ("send_referral", "sent"): making.sent_referral,
    ("receive_referral", "received"): received,
    ("record_police_filing", "police_filed"): police_filed,
    ("decline_referral", "declined"): lambda cast: answers.decline_referral(
        by=cast.police,
        referral=making.sent_referral(cast),
        answered_on=local_today(),
        answer_reason="情节显著轻微",
    ),
    ("record_outcome", "given_back"): given_back,
    ("withdraw_outcome", "police_filed"): lambda cast: with_them_again(cast, police_filed(cast)),
    ("withdraw_outcome", "received"): lambda cast: with_them_again(cast, received(cast)),
    ("withdraw_outcome", "sent"): lambda cast: with_them_again(cast),
}


@pytest.mark.parametrize(("act", "state"), [*ON_CASES, *ON_REFERRALS], ids=lambda each: each)
def test_each_landing_is_reached(cast, act, state):
    reach = {**ON_CASES, **ON_REFERRALS}[act, state]
    assert reach(cast).state == state


@pytest.mark.parametrize(
    ("table", "reached"), [(ACTS, ON_CASES), (REFERRAL_ACTS, ON_REFERRALS)], ids=["case", "referral"]
)
def test_the_table_names_these_and_no_others(table, reached):
    named = {(act.name, str(state)) for act in (*table.others, *table.acts) for state in act.after}
    assert named == set(reached)


def test_a_service_that_lands_elsewhere_is_refused(cast):
    case = making.filed_case(cast)
    with pytest.raises(LandedElsewhere, match="approve_decision"):
        flags.save(deeds.lock(case), ACTS.get("approve_decision"), state="closed")
    assert Case.objects.get(pk=case.pk).state == "investigation"


def test_an_act_that_keeps_the_state_changes_none(cast):
    case = making.filed_case(cast)
    with pytest.raises(LandedElsewhere, match="no change"):
        flags.save(deeds.lock(case), ACTS.get("amend_case"), state="execution")


def test_no_state_changes_by_no_act(cast):
    sent = making.sent_referral(cast)
    with pytest.raises(LandedElsewhere, match="by no act"):
        deeds.save(deeds.lock(sent), state="police_filed")
