"""What happens without anybody asking: one sweep each minute finds everything that is due.

The queue's message only says "look now"; what is owed stands in tables, so a sweep after a day's
outage finds all of it, and two sweeps at once do nothing twice.
"""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from accounts.services import deeds, drafts, file_sealing, hourly, sealing, sessions, staging
from reminders.services import heartbeats, sweeping

# A sweep stops by itself before the next tick; the limits are for one that hangs.
SECONDS, SOFT_LIMIT, HARD_LIMIT = 45, 150, 180
FILES_AT_ONCE = 20


@shared_task(name="reminders.tasks.sweep", soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def sweep() -> dict:
    """Remind and deliver, drop old keys, sessions and uploads, seal hours and days, and files from before
    files were sealed, leave a sign of life."""
    now = timezone.now()
    done = {}
    try:
        done |= sweeping.sweep(now=now, seconds=SECONDS)
    finally:  # one source of reminders that fails stops no seal and leaves no upload lying
        _keep_house(now, done)
    heartbeats.note_standstill(now=now)
    heartbeats.beat(name=heartbeats.SWEEP, now=now)
    return done


def _keep_house(now: datetime, done: dict) -> None:
    done["keys"] = deeds.forget_old_keys(now=now)
    done["sessions"] = sessions.forget_ended(now)
    done["staged"] = staging.forget_old(now=now)
    done["drafts"] = drafts.forget_old(now=now)
    done["files_sealed"] = file_sealing.seal_waiting(FILES_AT_ONCE)
    done["sealed"] = [str(day) for day in sealing.seal_ended_days(now=now)]
    hourly.seal_hour(now=now)
