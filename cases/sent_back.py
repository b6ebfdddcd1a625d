"""What a leader sent back or its proposer took back, as the next proposal of it begins."""

from accounts.models import Approval
from cases.forms.corrections import stands
from cases.models import Case, DecisionState, Referral, ReferralState

REPORTED = ("crime", "to_agency", "copied_to", "report")


def warnings_of(thing, *acts: str) -> list[dict]:
    """Why it was last sent back by one of these acts, for the head of the form."""
    rows = Approval.objects.filter(subject_kind=thing._meta.label_lower, subject_id=thing.pk, act__in=acts)
    last = rows.select_related("signer").order_by("-pk").first()
    return [{"text": f"{last.signer.name} {last.signed_on} 退回：{last.opinion}"}] if last else []


def decision_of(case: Case) -> tuple[dict, list[dict]]:
    """(initial values, warnings) of 呈批处罚决定."""
    last = case.decisions.prefetch_related("items").first()
    if last is None or last.state not in (DecisionState.RETURNED, DecisionState.WITHDRAWN):
        return {}, []
    again = stands(last)
    if last.state != DecisionState.RETURNED:
        return again, []
    return again, warnings_of(case, "return_decision", "refuse_review")


def closing_of(case: Case) -> tuple[dict, list[dict]]:
    """The same of 呈批结案."""
    last = case.closings.first()
    if last is None or last.approved is not False:
        return {}, []
    again = {"ground": last.ground, "text": last.text}
    return again, [] if last.withdrawn_at else warnings_of(case, "return_closing")


def reported(referral: Referral) -> dict:
    """What was reported, as the fields of the next report begin with it."""
    return {name: getattr(referral, name) for name in REPORTED}


def referral_of(case: Case) -> dict:
    """What was reported and taken back."""
    last = case.referrals.first()
    return reported(last) if last and last.state == ReferralState.WITHDRAWN else {}
