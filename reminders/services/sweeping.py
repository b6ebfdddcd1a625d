"""One sweep: make what falls due, make the reminders of it, put them in inboxes, send the rest.

Beat's tick, `manage.py sweep_reminders` and a test all call this. Nothing is handed from one sweep
to the next but rows, so it may be killed at any point, run twice or at once, or not for days.
"""

import time
from datetime import datetime

from reminders.services import delivery, making, outbox


def sweep(*, now: datetime, seconds: float | None = None) -> dict:
    """{"duties_made", "reminders_made", "sent", "failed"}; ends after `seconds` with the rest owed.

    Inboxes come first, batch by batch: a channel that hangs can't hold them up, and it costs the time
    of one message. A maker or source that fails holds up no other; its fault is raised when all the
    rest is done, so that the sign of life stays out and the banner shows.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    making.notice_time(now)
    trouble: list[Exception] = []
    made = making.make_duties(now, trouble)
    done = {"duties_made": made, "reminders_made": 0, "sent": 0, "failed": 0}
    while _go_on(deadline):
        looked, made = making.remind_due(now=now, trouble=trouble)
        delivered = outbox.deliver(now=now)
        done["reminders_made"] += made
        _add(done, delivered)
        if not looked and not delivered["taken"]:
            break
    while _go_on(deadline):
        sent = delivery.send_out(now=now, until=deadline)
        _add(done, sent)
        if not sent["taken"]:
            break
    if trouble:
        raise trouble[0]
    return done


def _go_on(deadline: float | None) -> bool:
    return deadline is None or time.monotonic() < deadline


def _add(done: dict, batch: dict) -> None:
    for key in ("sent", "failed"):
        done[key] += batch[key]
