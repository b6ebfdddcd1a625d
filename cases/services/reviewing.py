"""法制审核 and 集体讨论 of a decision that waits, and how each is taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import Approval, User
from accounts.services import deeds, signing, trail
from accounts.services.signing import IN_SYSTEM, Signature
from cases.acts import ACTS, DECISION_ACTS
from cases.models import Case, Decision, DecisionState, Discussion, LegalReview
from cases.services import flags, papers
from cases.services.days import refuse_before
from cases.services.deciding import waiting
from cases.services.decision import resting_state
from cases.services.execution import take_back
from cases.services.weighed import refuse_alone
from common.errors import Refused


@dataclass(frozen=True)
class DiscussionEntry:
    """What those in charge discussed: on which day, who (names), whether they agreed, in which words."""

    happened_on: date
    attendees: str
    agreed: bool
    conclusion: str
    minutes_number: str = ""
    files: Iterable[UploadedFile] = ()


@transaction.atomic
def review_decision(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    qualification: str = "",
    signature: Signature = IN_SYSTEM,
) -> Case:
    """Pass the decision that waits (行政处罚法 art 58), in the system or on paper."""
    case = deeds.lock(case, version)
    act = ACTS.get("review_decision")
    posting = ACTS.require(act.name, by, case)
    decision = waiting(case)
    if not qualification.strip():
        raise Refused("请写明审核人的法律职业资格。")
    if any(each.stands for each in decision.reviews.all()):
        raise Refused("法制审核已通过，请刷新页面。")
    approval = signing.sign(by=by, posting=posting, act=act, thing=case, agreed=True, signature=signature)
    review = _keep(decision, approval, qualification.strip())
    papers.keep_signed_paper(case=case, approval=approval, stage="decision", kind="法制审核意见书（签字）")
    changes = flags.save(case)
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        changes={**changes, "法制审核": ("", str(review)), **papers.signed_by(approval)},
        reason=signature.opinion,
        happened_on=approval.signed_on,
    )
    return case


@transaction.atomic
def refuse_review(*, by: User, case: Case, version: int | str | None = None, opinion: str) -> Case:
    """Refuse the decision that waits: it goes back to its handler and is not made."""
    case = deeds.lock(case, version)
    act = ACTS.get("refuse_review")
    posting = ACTS.require(act.name, by, case)
    if not opinion.strip():
        raise Refused("审核不通过的，请写明理由。")
    decision = waiting(case)
    signature = Signature(opinion=opinion)
    approval = signing.sign(by=by, posting=posting, act=act, thing=case, agreed=False, signature=signature)
    review = _keep(decision, approval)
    deeds.save(decision, DECISION_ACTS.get(act.name), state=DecisionState.RETURNED)
    changes = flags.save(case, act, state=resting_state(case))
    changes |= {"法制审核": ("", str(review))}
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes, reason=opinion)
    return case


def _keep(decision: Decision, approval: Approval, qualification: str = "") -> LegalReview:
    signer = approval.signer
    return LegalReview.objects.create(
        decision=decision,
        approval=approval,
        passed=approval.agreed,
        reviewer=signer.name,
        qualification=qualification,
        reviewed_on=approval.signed_on,
        opinion=approval.opinion,
    )


@transaction.atomic
def withdraw_review(*, by: User, case: Case, version: int | str | None = None, reason: str) -> Case:
    """Take back a review while the decision waits: it must be given again."""
    case = deeds.lock(case, version)
    posting = ACTS.require("withdraw_review", by, case)
    review = next(each for each in waiting(case).reviews.all() if each.stands)
    take_back(review, reason)
    changes = {**flags.save(case), "法制审核": (str(review), "撤回")}
    act = ACTS.get("withdraw_review")
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes, reason=reason)
    return case


@transaction.atomic
def record_discussion(
    *, by: User, case: Case, version: int | str | None = None, entry: DiscussionEntry
) -> Case:
    """Record 集体讨论 of the decision that waits, with its minutes (行政处罚法 art 57②)."""
    case = deeds.lock(case, version)
    act = ACTS.get("record_discussion")
    posting = ACTS.require(act.name, by, case)
    refuse_before("讨论日期", entry.happened_on, case.filed_on)
    _check(entry)
    row = Discussion.objects.create(
        decision=waiting(case),
        happened_on=entry.happened_on,
        attendees=entry.attendees.strip(),
        agreed=entry.agreed,
        conclusion=entry.conclusion.strip(),
        minutes_number=entry.minutes_number.strip(),
        recorded_by=by,
    )
    papers.attach(by=by, case=case, uploads=entry.files, stage="decision", kind="集体讨论记录")
    changes = flags.save(case)
    changes |= {
        "集体讨论": ("", str(row)),
        "参加人员": ("", row.attendees),
        "会议纪要": ("", row.minutes_number),
    }
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        changes=changes,
        reason=row.conclusion,
        happened_on=row.happened_on,
    )
    return case


def _check(entry: DiscussionEntry) -> None:
    refuse_alone(entry.attendees)
    if not entry.conclusion.strip():
        raise Refused("请写明讨论结论。")
    if not entry.minutes_number.strip() and not entry.files:
        raise Refused("请上传集体讨论记录，或者填写会议纪要文号。")


@transaction.atomic
def withdraw_discussion(
    *, by: User, case: Case, version: int | str | None = None, discussion: Discussion, reason: str
) -> Case:
    """Take back a discussion entered by mistake, with the reason."""
    case = deeds.lock(case, version)
    posting = ACTS.require("withdraw_discussion", by, case)
    row = Discussion.objects.select_for_update(of=("self",)).get(pk=discussion.pk)
    if row.decision_id != waiting(case).pk:
        raise Refused("这次讨论不属于待批的处罚决定，请刷新页面。")
    take_back(row, reason)
    changes = {**flags.save(case), "集体讨论": (str(row), "撤回")}
    act = ACTS.get("withdraw_discussion")
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes, reason=reason)
    return case
