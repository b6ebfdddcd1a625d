"""How long to try: pauses that double, a channel that is down left alone, the next one's turn, the end.

A channel that can't be reached is tried with one message at a time. What only waits for it makes no
attempt and never runs out of time.
"""

from datetime import datetime, timedelta

from reminders.models import Channel

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(hours=6)
# For how long a channel that is down is left alone at most.
LONGEST_DOWN = timedelta(minutes=30)
# After so much time another channel is used, where there is one.
HAND_ON = timedelta(minutes=20)
AT_MOST = timedelta(hours=24)


def next_try(since: datetime, now: datetime, *, down: bool = False) -> datetime | None:
    """When to try again what has failed since `since`; None when it has been tried for a day.

    As long again as it has been tried already, and the last time when the day is over.
    """
    if now >= since + AT_MOST:
        return None
    later = now + _pause(since, now, LONGEST_DOWN if down else LONGEST)
    return min(later, since + AT_MOST)


def is_long(since: datetime, now: datetime) -> bool:
    """Whether it has failed for so long that another way is to be used."""
    return now >= since + HAND_ON


def is_down(channel: Channel, now: datetime) -> bool:
    """Whether a channel isn't to be tried now. A mark further ahead is of a clock that was set back."""
    return channel.down_until is not None and now < channel.down_until <= now + LONGEST_DOWN


def mark_down(channel: Channel, why: str, now: datetime) -> None:
    """Leave a channel alone for a while, all sweeps of all hosts; longer each time."""
    channel.down_since = min(channel.down_since or now, now)
    channel.down_until = now + _pause(channel.down_since, now, LONGEST_DOWN)
    channel.down_why = why
    _keep(channel)


def mark_up(channel: Channel) -> None:
    """It has taken a message, or somebody has mended it."""
    if channel.down_since is not None:
        channel.down_since, channel.down_until, channel.down_why = None, None, ""
        _keep(channel)


def _pause(since: datetime, now: datetime, longest: timedelta) -> timedelta:
    return min(max(now - since, SHORTEST), longest)


def _keep(channel: Channel) -> None:
    """Beside the version: nobody who has its form open is disturbed."""
    Channel.objects.filter(pk=channel.pk).update(
        down_since=channel.down_since, down_until=channel.down_until, down_why=channel.down_why
    )
