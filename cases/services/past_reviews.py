"""历史案卷回头看: take a file in, look at its cases, a few hundred at a time, let it go after 90 days.

A small file is done at once. A large one is done in the background: each batch is a transaction
of its own, so that it may be killed at any point, run twice or at once, and go on from there.
"""

import logging
import tempfile
from collections import Counter
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.acts import Act
from accounts.models import Agency, Posting, User, local_today
from accounts.services import trail
from cases.acts import EXPORT_PAST, REVIEW_PAST
from cases.assessing import figures_in_force
from cases.models import FileKind, Outcome, PastCase, PastFinding, PastReview, ReviewState
from cases.models.past_review import KEPT_DAYS
from cases.sheets import past_cases
from cases.sheets.past_cases import Given
from cases.signals import past_review_waits
from common.errors import Forbidden, Refused
from law.facts import Facts
from law.figures import Figures
from law.findings import Finding, assess
from law.reading import BadInput
from law.shipped import calendar
from reminders import slices
from reminders.models import Notice

AT_ONCE = 100
BATCH = 200
MEGABYTE = 1024 * 1024
logger = logging.getLogger(__name__)


@transaction.atomic
def start_review(
    *, by: User, upload: UploadedFile, as_of: date | None = None, version: int | str | None = None
) -> PastReview:
    """Take a file of past cases in; a small one is looked at at once, a large one in the background.

    Raises Refused with a sentence where no case can be read.
    """
    posting = _posting(by, REVIEW_PAST)
    kind, read = _read(upload)
    agency = posting.agency
    review = PastReview.objects.create(
        agency=agency,
        made_by=by,
        file_name=_name(upload),
        kind=kind,
        as_of=as_of or local_today(),
        total=len(read),
        expires_on=local_today() + timedelta(days=KEPT_DAYS),
    )
    PastCase.objects.bulk_create(
        [_case(review, place, each, agency) for place, each in enumerate(read, 1)], batch_size=500
    )
    trail.record(
        by=by,
        posting=posting,
        act=REVIEW_PAST,
        thing=review,
        changes={"文件": ("", review.file_name), "案件": ("", len(read)), "核对基准日": ("", review.as_of)},
    )
    if len(read) <= AT_ONCE:
        look_at_some(key=review.pk, now=timezone.now())
        review.refresh_from_db()
    else:
        transaction.on_commit(partial(past_review_waits.send, sender=PastReview, key=review.pk))
    return review


def _posting(by: User, act: Act) -> Posting:
    """The first post that may; Forbidden where there is none."""
    held = [post for post in by.current_postings if post.role in act.roles]
    if not held:
        raise Forbidden(
            f"{act.label}由承办人、大队长、法制审核、单位负责人、市级审核、统计管理员办理，您没有这个岗位。"
        )
    return held[0]


def _name(upload: UploadedFile) -> str:
    return str(past_cases.kept(Path(str(upload.name)).name, ""))[-200:]


def _read(upload: UploadedFile) -> tuple[str, list[Given]]:
    """Kind and cases of an upload. The file itself is not kept."""
    if upload.size > settings.WORKBOOK_MAX_BYTES:
        limit = settings.WORKBOOK_MAX_BYTES // MEGABYTE
        raise Refused(f"文件超过 {limit} MB，请分成几份上传。")
    ending = Path(str(upload.name)).suffix.lower()
    if ending in (".xls", ".xlsm", ".et"):
        raise Refused(f"{ending} 文件读不了，请在 Excel 或 WPS 中另存为 .xlsx 后再上传。")
    is_register = ending == ".xlsx"
    with tempfile.NamedTemporaryFile(suffix=".xlsx" if is_register else ".json") as draft:
        for chunk in upload.chunks():
            draft.write(chunk)
        draft.flush()
        read = past_cases.read_register if is_register else past_cases.read_lines
        try:
            return FileKind.REGISTER if is_register else FileKind.LINES, read(Path(draft.name))
        except BadInput as wrong:
            raise Refused(str(wrong)) from None


def _case(review: PastReview, place: int, given: Given, agency: Agency) -> PastCase:
    """A register row without a county lies in the county of the office that hands it in."""
    if review.kind == FileKind.REGISTER and agency.region.level == "county":
        for row in given.rows:
            if not row["cells"].get("county"):
                row["cells"]["county"] = agency.region_id
    return PastCase(review=review, position=place, number=given.number, given=given.rows)


def carry_on(*, key: int, until: datetime) -> bool:
    """Look at cases of a review until a moment; whether there are more."""
    return slices.carry_on(lambda: look_at_some(key=key, now=timezone.now()), until)


@transaction.atomic
def look_at_some(*, key: int, now: datetime) -> bool:
    """Look at the next batch of a review and write what was found; whether there are more."""
    review = PastReview.objects.select_for_update().filter(pk=key).first()
    if review is None or review.state == ReviewState.DONE:
        return False
    batch = list(review.cases.filter(outcome="").order_by("position")[:BATCH])
    figures = figures_in_force()
    findings = [finding for case in batch for finding in _look(review, case, figures)]
    PastCase.objects.bulk_update(
        batch, ["outcome", "faults", "given", "county", "county_name", "law_day"], batch_size=100
    )
    PastFinding.objects.bulk_create(findings, batch_size=500)
    review.done = F("done") + len(batch)
    review.unread = F("unread") + sum(case.outcome == Outcome.UNREAD for case in batch)
    review.with_findings = F("with_findings") + sum(
        case.outcome not in (Outcome.UNREAD, Outcome.CLEAR) for case in batch
    )
    _count(review, batch, findings)
    more = review.cases.filter(outcome="").exists()
    review.state, review.looked_at = ReviewState.RUNNING if more else ReviewState.DONE, now
    review.save()
    if not more and review.total > AT_ONCE:
        _tell(review)
    return more


def _count(review: PastReview, batch: list[PastCase], findings: list[PastFinding]) -> None:
    """Add a batch to what the page says of the whole file."""
    shown = Counter(code for code, _ in {(each.code, each.case_id) for each in findings})
    review.counts = dict(Counter(review.counts) + shown)
    named = {case.county: case.county_name for case in batch if case.county}
    review.counties = dict(sorted((review.counties | named).items()))


def _tell(review: PastReview) -> None:
    """Who had to wait is told; the line names no party."""
    Notice.objects.get_or_create(
        key=f"past-review:{review.pk}",
        defaults={
            "recipient": review.made_by,
            "kind": "past_review",
            "title": f"历史案卷回头看已核对完，共 {review.total} 件",
            "url": reverse("cases:past_review", args=[review.public_id]),
        },
    )


def _look(review: PastReview, case: PastCase, figures: Figures) -> list[PastFinding]:
    """Hold one case against the law: its outcome, and what was found."""
    facts, case.faults = past_cases.facts_of(review.kind, case.given, review.as_of)
    case.county, case.county_name = past_cases.county_of(facts, case.given)
    findings = _assessed(facts, case, figures) if facts else []
    if facts:
        case.law_day = facts.acts_ended or facts.as_of
    case.given = []
    if case.outcome != Outcome.UNREAD:
        case.outcome = Outcome.UNREAD if facts is None else str(findings[0].level) if findings else "clear"
    return [
        PastFinding(
            case=case,
            review=review,
            position=place,
            code=each.code,
            level=str(each.level),
            because=each.because,
            article=each.article,
        )
        for place, each in enumerate(findings, 1)
    ]


def _assessed(facts: Facts, case: PastCase, figures: Figures) -> list[Finding]:
    """The findings, worst first; what nobody foresaw is said of this one case, and stops no other."""
    try:
        return assess(facts, figures, calendar())
    except Exception:
        logger.exception("past case %s can't be assessed", case.pk)
        case.outcome = Outcome.UNREAD
        row = case.given[0]
        sentence = "这一件核对时出了错，没有结果。请联系系统管理员。"
        case.faults = [
            {"sheet": row["sheet"], "row": row["row"], "column": "", "value": "", "reason": sentence}
        ]
        return []


@transaction.atomic
def note_export(*, by: User, review: PastReview, count: int) -> None:
    """A result went out as a workbook of so many rows."""
    posting = _posting(by, EXPORT_PAST)
    trail.record(by=by, posting=posting, act=EXPORT_PAST, thing=review, changes={"行数": ("", count)})


def tend(now: datetime) -> int:
    """Before each sweep: ring again for what stands still, drop what has expired. Makes nothing due."""
    PastReview.objects.filter(expires_on__lt=timezone.localdate(now)).delete()
    stalled = Q(state__in=[ReviewState.WAITING, ReviewState.RUNNING], looked_at__lt=now - slices.STALLED)
    for key in PastReview.objects.filter(stalled).values_list("pk", flat=True):
        past_review_waits.send(sender=PastReview, key=key)
    return 0
