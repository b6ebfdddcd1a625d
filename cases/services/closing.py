"""结案: one of seven grounds (自然资源行政处罚办法 art 46), never past a referral that is due."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import clocks, deeds, signing, trail
from accounts.services.signing import IN_SYSTEM, Signature
from cases.acts import ACTS
from cases.models import Case, CaseState, Closing, CompletionKind
from cases.services import dues, flags, papers
from cases.services.completion import completed
from cases.services.decision import resting_state
from common.errors import Refused
from common.quantities import show_money

EXECUTED, RESTORE = "executed", "restore_land"
NEED_DECISION = {EXECUTED, "execution_ended", "enforcement_applied"}


@transaction.atomic
def propose_closing(
    *, by: User, case: Case, version: int | str | None = None, ground: str, text: str
) -> Case:
    """Propose to close; refused while a referral is due or stands half way (以罚代移).

    310号令 arts 5 and 11: what must be referred is referred, or the chief's refusal stands on
    record with its reason; a fine replaces neither.
    """
    case = deeds.lock(case, version)
    flags.refresh(case)  # two years may have passed since the last deed
    act = ACTS.get("propose_closing")
    posting = ACTS.require(act.name, by, case)
    if ground in NEED_DECISION and resting_state(case) != CaseState.EXECUTION:
        raise Refused("没有作出处罚决定的，不能以执行方面的理由结案，请另选结案理由。")
    _refuse_unexecuted(case, ground)
    if not text.strip():
        raise Refused("请写明处理结果和执行情况。")
    closing = Closing.objects.create(case=case, ground=ground, text=text, proposed_by=by)
    changes = flags.save(case, act, state=act.landing)
    changes["结案理由"] = ("", str(closing))
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes, reason=text)
    return case


@transaction.atomic
def approve_closing(
    *, by: User, case: Case, version: int | str | None = None, signature: Signature = IN_SYSTEM
) -> Case:
    """Approve, in the system or on paper; every clock of the case ends."""
    case = deeds.lock(case, version)
    flags.refresh(case)
    act = ACTS.get("approve_closing")
    posting = ACTS.require(act.name, by, case)
    for closing in case.closings.filter(approved=None):
        _refuse_unexecuted(case, closing.ground)
    approval = signing.sign(by=by, posting=posting, act=act, thing=case, agreed=True, signature=signature)
    _answer(case, approved=True)
    changes = flags.save(case, act, state=act.landing, closed_on=approval.signed_on)
    papers.keep_signed_paper(case=case, approval=approval, stage="closing", kind="结案呈批表（签批）")
    clocks.meet_all(thing=case)
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        reason=signature.opinion,
        happened_on=approval.signed_on,
        changes={**changes, **papers.signed_by(approval)},
    )
    return case


@transaction.atomic
def return_closing(*, by: User, case: Case, version: int | str | None = None, opinion: str) -> Case:
    """Send the proposal back with the reason."""
    case = deeds.lock(case, version)
    act = ACTS.get("return_closing")
    posting = ACTS.require(act.name, by, case)
    if not opinion.strip():
        raise Refused("退回的，请写明理由。")
    signing.sign(
        by=by, posting=posting, act=act, thing=case, agreed=False, signature=Signature(opinion=opinion)
    )
    _answer(case, approved=False)
    changes = flags.save(case, act, state=resting_state(case))
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes, reason=opinion)
    return case


@transaction.atomic
def withdraw_closing(*, by: User, case: Case, version: int | str | None = None, reason: str) -> Case:
    """Who proposed it takes it back before a leader has answered."""
    case = deeds.lock(case, version)
    act = ACTS.get("withdraw_closing")
    posting = ACTS.require(act.name, by, case)
    if not reason.strip():
        raise Refused("请写明撤回的原因。")
    _answer(case, approved=False, withdrawn_at=timezone.now())
    changes = flags.save(case, act, state=resting_state(case))
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes, reason=reason.strip())
    return case


def _refuse_unexecuted(case: Case, ground: str) -> None:
    """执行完毕 (办法 art 46): all is paid, and what was ordered restored was found complete."""
    if ground != EXECUTED:
        return
    if left := dues.outstanding(case):
        raise Refused(
            f"还有{show_money(left)}元没有缴清，不能以“执行完毕”结案。请先记录缴纳，或者另选结案理由。",
            (("缴清罚没款", "decisions"),),
        )
    ordered = any(RESTORE in decision.orders for decision in dues.standing_decisions(case))
    if ordered and not completed(case, CompletionKind.RESTORATION):
        raise Refused(
            "责令恢复原状的，还没有验收为已完成，不能以“执行完毕”结案。请先记录验收，或者另选结案理由。",
            (("恢复原状的验收", "execution"),),
        )


def _answer(case: Case, *, approved: bool, withdrawn_at: datetime | None = None) -> None:
    closing = case.closings.filter(approved=None).first()
    if closing is None:
        raise Refused("没有待批的结案，请刷新页面查看最新状态。")
    closing.approved, closing.withdrawn_at = approved, withdrawn_at
    closing.save(update_fields=["approved", "withdrawn_at"])
