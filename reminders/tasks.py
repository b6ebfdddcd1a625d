"""What happens without anybody asking: one sweep each minute finds everything that is due.

The queue's message only says "look now"; what is owed stands in tables, so a sweep after a day's
outage finds all of it, and two sweeps at once do nothing twice.
"""

from celery import shared_task
from django.utils import timezone

from accounts.services import deeds, sealing, sessions, staging
from reminders.services import heartbeats, sweeping

# A sweep stops by itself before the next tick; the limits are for one that hangs.
SECONDS, SOFT_LIMIT, HARD_LIMIT = 45, 150, 180


@shared_task(name="reminders.tasks.sweep", soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def sweep() -> dict:
    """Remind and deliver, drop old keys, sessions and uploads, seal ended days, leave a sign of life."""
    now = timezone.now()
    done = sweeping.sweep(now=now, seconds=SECONDS)
    done["keys"] = deeds.forget_old_keys(now=now)
    done["sessions"] = sessions.forget_ended(now)
    done["staged"] = staging.forget_old(now=now)
    done["sealed"] = [str(day) for day in sealing.seal_ended_days(now=now)]
    heartbeats.note_standstill(now=now)
    heartbeats.beat(name=heartbeats.SWEEP, now=now)
    return done
