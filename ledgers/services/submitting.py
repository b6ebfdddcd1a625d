"""Preparing and submitting: what is reported is frozen in one transaction with its digest."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.models import User, local_today
from accounts.services import deeds, trail
from accounts.services.people import holders
from campaigns.models import Duty
from campaigns.services.arriving import tell_arrival
from campaigns.services.handing_in import hand_in
from common.errors import Refused
from ledgers.acts import LEDGER_ACTS
from ledgers.models import CountyLedger, Submission, SubmissionRow
from ledgers.services.checking import Work, refuse_own, work_of
from ledgers.services.freezing import kept_digest, sums_of_kept
from ledgers.services.import_locking import refuse_while_written
from ledgers.services.keeping import keep, record
from ledgers.services.moment import one_moment
from ledgers.services.movement import REASONS
from ledgers.services.opening import Opening, opening_of
from ledgers.services.police_half import confirmation_of
from ledgers.services.proxies import proxy_for, tell_county, who_checks
from ledgers.services.refreshing import take_over
from ledgers.services.setting_aside import why_not_reported
from ledgers.services.settling import duty_for, settle
from ledgers.signals import rows_wait
from reminders.services import outbox

# Paper handed in with a ledger: the duty that asks for it, and the file.
Papers = tuple[tuple[Duty, UploadedFile], ...]


@transaction.atomic
def prepare_ledger(
    *,
    by: User,
    ledger: CountyLedger,
    data_as_of: date | None = None,
    correction: str = "",
    papers: Papers = (),
    version: int | str | None = None,
    now: datetime | None = None,
) -> CountyLedger:
    """The liaison says that the ledger is filled in up to a day (数据截止), and when (填报时间).

    `correction` says what was corrected: then it corrects the last submission, as after a 退回 it
    always does. `papers` is handed in along with it.
    """
    ledger, now = deeds.lock(ledger, version), now or timezone.now()
    posting = LEDGER_ACTS.require("prepare_ledger", by, ledger)
    refuse_while_written(ledger, "提交核对")
    data_as_of, correction = data_as_of or local_today(), correction.strip()
    opening = opening_of(ledger, now, correct=bool(correction))
    if correction and not opening.corrects:
        raise Refused("还没有报送过台账，没有可以更正的。")
    _refuse(opening, data_as_of, correction)
    values = {"prepared_as_of": data_as_of, "prepared_correction": correction}
    changes = deeds.save(ledger, prepared_by=by, prepared_at=now, **values)
    trail.record(
        by=by,
        posting=posting,
        act=LEDGER_ACTS.get("prepare_ledger"),
        thing=ledger,
        changes=changes,
        happened_on=data_as_of,
    )
    _hand_in(by, papers, now)
    outbox.owe(
        recipients=who_checks(ledger),
        meaning=f"ledger:{ledger.pk}:{ledger.version}:prepared",
        kind="ledger",
        title=f"{opening.duty or '台账'}待核对，数据截止{data_as_of}",
        url=ledger.get_absolute_url(),
    )
    return ledger


@dataclass(frozen=True)
class Report:
    """What is said when a ledger is reported; blank where the liaison's preparation says it.

    `explanations` maps entry key → column → {"reason", "note"} for each figure that fell.
    `correction` says what was corrected of the last submission. A period without any change is
    reported as nil. `duty` is what it answers, the most likely one if not told; `papers` is handed
    in along with it.
    """

    filled_by: User | None = None
    data_as_of: date | None = None
    explanations: dict[str, dict] = field(default_factory=dict)
    nil_report: bool = False
    correction: str = ""
    duty: Duty | None = None
    papers: Papers = ()


def submit_ledger(
    *,
    by: User,
    ledger: CountyLedger,
    report: Report = Report(),
    version: int | str | None = None,
    now: datetime | None = None,
) -> Submission:
    """Submit: freeze the rows with form version, three times, reasons and digest.

    Possible only when every row was checked as it stands.
    """

    def deed() -> Submission:
        return _submit(by, deeds.lock(ledger, version), report, now or timezone.now())

    return one_moment(deed)


def _submit(by: User, ledger: CountyLedger, report: Report, now: datetime) -> Submission:
    posting = LEDGER_ACTS.require("submit_ledger", by, ledger)
    refuse_own(by, ledger, "submit_ledger")
    refuse_while_written(ledger, "报送")
    report = _completed(by, ledger, report)
    _refuse(opening_of(ledger, now, bool(report.correction)), report.data_as_of, report.correction)
    work = work_of(ledger, as_of=report.data_as_of, correct=bool(report.correction))
    _refuse_undrawn(work)
    _refuse_unchecked(work)
    _refuse_nil(work, report.nil_report)
    reasons = _reasons(work, report.explanations)
    submission = _drafted(by, ledger, report, work, now)
    submission.explanations, submission.proxy = reasons, proxy_for(ledger, posting)
    rows = work.rows.frozen(submission)
    _refuse_overtaken(work, rows)
    keep(submission, work.form, rows, work.rows.sums, work.moved(reasons))
    take_over(submission)
    transaction.on_commit(partial(rows_wait.send, sender=Submission, key=submission.campaign_id))
    act = LEDGER_ACTS.get("submit_ledger")
    cleared = {"prepared_by": None, "prepared_at": None, "prepared_as_of": None}
    deeds.save(ledger, act, **cleared, prepared_correction="")
    settle(submission)
    _hand_in(by, report.papers, now)
    record(by, posting, "submit_ledger", ledger, submission, submission.duty)
    tell_prefecture(submission)
    tell_county(submission)
    return submission


def _refuse_overtaken(work: Work, rows: list[SubmissionRow]) -> None:
    """Checks, sums and rows are read one after the other: what somebody typed in between stops the report,
    so that it holds what was checked and adds up to what it says."""
    held = {row.entry_key: kept_digest(work.form, row.values, row.marks.get("remark")) for row in rows}
    if held != work.digests or sums_of_kept(work.form, (row.values for row in rows)) != work.rows.sums:
        raise Refused("报送时台账又有变动，没有报送。请刷新页面，核对后再报。")


def _completed(by: User, ledger: CountyLedger, report: Report) -> Report:
    """The report with what the liaison prepared where nothing else was given."""
    data_as_of = report.data_as_of or ledger.prepared_as_of
    filled_by = report.filled_by or ledger.prepared_by
    if data_as_of is None or filled_by is None:
        raise Refused("联络员还没有提交核对，请先由联络员在台账页提交核对。")
    if filled_by == by:
        raise Refused("填报人和审核人不能是同一人，请选择另一名填报人。")
    correction = report.correction or ledger.prepared_correction
    return replace(report, data_as_of=data_as_of, filled_by=filled_by, correction=correction)


def _drafted(by: User, ledger: CountyLedger, report: Report, work: Work, now: datetime) -> Submission:
    submission = Submission(
        campaign=ledger.campaign,
        agency=ledger.agency,
        corrects=work.corrects,
        previous=work.previous,
        duty=duty_for(ledger=ledger, at=now, corrects=work.corrects, asked=report.duty),
        data_as_of=report.data_as_of,
        filled_at=ledger.prepared_at or now,
        submitted_at=now,
        filled_by=report.filled_by,
        checked_by=by,
        nil_report=report.nil_report,
        correction=report.correction,
    )
    if confirmation := confirmation_of(ledger, work.rows):
        submission.police_confirmed_by = confirmation.by
        submission.police_confirmed_at = confirmation.at
    return submission


def tell_prefecture(submission: Submission) -> None:
    """Let the reviewers above know that a ledger came in."""
    above = submission.agency.parent
    if above is None or not above.uses_system:
        return
    people, url = holders(above, roles.PREFECTURE), submission.get_absolute_url()
    title = f"{submission.agency.region.name}台账第{submission.sequence}期已报送，待接收"
    meaning = f"submission:{submission.pk}:in"
    if submission.duty:
        tell_arrival(duty=submission.duty, people=people, meaning=meaning, title=title, url=url)
    else:
        outbox.owe(recipients=people, meaning=meaning, kind="ledger", title=title, url=url)


def _refuse(opening: Opening, data_as_of: date, correction: str) -> None:
    """Refuse what would be no report of its own, and a correction that doesn't say what it corrects."""
    if sentence := opening.why_not(data_as_of):
        raise Refused(sentence)
    if opening.corrects and not correction:
        raise Refused(f"第{opening.last.sequence}期被退回，请联络员写明更正了什么，重新提交核对。")


def _hand_in(by: User, papers: Papers, now: datetime) -> None:
    for duty, upload in papers:
        hand_in(by=by, duty=duty, upload=upload, now=now)


def _refuse_undrawn(work: Work) -> None:
    if sentence := why_not_reported(work.rows.set_aside):
        raise Refused(sentence)


def _refuse_unchecked(work: Work) -> None:
    if not work.is_checked:
        left = len(work.changed) + len(work.rest)
        raise Refused(f"还有{left}行没有核对，请先在核对页确认后再报送。")


def _refuse_nil(work: Work, nil_report: bool) -> None:
    if work.is_unchanged and not nil_report and not work.corrects:
        raise Refused("与上期相比没有新增和变化。确认无误的，请勾选“零报告”后报送。")
    if nil_report and not work.is_unchanged:
        raise Refused("台账与上期相比有变化，不能按零报告报送。请取消勾选“零报告”。")


def _reasons(work: Work, given: dict[str, dict]) -> dict:
    """Every fall with its coded reason; Refused where one is missing."""
    reasons: dict = {}
    missing = []
    for fall in work.movement.falls:
        given_reason = given.get(fall.key, {}).get(fall.column) or {"reason": fall.reason, "note": ""}
        if given_reason["reason"] not in REASONS:
            missing.append(f"{fall.party}的{fall.label}")
        reasons.setdefault(fall.key, {})[fall.column] = {
            "reason": given_reason["reason"],
            "note": given_reason.get("note", ""),
        }
    if missing:
        raise Refused(f"数据比上期减少，须逐项选择原因：{'、'.join(missing[:5])}。")
    for key, columns in given.items():
        for column, explanation in columns.items():
            if explanation.get("reason") in REASONS:
                reasons.setdefault(key, {}).setdefault(column, explanation)
    return reasons
