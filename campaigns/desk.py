"""What a person's offices owe next; for the first line of 工作台."""

from accounts import roles
from campaigns.models import Duty
from campaigns.stages import OWED


def next_duty(user, now) -> Duty | None:
    """What the person's offices owe next, by due time; for the first line of 工作台."""
    held = [p.agency_id for p in user.current_postings if p.role in (roles.LIAISON, roles.CHECKER)]
    return Duty.objects.filter(agency_id__in=held, state__in=OWED).order_by("due_at").first()
