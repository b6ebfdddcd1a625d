"""The product's own Celery app with a tick each half second, for tests that can't wait minutes."""

from config.celery import app

app.conf.beat_schedule["sweep"]["schedule"] = 0.5
