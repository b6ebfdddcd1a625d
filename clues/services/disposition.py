"""How a clue is settled: filing is the default (cases call it), anything else must say why."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.models import Approval, Posting, User
from accounts.services import clocks, deeds, grants, signing, trail
from accounts.services.people import holders
from clues.acts import ACTS, UNSEEN
from clues.models import Clue, ClueState, Disposition, Verification
from clues.services.conditions import (
    CONDITIONS,
    HANDOVER,
    MERGED,
    PENDING,
    answers_in_words,
    grounds_against,
    unanswered,
)
from clues.services.informants import guard_words
from clues.services.merging import lock_both, merge_locked
from clues.services.outcomes import Proposal, check_needs
from clues.services.telling import tell
from clues.services.verification import last_look
from clues.targets import Target
from clues.terms import LOOK_AGAIN
from common.errors import Refused


@transaction.atomic
def propose_disposition(
    *, by: User, clue: Clue, proposal: Proposal, version: int | str | None = None
) -> Clue:
    """Propose how to settle a clue without filing; a leader decides. Returns the clue.

    Filing is proposed through the case. What nobody looked at yet can only be handed over.
    Raises Refused with a sentence.
    """
    clue = deeds.lock(clue, version)
    posting = ACTS.require("propose_disposition", by, clue)
    if not proposal.reason.strip():
        raise Refused("不立案的处理都要充分说明理由，请填写理由说明。")
    guard_words(by, clue, proposal.reason, proposal.to_name)
    check_needs(clue, proposal)
    _check_grounds(proposal, last_look(clue))
    row = Disposition.objects.create(clue=clue, from_state=clue.state, proposed_by=by, **proposal.as_fields())
    act = ACTS.get("propose_disposition")
    changes = deeds.save(clue, act, state=act.landing)
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=clue,
        changes=changes | proposal_changes(row),
        reason=row.reason,
    )
    leaders = holders(clue.agency, *roles.LEADERS)
    tell(people=leaders, clue=clue, what="disposition_proposed", title="有线索处理意见待批")
    return clue


def _check_grounds(proposal: Proposal, look: Verification | None) -> None:
    asked = (proposal.outcome, proposal.conditions)
    if missing := unanswered(*asked, look):
        words = "；".join(CONDITIONS[code] for code in missing)
        raise Refused(f"五项立案条件须逐项回答，还没有回答：{words}。")
    for stop in grounds_against(*asked, proposal.reason_code, look):
        raise Refused(f"{stop.sentence}（{stop.article}）")


def proposal_changes(proposal: Disposition) -> dict:
    """What the trail says of a proposal."""
    shown = {
        "处理意见": proposal.get_outcome_display(),
        "立案条件": "；".join(answers_in_words(proposal.conditions)),
        "不予立案理由": proposal.get_reason_code_display() if proposal.reason_code else "",
        "移交单位": proposal.receiver,
        "再查日期": proposal.look_again_on,
        "并入": proposal.into or proposal.into_number,
    }
    return {label: ("", value) for label, value in shown.items() if value}


@transaction.atomic
def approve_disposition(
    *,
    by: User,
    clue: Clue,
    signature: signing.Signature = signing.IN_SYSTEM,
    version: int | str | None = None,
) -> Clue:
    """A leader agrees, here or on paper; what was proposed happens. Returns the clue."""
    clue, proposal, posting, approval = _decide(
        by, clue, "approve_disposition", version, agreed=True, signature=signature
    )
    _EFFECTS.get(proposal.outcome, _settle)(by, clue, proposal, posting, approval)
    tell(people=[proposal.proposed_by], clue=clue, what="disposition_approved", title="线索处理意见已批准")
    return clue


@transaction.atomic
def return_disposition(*, by: User, clue: Clue, reason: str, version: int | str | None = None) -> Clue:
    """A leader disagrees and says why; the clue goes back to be disposed of again."""
    if not reason.strip():
        raise Refused("请写明退回的理由。")
    signature = signing.Signature(reason.strip())
    clue, proposal, posting, _ = _decide(
        by, clue, "return_disposition", version, agreed=False, signature=signature
    )
    act = ACTS.get("return_disposition")
    changes = deeds.save(clue, act, state=before(proposal))
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=clue,
        changes=changes,
        reason=reason.strip(),
    )
    tell(people=[proposal.proposed_by], clue=clue, what="disposition_returned", title="线索处理意见被退回")
    return clue


@transaction.atomic
def withdraw_disposition(*, by: User, clue: Clue, reason: str, version: int | str | None = None) -> Clue:
    """Who proposed it takes it back before a leader has answered; the clue waits again."""
    clue, act = deeds.lock(clue, version), ACTS.get("withdraw_disposition")
    posting = ACTS.require(act.name, by, clue)
    if not reason.strip():
        raise Refused("请写明撤回的原因。")
    proposal = clue.dispositions.filter(approved=None).first()
    proposal.approved, proposal.withdrawn_at = False, timezone.now()
    proposal.save(update_fields=["approved", "withdrawn_at"])
    changes = deeds.save(clue, act, state=before(proposal))
    trail.record(by=by, posting=posting, act=act, thing=clue, changes=changes, reason=reason.strip())
    return clue


def before(proposal: Disposition) -> str:
    """Where a clue goes back to: what nobody looked at, to where it was proposed from."""
    return proposal.from_state if proposal.from_state in UNSEEN else ClueState.VERIFIED


def _decide(
    by: User,
    clue: Clue,
    act_name: str,
    version: int | str | None,
    *,
    agreed: bool,
    signature: signing.Signature,
) -> tuple[Clue, Disposition, Posting, Approval]:
    """Lock, ask the table, sign: what approving and returning share."""
    proposal = clue.dispositions.filter(approved=None).select_related("into").first()
    if proposal is not None and proposal.into is not None:
        clue, into = lock_both(clue, proposal.into, version)
        proposal.into = into
    else:
        clue = deeds.lock(clue, version)
    act = ACTS.get(act_name)
    posting = ACTS.require(act_name, by, clue)
    if proposal is None or not clue.dispositions.filter(pk=proposal.pk, approved=None).exists():
        raise Refused("没有待批的处理意见，请刷新页面查看最新状态。")
    approval = signing.sign(by=by, posting=posting, act=act, thing=clue, agreed=agreed, signature=signature)
    proposal.approved = agreed
    proposal.decided_at = timezone.now()
    proposal.approval = approval
    proposal.save(update_fields=["approved", "decided_at", "approval"])
    return clue, proposal, posting, approval


def _record_approval(
    by: User, clue: Clue, proposal: Disposition, posting: Posting, approval: Approval, changes: dict
) -> None:
    trail.record(
        by=by,
        posting=posting,
        act=ACTS.get("approve_disposition"),
        thing=clue,
        changes=changes | approval_changes(proposal, approval),
        reason=approval.opinion,
        happened_on=approval.signed_on,
    )


def approval_changes(proposal: Disposition, approval: Approval) -> dict:
    """Who signed what, and how."""
    changes = {
        "处理意见": ("", proposal.get_outcome_display()),
        "签批人": ("", approval.signer.name),
        "签批日期": ("", approval.signed_on),
    }
    if approval.on_paper:
        changes["签批方式"] = ("", "线下签批")
    return changes


def _settle(by: User, clue: Clue, proposal: Disposition, posting: Posting, approval: Approval) -> None:
    clocks.meet_all(thing=clue)
    changes = deeds.save(
        clue,
        ACTS.get("approve_disposition"),
        state=ClueState.SETTLED,
        outcome=proposal.outcome,
        look_again_on=None,
    )
    _record_approval(by, clue, proposal, posting, approval, changes)


def _hand_over(by: User, clue: Clue, proposal: Disposition, posting: Posting, approval: Approval) -> None:
    receiver = proposal.to_agency
    if receiver is not None:
        grants.give(by=by, posting=posting, thing=clue, agency=receiver, reason="线索移交")
    _settle(by, clue, proposal, posting, approval)
    if receiver is None:
        return
    people = holders(receiver, *roles.OUTSIDE)
    tell(people=people, clue=clue, what="clue_handed_over", title="有线索移交到本单位")


def _put_aside(by: User, clue: Clue, proposal: Disposition, posting: Posting, approval: Approval) -> None:
    day = proposal.look_again_on
    if day < approval.signed_on:
        raise Refused("再查日期早于签批日期，请退回重新提出。")
    changes = deeds.save(clue, ACTS.get("approve_disposition"), state=ClueState.PENDING, look_again_on=day)
    clocks.meet_all(thing=clue)
    clocks.start(term=LOOK_AGAIN, thing=clue, counted_from=day, url=clue.get_absolute_url())
    _record_approval(by, clue, proposal, posting, approval, changes)


def _merge(by: User, clue: Clue, proposal: Disposition, posting: Posting, approval: Approval) -> None:
    merge_locked(
        by=by,
        posting=posting,
        act=ACTS.get("approve_disposition"),
        clue=clue,
        into=proposal.into or Target(proposal.into_key, proposal.into_number, ""),
        reason=approval.opinion,
        outcome=MERGED,
    )


_EFFECTS: dict[str, Callable[..., None]] = {HANDOVER: _hand_over, PENDING: _put_aside, MERGED: _merge}
