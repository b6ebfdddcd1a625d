"""Plain tools."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """No models, no domain words."""

    name = "common"
