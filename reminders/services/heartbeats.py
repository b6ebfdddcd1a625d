"""Signs of life, written by what runs in the background and read by the health checks.

`beat` is written by the ticker when it ticks, `sweep` by the worker when it has swept: from which
of the two is late one sees what has stopped.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from reminders.models import Heartbeat, Standstill

BEAT = "beat"
SWEEP = "sweep"
BACKUP = "backup"
# The last backup, or restore, for which files were missing.
BACKUP_LACKING = "backup_lacking"
# Three ticks missed; what stands still is told within five minutes.
LATE = timedelta(minutes=4)
NEVER = "还没有运行过。"


def beat(*, name: str, now: datetime) -> None:
    """Note that `name` went well at `now`."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})


def last(name: str) -> datetime | None:
    """When `name` last went well; None if it never did."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


def note_standstill(*, now: datetime) -> None:
    """Keep the time since the last sweep in which nothing ran, if it was long: a fact for whoever
    asks later why a report was late."""
    swept = last(SWEEP)
    if swept and now - swept > LATE:
        Standstill.objects.get_or_create(since=swept, defaults={"until": now})


def stopped(now: datetime) -> str:
    """What stands still in the background, since when and what to do; "" if all runs.

    A sign of life that lies far ahead is of before the clock was set back, and proves nothing; the
    next one comes within a minute.
    """
    signs = dict(Heartbeat.objects.filter(name__in=[BEAT, SWEEP]).values_list("name", "at"))
    swept, ticked = signs.get(SWEEP), signs.get(BEAT)
    if swept and abs(now - swept) < LATE:
        return ""
    since = f"最近一次 {timezone.localtime(swept):%Y-%m-%d %H:%M}。" if swept else NEVER
    if ticked and abs(now - ticked) < LATE:
        return f"{since}后台任务没有运行，或者任务队列连接不上。请重新启动后台任务和任务队列。"
    return f"{since}定时器没有走。请确认后台任务和定时器在运行。"
