"""What this app listens to: the trail tells which words are to be made again."""

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import post_migrate  # noqa: TID251 - a migrate is no deed
from django.dispatch import receiver

from accounts.signals import recorded, regions_renamed
from registry.services import words


@receiver(recorded, dispatch_uid="registry-words-follow")
def on_recorded(sender, entries, **_):
    """A deed stands in the trail."""
    words.follow(entries)


@receiver(regions_renamed, dispatch_uid="registry-words-of-regions")
def on_regions_renamed(sender, codes, **_):
    """Divisions are called otherwise."""
    words.renew("accounts.region", codes)


def keep_words(sender, using, **_):
    """After every migrate: indexes, and words for rows that have none."""
    if using == DEFAULT_DB_ALIAS:
        words.install()
        words.fill()


# When the signals come, all apps are migrated.
post_migrate.connect(keep_words, sender=apps.get_app_config("registry"), dispatch_uid="registry-words")
