"""Wiring of this app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """当事人和代码"""

    name = "registry"
    verbose_name = "当事人和代码"
