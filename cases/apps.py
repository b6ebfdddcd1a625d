"""Wiring of this app: nothing but its name and what it protects."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """案件"""

    name = "cases"
    verbose_name = "案件"
