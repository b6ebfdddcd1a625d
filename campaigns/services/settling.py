"""What a report, the verdict on it, or paper does to the duty it answers; meetings: `meetings.py`."""

from datetime import datetime

from django.utils import timezone

from accounts.services import clocks, deeds
from campaigns.acts import ANSWER_DUTY, MISS_DUTY, SETTLE_DUTY, STAND_AGAIN
from campaigns.models import Duty, DutyState
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
        miss_older(duty, at)
    deeds.check_landing(duty, ANSWER_DUTY, was)


def report(duty: Duty, now: datetime, **values: datetime) -> None:
    """Set a duty to 已报送 at `now`; the first time counts for lateness."""
    duty.state, duty.closed_at = DutyState.SUBMITTED, now
    duty.submitted_at = duty.submitted_at or now
    for name, value in values.items():
        setattr(duty, name, value)
    duty.version += 1
    duty.save()


def miss_older(duty: Duty, now: datetime) -> None:
    """Older ones of the same rule that are still open are missed for good (漏报)."""
    Duty.objects.filter(
        rule_id=duty.rule_id, agency_id=duty.agency_id, due_at__lt=duty.due_at, state__in=OWED
    ).update(state=MISS_DUTY.landing, closed_at=now)


def settle_answer(duty: Duty, accepted: bool, again_by: datetime | None = None) -> None:
    """接收 closes a duty; 退回 opens it again until `again_by`, and reminding begins again."""
    was = duty.state
    duty.state = DutyState.ACCEPTED if accepted else DutyState.RETURNED
    if not accepted:
        duty.closed_at = duty.remind_at = None
        duty.again_by = again_by or again_from(duty, timezone.now())
    duty.version += 1
    deeds.check_landing(duty, SETTLE_DUTY, was)
    duty.save()


def again_from(duty: Duty, now: datetime) -> datetime:
    """Until when what comes back now is wanted, if nobody says: the next workday at the hour at which
    it was due, never before it was due at all."""
    hour = timezone.localtime(duty.due_at).time()
    day = clocks.calendar().add_workdays(timezone.localdate(now), 1)
    return max(duty.due_at, timezone.make_aware(datetime.combine(day, hour)))


def stand_again(duty: Duty, accepted: bool) -> None:
    """A later report came back, but an earlier one still answers the duty: it is as that one left it."""
    was = duty.state
    duty.state = DutyState.ACCEPTED if accepted else DutyState.SUBMITTED
    duty.version += 1
    deeds.check_landing(duty, STAND_AGAIN, was)
    duty.save()
