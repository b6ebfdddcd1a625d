"""Rows found by words: one question for lists, filters and the search of the top bar."""

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.services import secrets
from common.grams import NAMED, asked_for
from common.words import squeeze
from registry.models import Party, Words
from registry.services.sealing import IDENTITY

# A number of a person or a firm is no shorter, and no other word is looked up as one.
SHORTEST_NUMBER = 15


def found(kept: type[Words], rows: QuerySet, words: Iterable[str]) -> QuerySet:
    """The rows, things of `kept`, in which every word stands; a whole identity number finds its party's."""
    plain = []
    for word in words:
        if parties := parties_numbered(word):
            rows = rows.filter(pk__in=_named(kept, parties))
        else:
            plain.append(word)
    return holding(kept, rows, plain) if plain else rows


def holding(kept: type[Words], rows: QuerySet, words: Iterable[str], mark: str = "") -> QuerySet:
    """The rows in whose words each of these stands; none where they have no sign to look for."""
    asked = asked_for(words, mark)
    return rows.filter(pk__in=kept.objects.filter(grams__fit=asked).values("pk")) if asked else rows.none()


def of_party(kept: type[Words], rows: QuerySet, value: str) -> QuerySet:
    """The rows that name a party by part of its name or by its whole identity number."""
    if parties := parties_numbered(value):
        return rows.filter(pk__in=_named(kept, parties))
    return holding(kept, rows, [value], NAMED)


def parties_numbered(word: str) -> list[int]:
    """Keys of the parties that have this whole identity number: never a part of one, never in plain."""
    number = squeeze(word).upper()
    if len(number) < SHORTEST_NUMBER or not (number.isascii() and number.isalnum()):
        return []
    index = secrets.blind_index(number, IDENTITY)
    return list(Party.objects.filter(identity_index=index).values_list("pk", flat=True))


def _named(kept: type[Words], parties: list[int]) -> QuerySet:
    """Keys of the things that name one of the parties."""
    (path,) = kept.follows[Party._meta.label_lower]
    return kept.owner()._base_manager.filter(**{f"{path}__in": parties}).order_by().values("pk")
