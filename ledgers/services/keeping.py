"""Keeping a report permanently: numbered, chained to the digest of the one before, recorded in the trail."""

from accounts.models import Posting, User
from accounts.services import trail
from campaigns.models import Duty
from common.errors import Refused
from common.spans import lateness
from ledgers.acts import LEDGER_ACTS
from ledgers.fields.kinds import exact_text
from ledgers.layouts import Layout
from ledgers.models import CountyLedger, Submission, SubmissionRow
from ledgers.services.freezing import kept_figures, submission_digest, sums_to_keep
from ledgers.services.movement import Movement
from ledgers.services.sums import Sums

BATCH = 500


def keep(
    submission: Submission,
    form: Layout,
    frozen: list[SubmissionRow],
    sums: Sums,
    moved: Movement,
    **more: dict,
) -> None:
    """Write a submission and its rows, numbered after the last one and chained to its digest.

    `more` is kept with the totals.
    """
    if not moved.holds:
        raise Refused("上期累计、本期新增、更正与本期累计对不上，请联系系统管理员核查。")
    last = (
        Submission.objects.filter(campaign_id=submission.campaign_id, agency_id=submission.agency_id)
        .order_by("-sequence")
        .first()
    )
    submission.sequence = last.sequence + 1 if last else 1
    submission.form_code, submission.form_version = form.code, form.version
    submission.totals = frozen_totals(sums, moved) | more
    submission.digest = submission_digest(submission, frozen, last.digest if last else "")
    submission.save(force_insert=True)
    for row in frozen:
        row.submission = submission
    SubmissionRow.objects.bulk_create(frozen, batch_size=BATCH)


def frozen_totals(sums: Sums, moved: Movement) -> dict:
    """合计, 小计 and the three figures of every column, as they are kept."""
    return {
        "now": kept_figures({column.key: column.now for column in moved.columns}),
        "counties": sums_to_keep(sums),
        "movement": {
            column.key: [
                exact_text(value) if value is not None else None
                for value in (column.before, column.added, column.corrected, column.now)
            ]
            for column in moved.columns
        },
    }


def record(
    by: User,
    posting: Posting,
    act: str,
    ledger: CountyLedger,
    submission: Submission,
    duty: Duty | None = None,
) -> None:
    """The trail line of a submission, with its digest and the duty that it answers."""
    changes = {"期次": ("", submission.sequence), "摘要": ("", submission.digest)}
    if submission.proxy:
        changes["代录"] = ("", str(submission.proxy.office))
    if duty:
        late = duty.late_by(submission.submitted_at)
        changes["报送任务"] = ("", f"{duty}{'，迟报' + lateness(late) if late else ''}")
    trail.record(
        by=by,
        posting=posting,
        act=LEDGER_ACTS.get(act),
        thing=ledger,
        changes=changes,
        happened_on=submission.data_as_of,
    )
