"""Which duty a submission answers, and what becomes of the duty."""

from datetime import datetime

from django.db.models import QuerySet

from campaigns.models import Duty
from campaigns.services.periods import Periods, is_due, period_of
from campaigns.services.receiving import Receipt, credit_receipt
from campaigns.services.settling import answer_duty, settle_answer, stand_again
from campaigns.stages import OWED
from ledgers.models import CountyLedger, Submission
from ledgers.stages import ACCEPTED


def duty_for(
    *, ledger: CountyLedger, at: datetime, corrects: Submission | None, asked: Duty | None = None
) -> Duty | None:
    """The duty that a submission of `at` answers; None where nothing is owed.

    A correction goes on with the duty of what it corrects. Otherwise it is the one `asked` for,
    if that is owed, or the most likely one; where the period that runs is met already, its duty. A
    correction of what answered none makes up for what is due by today, for nothing ahead.
    """
    periods = period_of(ledger, at)
    chosen = next((duty for duty in periods.owed if asked and duty.pk == asked.pk), None)
    return chosen if chosen and not corrects else aimed_at(corrects, periods)


def aimed_at(corrects: Submission | None, periods: Periods) -> Duty | None:
    """The same with the periods at hand, see `duty_for`."""
    if corrects and corrects.duty_id:
        return corrects.duty
    likely = periods.likely
    if corrects:
        return likely if likely and is_due(likely, periods.now) else None
    return likely or periods.met


def wanted(corrects: Submission | None, periods: Periods) -> Duty | None:
    """The duty for which the next report is still owed, with a time to count down to."""
    duty = aimed_at(corrects, periods)
    if corrects and corrects.duty_id:
        return duty if duty.state in OWED else None
    return None if duty is periods.met else duty


def settle(submission: Submission) -> None:
    """A ledger was submitted: the duty it answers is reported."""
    if submission.duty_id is None:
        return
    duty = Duty.objects.select_for_update().get(pk=submission.duty_id)
    submission.duty, first = duty, duty.answered_at is None
    answer_duty(duty=duty, at=submission.submitted_at, correction=not first)
    if submission.proxy and first:
        _credit(submission)


def _credit(submission: Submission) -> None:
    """What the office above entered late may have been received in time."""
    proxy = submission.proxy
    receipt = Receipt(
        received_at=proxy.received_at,
        paper=proxy.paper,
        way=proxy.way,
        entered_by=submission.filled_by,
        checked_by=submission.checked_by,
    )
    credit_receipt(submission.duty, receipt, submission.submitted_at)


def settle_verdict(*, submission: Submission, accepted: bool, again_by: datetime | None = None) -> None:
    """The prefecture accepted a report, or returned it: then its duty is owed again, until `again_by`.

    Nothing happens where a later submission answers the duty; where an earlier one still does, what
    came back leaves it as that one stands.
    """
    for duty in answered_by(submission, Duty.objects.select_for_update()):
        standing = None if accepted else standing_for(submission)
        if standing:
            stand_again(duty, standing.state == ACCEPTED.state)
        else:
            settle_answer(duty, accepted, again_by)


def answered_by(submission: Submission, duties: QuerySet | None = None) -> QuerySet:
    """The duty that this very submission answers, as rows; none where a later one took its place."""
    later = Submission.objects.filter(duty_id=submission.duty_id, pk__gt=submission.pk)
    duties = Duty.objects.all() if duties is None else duties
    taken = later.exclude(verdicts__accepted=False).exists()
    return duties.none() if taken else duties.filter(pk=submission.duty_id)


def standing_for(submission: Submission) -> Submission | None:
    """The report that answers the duty if this one is returned: the last one before it that wasn't."""
    if submission.duty_id is None:
        return None
    others = Submission.objects.filter(duty_id=submission.duty_id, pk__lt=submission.pk)
    return others.exclude(verdicts__accepted=False).order_by("-pk").first()
