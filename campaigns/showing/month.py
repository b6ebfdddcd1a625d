"""A month of what falls due: the user's own things, and for the offices above the rounds below them."""

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import UPPER
from accounts.services import clocks
from campaigns.models import Duty
from campaigns.stages import ON_BOARD, OWED
from reminders.services.agenda import agenda_of

WEEKS = Calendar(firstweekday=0)
LONG_AGO = timedelta(days=365)


@dataclass(frozen=True)
class Item:
    """One line of a day: when, what, where it leads, and whether it is over its time."""

    at: datetime
    label: str
    url: str
    over: bool = False
    done: bool = False


def month_page(user, first: date, now: datetime) -> dict:
    """The context of campaigns/duties/calendar.html for the month that begins on `first`."""
    weeks = WEEKS.monthdatescalendar(first.year, first.month)
    start, end = _midnight(weeks[0][0]), _midnight(weeks[-1][-1] + timedelta(days=1))
    items = defaultdict(list)
    for item in [*_own(user, start, end, now), *_rounds(user, start, end, now)]:
        items[timezone.localdate(item.at)].append(item)
    days, today = clocks.calendar(), timezone.localdate(now)
    return {
        "first": first,
        "earlier": (first - timedelta(days=1)).replace(day=1),
        "later": (first + timedelta(days=31)).replace(day=1),
        "weeks": [
            [
                {
                    "day": day,
                    "inside": day.month == first.month,
                    "today": day == today,
                    "off": not days.is_workday(day),
                    "make_up": day in days.work,
                    "items": sorted(items[day], key=lambda item: item.at),
                }
                for day in week
            ]
            for week in weeks
        ],
        "overdue": _own(user, now - LONG_AGO, now, now),
        "now": now,
    }


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _own(user, start, end, now) -> list[Item]:
    return [
        Item(due.due_at, due.label, due.url, due.due_at <= now) for due in agenda_of(user, start, end, now)
    ]


def _rounds(user, start, end, now) -> list[Item]:
    """For the offices above: each round of a rule once, with how many still owe."""
    if not user.holds(*UPPER):
        return []
    rows = (
        Duty.objects.visible_to(user)
        .filter(due_at__gte=start, due_at__lt=end, state__in=ON_BOARD)
        .values("rule__public_id", "name", "day", "due_at")
        .annotate(all=Count("pk"), owed=Count("pk", filter=Q(state__in=OWED)))
        .order_by("due_at")
    )
    return [
        Item(
            row["due_at"],
            f"{row['name']} 应报{row['all']}，未报{row['owed']}",
            reverse("campaigns:board", args=[row["rule__public_id"]]) + f"?day={row['day']}",
            bool(row["owed"]) and row["due_at"] <= now,
            not row["owed"],
        )
        for row in rows
    ]
