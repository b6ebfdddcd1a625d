"""A person's calendar subscription (.ics): its address is the only key, kept as a hash alone."""

import hashlib
import secrets as randomness
from datetime import datetime, timedelta

from django.db import transaction
from icalendar import Calendar, Event

from accounts.models import User
from accounts.services import trail
from common.errors import Refused
from reminders.models import CalendarFeed
from reminders.services import messages
from reminders.services.agenda import agenda_of

BEFORE, AFTER = timedelta(days=30), timedelta(days=92)


@transaction.atomic
def make_feed(*, by: User) -> str:
    """A new secret for the user's own subscription; the one before it ends. It is shown this once."""
    token = randomness.token_urlsafe(24)
    CalendarFeed.objects.filter(person=by).delete()
    CalendarFeed.objects.create(person=by, token_hash=_hash(token))
    trail.record(by=by, act="make_feed", label="生成日历订阅地址", thing=by)
    return token


@transaction.atomic
def end_feed(*, by: User) -> None:
    """The subscription's address leads nowhere any more."""
    if not CalendarFeed.objects.filter(person=by).delete()[0]:
        raise Refused("没有日历订阅，不用停止。")
    trail.record(by=by, act="end_feed", label="停止日历订阅", thing=by)


def person_of(token: str) -> User | None:
    """Whose subscription this is; None for an unknown or ended one, or a person switched off."""
    feed = CalendarFeed.objects.filter(token_hash=_hash(token), person__is_active=True)
    row = feed.select_related("person").first()
    return row.person if row else None


def calendar_text(user: User, now: datetime) -> bytes:
    """The person's agenda as iCalendar: what kind, when, the link; no name and no content."""
    calendar = Calendar()
    calendar.add("prodid", "-//kuangantong//duties//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{messages.HOUSE}到期事项")
    for due in agenda_of(user, now - BEFORE, now + AFTER, now):
        event = Event()
        event.add("uid", f"{due.about}@kuangantong")
        event.add("dtstamp", now)
        event.add("dtstart", due.due_at)
        event.add("dtend", due.due_at)
        event.add("summary", f"{due.label} 截止")
        event.add("url", messages.link(due.url))
        calendar.add_component(event)
    return calendar.to_ical()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
