"""The prefecture's answer to a submission, in the system or on paper (线下接收)."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User, local_today
from accounts.services import deeds, files, trail
from campaigns.models import DutyState
from campaigns.services.handing_in import accept_paper
from campaigns.services.settling import again_from
from campaigns.services.together import beside
from common.errors import Refused
from ledgers.acts import SUBMISSION_ACTS
from ledgers.models import PaperReport, Submission, Verdict
from ledgers.services.settling import answered_by, settle_verdict
from reminders.services import messages, outbox


@transaction.atomic
def accept_submission(*, by: User, submission: Submission, version: int | str | None = None) -> Submission:
    """Accept a county's ledger (接收), and the paper that waits beside it."""
    submission = _answer("accept_submission", by, submission, accepted=True)
    for paper in beside(submission.duty, DutyState.SUBMITTED):
        if paper.papers.exists():
            accept_paper(by=by, duty=paper)
    return submission


@transaction.atomic
def return_submission(
    *,
    by: User,
    submission: Submission,
    reason: str,
    again_by: datetime | None = None,
    version: int | str | None = None,
    now: datetime | None = None,
) -> Submission:
    """Send a county's ledger back, with the reasons (退回); the correction is a new submission, wanted
    by `again_by`, the next workday if not told."""
    if not reason.strip():
        raise Refused("请写明退回理由，县里据此更正。")
    now = now or timezone.now()
    if again_by and again_by <= now:
        raise Refused("重报截止时间要晚于现在，请核对。")
    duty = answered_by(submission).first()
    again_by = again_by or (again_from(duty, now) if duty else None)
    return _answer("return_submission", by, submission, False, reason.strip(), again_by)


def _answer(
    act: str,
    by: User,
    submission: Submission,
    accepted: bool,
    reason: str = "",
    again_by: datetime | None = None,
) -> Submission:
    submission = deeds.lock(submission)
    posting = SUBMISSION_ACTS.require(act, by, submission)
    if submission.corrections.exclude(verdicts__accepted=False).exists():
        raise Refused("县里已报送更正，请办理更正后的那一期。")
    if accepted and submission.proxy_id and submission.filled_by_id == by.pk:
        raise Refused("这一期由您代录填报，接收须由另一人办理。")
    was = submission.state
    Verdict.objects.create(
        submission=submission, accepted=accepted, reason=reason, by=by, happened_on=local_today()
    )
    deeds.check_landing(submission, SUBMISSION_ACTS.get(act), was)
    settle_verdict(submission=submission, accepted=accepted, again_by=again_by)
    word = "接收" if accepted else "退回"
    trail.record(
        by=by,
        posting=posting,
        act=SUBMISSION_ACTS.get(act),
        thing=submission,
        changes={"状态": ("已报送", f"已{word}")},
        reason=reason,
        chain=chain_of(submission),
        happened_on=local_today(),
    )
    outbox.owe(
        recipients={submission.filled_by, submission.checked_by},
        meaning=f"submission:{submission.pk}:answered",
        kind="ledger",
        title=f"第{submission.sequence}期台账已被市级{word}{_until(submission)}",
        url=submission.get_absolute_url(),
    )
    return submission


def _until(submission: Submission) -> str:
    """By when what came back is wanted again."""
    duty = answered_by(submission).filter(state=DutyState.RETURNED).first()
    return f"，请于{messages.moment(duty.wanted_by)}前重报" if duty else ""


@transaction.atomic
def record_paper_report(
    *,
    by: User,
    submission: Submission,
    sent_at: datetime,
    scan: UploadedFile,
    version: int | str | None = None,
    now: datetime | None = None,
) -> Submission:
    """线下报送: the stamped scan that went to a prefecture outside the system, and when."""
    submission = deeds.lock(submission)
    posting = SUBMISSION_ACTS.require("record_paper_report", by, submission)
    refuse_online(submission)
    if sent_at > (now or timezone.now()):
        raise Refused("报出时间不能晚于现在，请核对。")
    if PaperReport.objects.filter(submission=submission).exists():
        raise Refused("这一期的线下报送已经登记过，不必重复登记。")
    stored = files.store(by=by, upload=scan, agency=submission.agency)
    PaperReport.objects.create(submission=submission, sent_at=sent_at, scan=stored, recorded_by=by)
    trail.record(
        by=by,
        posting=posting,
        act=SUBMISSION_ACTS.get("record_paper_report"),
        thing=submission,
        changes={"报出时间": ("", sent_at), "盖章扫描件": ("", stored.sha256)},
        chain=chain_of(submission),
        happened_on=timezone.localtime(sent_at).date(),
    )
    return submission


@transaction.atomic
def record_paper_answer(
    *,
    by: User,
    submission: Submission,
    accepted: bool,
    happened_on: date,
    reason: str = "",
    scan: UploadedFile | None = None,
    version: int | str | None = None,
) -> Submission:
    """线下接收: what a prefecture outside the system answered on paper, and on which day."""
    submission = deeds.lock(submission)
    posting = SUBMISSION_ACTS.require("record_paper_answer", by, submission)
    refuse_online(submission)
    if happened_on > local_today():
        raise Refused("市级答复日期不能晚于今天，请核对。")
    if not accepted and not reason.strip():
        raise Refused("请填写退回理由。")
    if scan is None:
        raise Refused("请上传市级答复的扫描件。")
    stored = files.store(by=by, upload=scan, agency=submission.agency)
    was = submission.state
    Verdict.objects.create(
        submission=submission,
        accepted=accepted,
        reason=reason.strip(),
        by=by,
        on_paper=True,
        happened_on=happened_on,
        scan=stored,
    )
    act = SUBMISSION_ACTS.get("record_paper_answer")
    deeds.check_landing(submission, act, was)
    settle_verdict(submission=submission, accepted=accepted)
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=submission,
        changes={"市级答复": ("", "接收" if accepted else "退回"), "扫描件": ("", stored.sha256)},
        reason=reason.strip(),
        chain=chain_of(submission),
        happened_on=happened_on,
    )
    return submission


def is_offline(submission: Submission) -> bool:
    """Whether the office above doesn't use the system, so that paper goes up and comes back."""
    above = submission.agency.parent
    return above is None or not above.uses_system


def refuse_online(submission: Submission) -> None:
    """Refuse paper where the office above answers in the system."""
    if not is_offline(submission):
        raise Refused(f"{submission.agency.parent}使用本系统，请在系统内报送和接收。")


def chain_of(submission: Submission) -> str:
    """Answers stand in the ledger's own chain."""
    return f"ledger:{submission.campaign_id}:{submission.agency_id}"
