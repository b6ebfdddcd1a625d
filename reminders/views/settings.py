"""提醒设置: how I am told, when, and who is told in my place."""

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone

from accounts.places import places
from reminders.models import PERSONAL, Absence, CalendarFeed, ChannelKind, ContactPoint
from reminders.services import contacts
from reminders.stages import BY_DAYS


def settings_page(request):
    """How I am reached, when I am away, and when reminders come."""
    user, now = request.user, timezone.now()
    points = {point.kind: point for point in ContactPoint.objects.filter(person=user)}
    mine = Absence.objects.filter(person=user, until__gt=now).select_related("deputy")
    page = {
        "places": places(user, "reminders:settings"),
        "ways": [_way(kind, points, contacts.open_kinds(user)) for kind in PERSONAL],
        "order": [points[kind] for kind in sorted(points, key=lambda kind: points[kind].order)],
        "absences": mine.order_by("since"),
        "standing_in": Absence.objects.filter(deputy=user, until__gt=now).select_related("person"),
        "may_be_away": bool(user.current_postings),
        "stages": BY_DAYS,
        "feed": CalendarFeed.objects.filter(person=user).first(),
        "quiet": settings.REMINDER_QUIET_HOURS,
        "now": now,
    }
    return render(request, "reminders/mine.html", page)


def _way(kind, points, open_kinds) -> dict:
    return {
        "kind": kind,
        "label": ChannelKind(kind).label,
        "point": points.get(kind),
        "open": kind in open_kinds,
    }
