"""Wiring of this app. What it tells and listens to stands in receivers.py."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """案件"""

    name = "cases"
    verbose_name = "案件"
