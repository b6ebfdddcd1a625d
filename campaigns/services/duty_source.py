"""Duties as the reminder engine asks for them."""

from django.db import models
from django.utils import timezone

from accounts import roles
from campaigns.models import Duty
from campaigns.stages import OWED, stage_of
from reminders.services.row_source import RowSource
from reminders.sources import Due

# Who prepares, who checks and submits, and the liaisons of other offices.
DESK = (roles.LIAISON, roles.CHECKER, roles.POLICE, roles.DEPARTMENT)


def _as_due(duty: Duty) -> Due:
    return Due(
        kind="duty",
        pk=duty.pk,
        label=duty.name,
        agency_id=duty.agency_id,
        due_at=duty.due_at,
        url=duty.get_absolute_url(),
        looked_at=duty.reminded_at,
        leads=tuple(duty.leads),
        desk=DESK,
        upper_id=duty.upper_id if duty.upper_id != duty.agency_id else None,
    )


def _why_closed(duty: Duty) -> str:
    at = f"{timezone.localtime(duty.submitted_at):%Y-%m-%d %H:%M}" if duty.submitted_at else ""
    return stage_of(duty.state).closed.format(at=at)


DUTIES = RowSource(
    kind="duty",
    model=Duty,
    is_open=models.Q(state__in=OWED),
    due_of=_as_due,
    why_closed=_why_closed,
    closed_at=lambda duty: duty.closed_at or duty.changed_at,
)
