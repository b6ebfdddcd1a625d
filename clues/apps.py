"""Wiring of this app. What it tells and listens to stands in receivers.py."""

from django.apps import AppConfig


class CluesConfig(AppConfig):
    """线索"""

    name = "clues"
    verbose_name = "线索"
