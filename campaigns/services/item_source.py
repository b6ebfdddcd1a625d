"""What a meeting agreed on, with its day, as the reminder engine asks for it."""

from datetime import datetime

from django.db.models import Q

from accounts import roles
from campaigns.models import MeetingItem
from reminders.due_sources import Due
from reminders.services.day_source import DaySource, end_of


def _as_due(item: MeetingItem) -> Due:
    return Due(
        kind="meeting_item",
        pk=item.pk,
        label="会议议定事项",
        agency_id=item.row.agency_id,
        due_at=end_of(item.due_on),
        url=item.get_absolute_url(),
        desk=(roles.LIAISON, roles.POLICE),
    )


def _why_closed(item: MeetingItem) -> str:
    if item.row.struck_on:
        return "会议已作废"
    return f"已于{item.done_on}办结" if item.done_on else ""


def _closed_at(item: MeetingItem) -> datetime:
    return item.row.changed_at


MEETING_ITEMS = DaySource(
    kind="meeting_item",
    model=MeetingItem,
    is_open=Q(done_on=None, row__struck_on=None),
    day="due_on",
    agency="row__agency_id",
    reads=("row",),
    due_of=_as_due,
    why_closed=_why_closed,
    closed_at=_closed_at,
)
