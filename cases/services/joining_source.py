"""Requests to take part, as the reminder engine asks for them: the prefecture owes the answer."""

from datetime import datetime

from django.db.models import Q

from accounts import roles
from cases.models import Joining
from reminders.due_sources import Due
from reminders.services.day_source import DaySource, end_of


def _as_due(row: Joining) -> Due:
    return Due(
        kind="joining",
        pk=row.pk,
        label="答复报请参与",
        agency_id=row.to_agency_id,
        due_at=end_of(row.answer_due),
        url=row.case.get_absolute_url(),
        desk=(roles.PREFECTURE,),
    )


def _why_closed(row: Joining) -> str:
    if row.withdrawn_at:
        return "报请已撤回"
    return f"已于{row.answered_on}答复" if row.answered_at else ""


def _closed_at(row: Joining) -> datetime:
    return row.withdrawn_at or row.answered_at


JOININGS = DaySource(
    kind="joining",
    model=Joining,
    is_open=Q(answered_at=None, withdrawn_at=None),
    day="answer_due",
    agency="to_agency_id",
    reads=("case",),
    due_of=_as_due,
    why_closed=_why_closed,
    closed_at=_closed_at,
)
