"""The ticker's sign of life: written by the beat process itself each time it rings."""

from celery.signals import beat_embedded_init, beat_init, before_task_publish
from django.db import Error, close_old_connections
from django.utils import timezone

from config.celery import SWEEP
from reminders.services import heartbeats

_here = {"beat": False}


@beat_init.connect
@beat_embedded_init.connect
def note_start(**_):
    """This process is the ticker."""
    _here["beat"] = True


@before_task_publish.connect
def note_tick(sender=None, **_):
    """It ticks. Never in the way of the tick itself: a database that is away is told elsewhere."""
    if not _here["beat"] or sender != SWEEP:
        return
    close_old_connections()
    try:
        heartbeats.beat(name=heartbeats.BEAT, now=timezone.now())
    except Error:
        close_old_connections()
