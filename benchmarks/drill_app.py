"""The product's own Celery app, ticking fast, by a clock that the drill moves, dying where it says.

`<DRILL_DIR>/offset` holds the seconds by which every process's clock is ahead of the machine's. A
file `<DRILL_DIR>/die-<point>-<n>` is an order: the first process that comes to the point takes it
(renaming it) and kills its whole process group with SIGKILL. Nothing of this is in the product.
"""

import os
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from celery import Celery, shared_task
from celery.signals import beat_init, before_task_publish
from celery.worker import request
from django.utils import timezone

from config.celery import SWEEP, app

ORDERS = Path(os.environ["DRILL_DIR"])
WORKER_POINTS = ("duty", "made", "inbox", "claim", "send", "mark")
BEAT_POINT = "tick"
app.conf.beat_schedule = {"sweep": {"task": SWEEP, "schedule": 2.0, "options": {"expires": 5}}}
# The naive variant's messages must not wait behind sweeps, nor sweeps behind them.
app.conf.task_routes = {"drill.naive": {"queue": "naive"}}


def moved_now() -> datetime:
    """The time as this machine's clock would show it, had it been set as the drill says."""
    return datetime.now(tz=UTC) + timedelta(seconds=float((ORDERS / "offset").read_text()))


class MovedDatetime(datetime):
    """By which a worker sees whether a ring has expired."""

    @classmethod
    def now(cls, tz=None):
        return moved_now().astimezone(tz)


timezone.now = moved_now
Celery.now = lambda app: moved_now().astimezone(app.timezone)
request.datetime = MovedDatetime


def die(point: str) -> None:
    """Take an order for this point, if there is one, and die of it."""
    for order in sorted(ORDERS.glob(f"die-{point}-*")):
        try:
            order.rename(order.with_name(order.name.replace("die-", "dead-")))
        except FileNotFoundError:
            continue  # another process took it
        os.killpg(os.getpgid(0), signal.SIGKILL)


def after(module, name: str, point: str, only=lambda result, *_args, **_kwargs: True) -> None:
    """Have `module.name` run as always, then come to a point."""
    original = getattr(module, name)

    def wrapped(*args, **kwargs):
        result = original(*args, **kwargs)
        if only(result, *args, **kwargs):
            die(point)
        return result

    setattr(module, name, wrapped)


@app.on_after_finalize.connect
def lay_mines(**_):
    """At the places between which something could be lost or told twice."""
    import django

    django.setup()
    from campaigns.services import duties
    from reminders.services import delivery, outbox, writing
    from reminders.services.channels import MailSender, WeComSender

    outbox.LEASE = timedelta(seconds=float(os.environ.get("DRILL_LEASE", "8")))
    after(duties, "make_for", "duty", lambda made, *_: made)  # duties written, not committed
    # Facts written, the next look not planned, nothing committed.
    after(writing, "write_down", "made", lambda made, *_: made)
    after(outbox, "_put_in_inboxes", "inbox", lambda _, rows, *__: rows)  # committed
    after(outbox, "claim", "claim", lambda rows, *_, leaving=False, **__: leaving and rows)
    after(MailSender, "send", "send")  # at the sink, not noted
    after(WeComSender, "send", "send")
    after(delivery, "_note_sent", "mark")


@beat_init.connect
def lay_the_tickers_mine(**_):
    """Between its sign of life and the ring."""
    before_task_publish.connect(lambda **__: die(BEAT_POINT), weak=False)


@shared_task(name="drill.naive", acks_late=False, ignore_result=True)
def naive(number: int, address: str) -> None:
    """What one writes without an outbox: do the work when the queue says so."""
    from reminders.services.channels.base import post

    time.sleep(0.01)
    post(address, b"{}", {"Content-Type": "application/json"}, str(number))
