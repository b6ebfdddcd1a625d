"""What a report, an answer to it, or paper does to the duties it answers."""

from datetime import datetime

from ledgers.models import Duty, DutyState, Submission
from ledgers.models.duty import OWED
from ledgers.services.duties import most_likely, owed_by


def settle(*, ledger, submission: Submission, duty: Duty | None = None) -> Duty | None:
    """A ledger was submitted: the duty it answers is reported; None where nothing was owed.

    A correction goes on with the duty of what it corrects. Otherwise `duty`, or the most
    likely one; older ones of the same rule that are still open are missed for good (漏报).
    """
    now = submission.submitted_at
    if submission.corrects_id:
        before = Duty.objects.select_for_update().filter(submission_id=submission.corrects_id)
        answered = list(before)
    else:
        owed = owed_by(ledger, now)
        chosen = duty or most_likely(owed, now)
        answered = [one for one in owed if chosen and one.pk == chosen.pk]
    for one in answered:
        report(one, now, submission=submission)
    if answered and not submission.corrects_id:
        _miss_older(answered[0], now)
    return answered[0] if answered else None


def report(duty: Duty, now: datetime, **values) -> None:
    """Set a duty to 已报送 at `now`; the first time counts for lateness."""
    duty.state, duty.closed_at = DutyState.SUBMITTED, now
    duty.submitted_at = duty.submitted_at or now
    for name, value in values.items():
        setattr(duty, name, value)
    duty.version += 1
    duty.save()


def _miss_older(duty: Duty, now: datetime) -> None:
    Duty.objects.filter(
        rule_id=duty.rule_id, agency_id=duty.agency_id, due_at__lt=duty.due_at, state__in=OWED
    ).update(state=DutyState.MISSED, closed_at=now)


def answer(*, submission: Submission, accepted: bool) -> None:
    """The prefecture accepted a report, or returned it: then its duty is owed again."""
    for duty in Duty.objects.select_for_update().filter(submission=submission):
        settle_answer(duty, accepted)


def settle_answer(duty: Duty, accepted: bool) -> None:
    """接收 closes a duty; 退回 opens it again, and reminding begins anew."""
    duty.state = DutyState.ACCEPTED if accepted else DutyState.RETURNED
    if not accepted:
        duty.closed_at = duty.remind_at = None
    duty.version += 1
    duty.save()


def meet(*, campaign, agency, what: str, topic: str, now: datetime) -> Duty | None:
    """A meeting was held, a document filed: the earliest such duty that is owed is met."""
    duty = (
        Duty.objects.select_for_update(of=("self",))
        .filter(campaign=campaign, agency=agency, what=what, rule__topic=topic, state__in=OWED)
        .order_by("due_at")
        .first()
    )
    if duty is None:
        return None
    report(duty, now)
    settle_answer(duty, accepted=True)
    return duty
