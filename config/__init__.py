"""Wiring: settings, addresses, navigation, background work. Imports all, imported by none."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
