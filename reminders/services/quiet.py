"""Hours at which nothing leaves the system, and when the day's one message goes out."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

DAY = timedelta(days=1)
# A sweep of a large house takes a while: what it finds in these minutes still joins the message.
GATHERING = timedelta(minutes=5)


def is_quiet(moment: datetime) -> bool:
    """Whether `moment` lies in the quiet hours (22–7 unless set otherwise)."""
    start, end = settings.REMINDER_QUIET_HOURS
    hour = timezone.localtime(moment).hour
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end


def after_quiet(moment: datetime) -> datetime:
    """`moment` itself, or the end of the quiet hours it lies in."""
    if not is_quiet(moment):
        return moment
    end = settings.REMINDER_QUIET_HOURS[1]
    day = timezone.localdate(moment)
    if timezone.localtime(moment).hour >= end:
        day += DAY
    return timezone.make_aware(datetime.combine(day, time(end)))


def digest_moment(now: datetime) -> tuple[date, datetime]:
    """(day, when) of the next message of the day that something found at `now` can join."""
    day = timezone.localdate(now)
    at = max(_digest_at(day), now + GATHERING)
    if timezone.localdate(at) == day and not is_quiet(at):
        return day, at
    return day + DAY, _digest_at(day + DAY)


def next_digest(day: date) -> tuple[date, datetime]:
    """(day, when) of the message of the day after."""
    return day + DAY, _digest_at(day + DAY)


def _digest_at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(*settings.REMINDER_DIGEST_AT)))
