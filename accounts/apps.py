"""Puts the append-only triggers back after every migrate, and wakes every app's receivers."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate  # noqa: TID251 - a migrate is no deed
from django.utils.module_loading import autodiscover_modules

from accounts.triggers import install_triggers


def _install(**_):
    install_triggers()


class AccountsConfig(AppConfig):
    """People, offices and the common books."""

    name = "accounts"
    verbose_name = "机构与人员"

    def ready(self):
        """Import the receivers.py of every app: what it listens to, what it tells (registries)."""
        # Once per migrate: the signals come when all apps are migrated.
        post_migrate.connect(_install, sender=self, dispatch_uid="append-only-triggers")
        autodiscover_modules("receivers")
