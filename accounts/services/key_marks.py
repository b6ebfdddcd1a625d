"""Fingerprints of the keys that belong to this database; who compares them: config/house_keys.py."""

from django.db import transaction

from accounts.models import KeyMark


def marked() -> dict[str, str]:
    """The fingerprint of each key, by its file's name."""
    return dict(KeyMark.objects.values_list("name", "fingerprint"))


@transaction.atomic
def mark(wanted: dict[str, str]) -> None:
    """Exactly these keys belong to the database."""
    if wanted != marked():
        KeyMark.objects.all().delete()
        KeyMark.objects.bulk_create(
            KeyMark(name=name, fingerprint=value) for name, value in sorted(wanted.items())
        )
