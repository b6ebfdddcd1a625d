"""Addresses of things by the hundred: a page of 60 files or 50 rows has each of them more than once."""

from functools import cache

from django.urls import reverse

_KEY = "0-key-0"


def path_of(name: str, key: str) -> str:
    """What `reverse(name, args=[key])` gives for a key of letters, digits, - and _ (a public id): the
    address's table is asked once for each name."""
    before, after = _way(name)
    return f"{before}{key}{after}"


@cache
def _way(name: str) -> tuple[str, str]:
    before, _, after = reverse(name, args=[_KEY]).partition(_KEY)
    return before, after
