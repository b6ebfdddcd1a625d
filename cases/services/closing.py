"""结案: one of seven grounds (自然资源行政处罚办法 art 46), never past a referral that is due."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import clocks, deeds, signing, trail
from accounts.services.signing import IN_SYSTEM, Signature
from cases.acts import ACTS
from cases.models import Case, Closing
from cases.services import flags, guards, papers
from cases.services.days import refuse_before
from cases.services.decision import resting_state
from common.errors import Refused


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
    hints = guards.refuse_closing(case, ground)
    if not text.strip():
        raise Refused("请写明处理结果和执行情况。")
    closing = Closing.objects.create(case=case, ground=ground, text=text, proposed_by=by)
    changes = flags.save(case, act, state=act.landing)
    changes |= {"结案理由": ("", str(closing)), **hints}
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
    hints = guards.refuse_closing(case, _waiting(case).ground)
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
        changes={**changes, **hints, **papers.signed_by(approval)},
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


@dataclass(frozen=True)
class ClosingCorrection:
    """How an old case was really closed: its ground (code), what came of it, on which day."""

    ground: str
    closed_on: date
    text: str = ""


@transaction.atomic
def correct_closing(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    reason: str,
    correction: ClosingCorrection,
) -> Case:
    """Enter or set right how a case was closed that nobody closed in the system (办法 art 46), as it was:
    what its ground asks for and the record lacks is flagged, not refused."""
    case = deeds.lock(case, version)
    act = ACTS.get("correct_closing")
    posting = ACTS.require(act.name, by, case)
    if not reason.strip():
        raise Refused("请写明更正的理由。")
    refuse_before("结案日期", correction.closed_on, case.filed_on)
    closing = case.closings.filter(approved=True).first()
    closing = closing or Closing(case=case, proposed_by=by, approved=True, entered=True)
    changes = deeds.save(closing, ground=correction.ground, text=correction.text.strip())
    changes |= flags.save(case, closed_on=correction.closed_on)
    if not changes:
        raise Refused("没有改动，不必提交。")
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        changes=changes,
        reason=reason.strip(),
        happened_on=correction.closed_on,
    )
    return case


def _answer(case: Case, *, approved: bool, withdrawn_at: datetime | None = None) -> None:
    closing = _waiting(case)
    closing.approved, closing.withdrawn_at = approved, withdrawn_at
    closing.save(update_fields=["approved", "withdrawn_at"])


def _waiting(case: Case) -> Closing:
    """The closing that waits for an answer; Refused if there is none."""
    closing = case.closings.filter(approved=None).first()
    if closing is None:
        raise Refused("没有待批的结案，请刷新页面查看最新状态。")
    return closing
