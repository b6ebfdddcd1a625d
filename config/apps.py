"""Wiring."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Home page, navigation, commands that need everything."""

    name = "config"
