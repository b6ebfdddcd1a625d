"""What happens without anybody asking: one sweep each minute finds everything that is due.

The queue's message only says "look now"; what is owed stands in tables, so a sweep after a day's
outage finds all of it, and two sweeps at once do nothing twice.
"""

from celery import shared_task
from django.utils import timezone

from accounts.services import deeds, heartbeats, outbox, sealing


@shared_task(name="accounts.tasks.sweep")
def sweep() -> dict:
    """Deliver messages, drop old form keys, seal ended days; then leave a sign of life."""
    now = timezone.now()
    done = outbox.deliver(now=now)
    done["keys"] = deeds.forget_old_keys(now=now)
    done["sealed"] = [str(day) for day in sealing.seal_ended_days(now=now)]
    heartbeats.beat(name=heartbeats.SWEEP, now=now)
    return done
