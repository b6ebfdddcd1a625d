"""Which duty a submission answers, and what becomes of the duty."""

from datetime import datetime

from django.db.models import QuerySet

from campaigns.models import Duty
from campaigns.services.duties import most_likely, owed_by
from campaigns.services.settling import answer_duty, settle_answer
from ledgers.models import CountyLedger, Submission


def duty_for(
    *, ledger: CountyLedger, at: datetime, corrects: Submission | None, asked: Duty | None = None
) -> Duty | None:
    """The duty that a submission of `at` answers; None where nothing is owed.

    A correction goes on with the duty of what it corrects. Otherwise it is the one `asked` for,
    if that is owed, or the most likely one.
    """
    if corrects:
        return Duty.objects.select_for_update().filter(pk=corrects.duty_id).first()
    owed = owed_by(ledger, at)
    chosen = asked or most_likely(owed, at)
    return next((duty for duty in owed if chosen and duty.pk == chosen.pk), None)


def settle(submission: Submission) -> None:
    """A ledger was submitted: the duty it answers is reported."""
    if submission.duty:
        correction = submission.corrects_id is not None
        answer_duty(duty=submission.duty, at=submission.submitted_at, correction=correction)


def settle_verdict(*, submission: Submission, accepted: bool) -> None:
    """The prefecture accepted a report, or returned it: then its duty is owed again.

    Nothing happens where a later submission answers the duty.
    """
    for duty in answered_by(submission, Duty.objects.select_for_update()):
        settle_answer(duty, accepted)


def answered_by(submission: Submission, duties: QuerySet | None = None) -> QuerySet:
    """The duty that this very submission answers, as rows; none where a later one took its place."""
    later = Submission.objects.filter(duty_id=submission.duty_id, pk__gt=submission.pk)
    duties = Duty.objects.all() if duties is None else duties
    return duties.none() if later.exists() else duties.filter(pk=submission.duty_id)
