"""The product's own Celery app, ticking fast, whose workers die where the drill tells them to.

A file `<DRILL_DIR>/die-<point>-<n>` is an order: the first worker that comes to the point takes it
(removing it) and kills its whole process group with SIGKILL. Nothing of this is in the product.
"""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

from celery import shared_task

from config.celery import SWEEP, app

ORDERS = Path(os.environ["DRILL_DIR"])
POINTS = ("made", "inbox", "claim", "send", "mark")
app.conf.beat_schedule = {"sweep": {"task": SWEEP, "schedule": 2.0, "options": {"expires": 30}}}
# The naive variant's messages must not wait behind sweeps, nor sweeps behind them.
app.conf.task_routes = {"drill.naive": {"queue": "naive"}}


def die(point: str) -> None:
    """Take an order for this point, if there is one, and die of it."""
    for order in sorted(ORDERS.glob(f"die-{point}-*")):
        try:
            order.rename(order.with_name(order.name.replace("die-", "dead-")))
        except FileNotFoundError:
            continue  # another worker took it
        os.killpg(os.getpgid(0), signal.SIGKILL)


def after(module, name: str, point: str, only=lambda *_args, **_kwargs: True) -> None:
    """Have `module.name` run as always, then come to a point."""
    original = getattr(module, name)

    def wrapped(*args, **kwargs):
        result = original(*args, **kwargs)
        if only(*args, **kwargs):
            die(point)
        return result

    setattr(module, name, wrapped)


@app.on_after_finalize.connect
def lay_mines(**_):
    """At the five places between which something could be lost or told twice."""
    import django

    django.setup()
    from accounts.services import delivery, outbox, reminders
    from accounts.services.channels import MailSender, WeComSender

    outbox.LEASE = timedelta(seconds=float(os.environ.get("DRILL_LEASE", "8")))
    after(reminders, "write_down", "made")  # facts written, next look not planned, not committed
    after(outbox, "_put_in_inboxes", "inbox")  # committed
    after(outbox, "claim", "claim", lambda *_, leaving=False, **__: leaving)
    after(MailSender, "send", "send")  # at the sink, not noted
    after(WeComSender, "send", "send")
    after(delivery, "_note_sent", "mark")


@shared_task(name="drill.naive", acks_late=False, ignore_result=True)
def naive(number: int, address: str) -> None:
    """What one writes without an outbox: do the work when the queue says so."""
    from accounts.services.channels.base import post

    time.sleep(0.01)
    post(address, b"{}", {"Content-Type": "application/json"}, str(number))
