"""Wiring."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    """No tables: what the law says, and pages that show it."""

    name = "law"
    verbose_name = "法规"
