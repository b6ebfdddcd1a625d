"""Proving that no submission was changed: every digest is computed again from its rows."""

from accounts.models import TrailEntry
from ledgers.models import Submission, SubmissionRow
from ledgers.services.freezing import submission_digest

SUBMITTING = ("submit_ledger", "consolidate_ledger")


def check_submissions() -> tuple[int, str | None]:
    """(how many were checked, the first that doesn't hold or None).

    Finds changed, added and removed rows, a submission missing in the middle, and one missing at
    the end, for the trail holds the digest of each.
    """
    count, seat, last, previous = 0, None, 0, ""
    submissions = Submission.objects.order_by("campaign_id", "agency_id", "sequence")
    digests = set(submissions.values_list("digest", flat=True))
    for submission in submissions.iterator(chunk_size=500):
        if (submission.campaign_id, submission.agency_id) != seat:
            seat, last, previous = (submission.campaign_id, submission.agency_id), 0, ""
        rows = SubmissionRow.objects.filter(submission=submission).order_by("position")
        digest = submission_digest(submission, rows, previous)
        if digest != submission.digest or submission.sequence != last + 1:
            return count, name_of(submission)
        last, previous = submission.sequence, submission.digest
        count += 1
    recorded = TrailEntry.objects.filter(act__in=SUBMITTING).order_by("chain", "seq")
    for chain, changes in recorded.values_list("chain", "changes").iterator(chunk_size=500):
        digest, sequence = (changes.get(name, ("", ""))[1] for name in ("摘要", "期次"))
        if digest not in digests:
            return count, f"{chain} 第{sequence}期"
    return count, None


def name_of(submission: Submission) -> str:
    """How a broken submission is named."""
    return f"ledger:{submission.campaign_id}:{submission.agency_id} 第{submission.sequence}期"
