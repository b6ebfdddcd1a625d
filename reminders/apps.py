"""Wiring of this app. What it tells stands in receivers.py."""

from django.apps import AppConfig

from accounts.triggers import AppendOnly, protect


class RemindersConfig(AppConfig):
    """What people are told of in time."""

    name = "reminders"
    verbose_name = "提醒"

    def ready(self):
        """Have the database refuse changes to what was tried."""
        protect(AppendOnly("reminders_deliverylog"))
