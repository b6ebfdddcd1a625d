"""What a report, the verdict on it, or paper does to the duty it answers."""

from datetime import datetime

from accounts.models import Agency
from accounts.services import deeds
from campaigns.acts import ANSWER_DUTY, MEET_DUTY, MISS_DUTY, SETTLE_DUTY
from campaigns.models import Campaign, Duty, DutyState
from campaigns.stages import OWED


def answer_duty(*, duty: Duty, at: datetime, correction: bool = False) -> None:
    """What a duty asks for came in; part of the deed that received it.

    A correction goes on with a duty that was answered before. Otherwise older ones of the same
    rule that are still open are missed for good (漏报).
    """
    was = duty.state
    if correction:
        report(duty, at)
    else:
        report(duty, at, answered_at=at)
        _miss_older(duty, at)
    deeds.check_landing(duty, ANSWER_DUTY, was)


def report(duty: Duty, now: datetime, **values: datetime) -> None:
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
    ).update(state=MISS_DUTY.landing, closed_at=now)


def settle_answer(duty: Duty, accepted: bool) -> None:
    """接收 closes a duty; 退回 opens it again, and reminding begins anew."""
    was = duty.state
    duty.state = DutyState.ACCEPTED if accepted else DutyState.RETURNED
    if not accepted:
        duty.closed_at = duty.remind_at = None
    duty.version += 1
    deeds.check_landing(duty, SETTLE_DUTY, was)
    duty.save()


def meet(*, campaign: Campaign | int, agency: Agency, what: str, topic: str, now: datetime) -> Duty | None:
    """A meeting was held, a document filed: the earliest such duty that is owed is met."""
    duty = (
        Duty.objects.select_for_update(of=("self",))
        .filter(campaign=campaign, agency=agency, what=what, rule__topic=topic, state__in=OWED)
        .order_by("due_at")
        .first()
    )
    if duty is None:
        return None
    was = duty.state
    report(duty, now)
    settle_answer(duty, accepted=True)
    deeds.check_landing(duty, MEET_DUTY, was)
    return duty
