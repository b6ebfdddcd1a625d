"""Duties as the reminder engine asks for them."""

from datetime import date, datetime

from django.db import models
from django.utils import timezone

from accounts import roles
from campaigns.models import Duty, DutyState
from campaigns.stages import OWED, stage_of
from reminders.due_sources import Due
from reminders.services.row_source import FEW, DueRowSource

# Who prepares, who checks and submits, a township's reporter, and the liaisons of other offices.
DESK = (
    roles.LIAISON, roles.CHECKER, roles.REPORTER, roles.POLICE, roles.PROCURATOR, roles.DEPARTMENT,
)  # fmt: skip


ROUND = "round"
_DAYS = 10**8


def round_number(rule_id: int, day: date) -> int:
    """One number for a round: its rule, and its day behind it in eight digits."""
    return rule_id * _DAYS + int(f"{day:%Y%m%d}")


def round_of(number: int) -> tuple[int, date]:
    """The rule and the day of a round's number."""
    rule_id, day = divmod(number, _DAYS)
    return rule_id, date.fromisoformat(str(day))


def _as_due(duty: Duty) -> Due:
    """What came back has a time of its own and is told of by itself; the rest of a round together."""
    upper_id = duty.upper_id if duty.upper_id != duty.agency_id else None
    together = upper_id and duty.state != DutyState.RETURNED
    return Due(
        kind="duty",
        pk=duty.pk,
        label=f"{duty.name}重报" if duty.state == DutyState.RETURNED else duty.name,
        agency_id=duty.agency_id,
        due_at=duty.wanted_by,
        url=duty.get_absolute_url(),
        looked_at=duty.reminded_at,
        leads=tuple(duty.leads),
        desk=DESK,
        upper_id=upper_id,
        gathered=f"{ROUND}:{round_number(duty.rule_id, duty.day)}" if together else "",
    )


def _why_closed(duty: Duty) -> str:
    at = f"{timezone.localtime(duty.submitted_at):%Y-%m-%d %H:%M}" if duty.submitted_at else ""
    return stage_of(duty.state).closed.format(at=at)


class _DutyRows(DueRowSource):
    """What came back is due at its own time."""

    def within(self, agency_ids: set[int], first: datetime, last: datetime) -> list[Due]:
        """Open duties of these agencies wanted from `first` up to `last`."""
        again = models.Case(
            models.When(state=DutyState.RETURNED, again_by__isnull=False, then="again_by"), default="due_at"
        )
        rows = Duty._base_manager.filter(self.is_open, agency_id__in=agency_ids).annotate(wanted=again)
        rows = rows.filter(wanted__gte=first, wanted__lt=last).order_by("wanted", "pk")
        return [self.due_of(row) for row in rows[:FEW]]


DUTIES = _DutyRows(
    kind="duty",
    model=Duty,
    is_open=models.Q(state__in=OWED),
    due_of=_as_due,
    why_closed=_why_closed,
    closed_at=lambda duty: duty.closed_at or duty.changed_at,
)
