"""处罚决定 before a leader: approved, returned, later revoked; in the system or on paper."""

from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.services import deeds, signing, trail
from accounts.services.signing import IN_SYSTEM, Signature
from cases.acts import ACTS, DECISION_ACTS
from cases.models import Case, Decision, DecisionState
from cases.services import flags, guards, papers, paying
from cases.services.days import refuse_before
from cases.services.decision import issue_number, resting_state, start_clocks
from cases.services.dues import standing
from cases.services.weighed import refuse_before_weighed
from common.errors import Refused


@transaction.atomic
def approve_decision(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    number: str = "",
    decided_on: date | None = None,
    signature: Signature = IN_SYSTEM,
) -> Case:
    """Approve the decision that waits; it gets its number and day (that of the signature if none)."""
    case = deeds.lock(case, version)
    flags.refresh(case)
    act = ACTS.get("approve_decision")
    posting = ACTS.require(act.name, by, case)
    decision = waiting(case)
    hints = guards.refuse_decision(case, decision, "请退回承办人修改。")
    approval = signing.sign(by=by, posting=posting, act=act, thing=case, agreed=True, signature=signature)
    decided_on = decided_on or approval.signed_on
    refuse_before("决定日期", decided_on, case.filed_on)
    refuse_before_weighed(decision, decided_on)
    deeds.save(
        decision,
        DECISION_ACTS.get(act.name),
        state=DecisionState.MADE,
        number=issue_number(case, decided_on, number),
        decided_on=decided_on,
    )
    changes = flags.save(case, act, state=act.landing)
    papers.keep_signed_paper(case=case, approval=approval, stage="decision", kind="决定呈批表（签批）")
    start_clocks(case, decision)
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        changes={**changes, "决定书文号": ("", decision.number), **hints, **papers.signed_by(approval)},
        reason=signature.opinion,
        happened_on=decided_on,
    )
    return case


@transaction.atomic
def return_decision(*, by: User, case: Case, version: int | str | None = None, opinion: str) -> Case:
    """Send the proposal back with what is to be mended."""
    case = deeds.lock(case, version)
    act = ACTS.get("return_decision")
    posting = ACTS.require(act.name, by, case)
    if not opinion.strip():
        raise Refused("退回的，请写明需要修改的内容。")
    decision = waiting(case)
    signing.sign(
        by=by, posting=posting, act=act, thing=case, agreed=False, signature=Signature(opinion=opinion)
    )
    deeds.save(decision, DECISION_ACTS.get(act.name), state=DecisionState.RETURNED)
    changes = flags.save(case, act, state=resting_state(case))
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes, reason=opinion)
    return case


@transaction.atomic
def withdraw_decision(*, by: User, case: Case, version: int | str | None = None, reason: str) -> Case:
    """Who proposed it takes it back before a leader has answered."""
    case = deeds.lock(case, version)
    act = ACTS.get("withdraw_decision")
    posting = ACTS.require(act.name, by, case)
    if not reason.strip():
        raise Refused("请写明撤回的原因。")
    decision = waiting(case)
    deeds.save(decision, DECISION_ACTS.get(act.name), state=DecisionState.WITHDRAWN)
    changes = flags.save(case, act, state=resting_state(case))
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes, reason=reason.strip())
    return case


@transaction.atomic
def revoke_decision(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    decision: Decision,
    revoked_on: date,
    reason: str,
    signature: Signature = IN_SYSTEM,
) -> Case:
    """Revoke a decision with its reason; it stays in the file and counts no more."""
    case = deeds.lock(case, version)
    act = ACTS.get("revoke_decision")
    posting = ACTS.require(act.name, by, case)
    decision = standing(case, decision)
    refuse_before("撤销日期", revoked_on, decision.decided_on)
    if not reason.strip():
        raise Refused("请写明撤销理由。")
    approval = signing.sign(by=by, posting=posting, act=act, thing=case, agreed=True, signature=signature)
    deeds.save(
        decision,
        DECISION_ACTS.get(act.name),
        state=DecisionState.REVOKED,
        revoked_on=revoked_on,
        revoked_reason=reason.strip(),
    )
    papers.keep_signed_paper(case=case, approval=approval, stage="decision", kind="撤销呈批表（签批）")
    changes = flags.save(case, act, state=resting_state(case), closed_on=None)
    paying.settle(case)
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        changes={**changes, "撤销": ("", decision.number), **papers.signed_by(approval)},
        reason=reason,
        happened_on=revoked_on,
    )
    return case


def waiting(case: Case) -> Decision:
    """The decision that waits for approval; Refused if there is none."""
    decision = case.decisions.filter(state=DecisionState.PROPOSED).first()
    if decision is None:
        raise Refused("没有待批的处罚决定，请刷新页面查看最新状态。")
    return decision
