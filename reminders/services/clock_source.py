"""The clocks of all things as a due source."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from accounts.models import Clock
from reminders.due_sources import Due
from reminders.services.row_source import DueRowSource


def _clock_as_due(clock: Clock) -> Due:
    return Due(
        kind="clock",
        pk=clock.pk,
        label=clock.label,
        agency_id=clock.agency_id,
        due_at=clock.due_at,
        url=clock.url,
        by_hours=clock.by_hours,
        subject=(clock.subject_kind, clock.subject_id),
        looked_at=clock.reminded_at,
    )


def _why_clock_closed(clock: Clock) -> str:
    if clock.met_at:
        return f"已于{timezone.localtime(clock.met_at):%Y-%m-%d %H:%M}办结"
    return f"已于{clock.suspended_on}中止" if clock.suspended_on else ""


def _when_clock_closed(clock: Clock) -> datetime:
    if clock.met_at:
        return clock.met_at
    return timezone.make_aware(
        datetime.combine(clock.suspended_on, datetime.max.time().replace(microsecond=0))
    )


CLOCKS = DueRowSource(
    kind="clock",
    model=Clock,
    is_open=Q(met_at=None, suspended_on=None),
    due_of=_clock_as_due,
    why_closed=_why_clock_closed,
    closed_at=_when_clock_closed,
)
