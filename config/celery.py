"""Background work: beat only ticks, and the queue is only a doorbell."""

import os
from importlib import import_module

from celery import Celery
from celery.signals import beat_init, worker_init, worker_ready

from config import doorbell

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
SWEEP = "reminders.tasks.sweep"
TICK_SECONDS = 60

doorbell.register()
app = Celery("kuangantong")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_scheduler = "config.ticking:Ticker"
app.conf.beat_schedule = {
    # A tick nobody took in time is dropped: the next one finds the same work.
    "sweep": {"task": SWEEP, "schedule": TICK_SECONDS, "options": {"expires": TICK_SECONDS - 5}}
}


@worker_init.connect
@beat_init.connect
def begin(**_):
    """Hold the house, and have its keys."""
    import_module("config.serving").begin()  # its models want the apps, which Celery readies first


@worker_ready.connect
def sweep_at_start(sender, **_):
    """After an outage don't wait for the first tick."""
    sender.app.send_task(SWEEP, expires=TICK_SECONDS)
