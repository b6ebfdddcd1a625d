"""Wiring of this app: nothing but its name and what it protects."""

from django.apps import AppConfig


class CluesConfig(AppConfig):
    """线索"""

    name = "clues"
    verbose_name = "线索"
