"""Rows found by words: one question for lists, filters and the search of the top bar."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from accounts.services import secrets
from common.grams import asked_for
from common.words import fold, squeeze
from registry.models import Party, Words
from registry.services.sealing import IDENTITY

# A number of a person or a firm is no shorter, and no other word is looked up as one.
SHORTEST_NUMBER = 15


def found(kept: type[Words], rows: QuerySet, words: Iterable[str]) -> QuerySet:
    """The rows, things of `kept`, in which every word stands; a whole identity number finds its party's."""
    plain = []
    for word in words:
        if parties := parties_numbered(word):
            rows = rows.filter(pk__in=_named(kept, party__in=parties))
        else:
            plain.append(word)
    return holding(kept, rows, plain) if plain else rows


def holding(kept: type[Words], rows: QuerySet, words: Iterable[str]) -> QuerySet:
    """The rows in whose words each of these stands; none where they have no sign to look for."""
    asked = asked_for(words)
    return rows.filter(pk__in=kept.objects.filter(grams__fit=asked).values("pk")) if asked else rows.none()


def of_party(kept: type[Words], rows: QuerySet, value: str) -> QuerySet:
    """The rows that name a party by part of its name or by its whole identity number."""
    if parties := parties_numbered(value):
        return rows.filter(pk__in=_named(kept, party__in=parties))
    named = _named(kept, party__name_fold__contains=fold(value)).filter(pk=OuterRef("pk"))
    return holding(kept, rows, [value]).filter(Exists(named))


def parties_numbered(word: str) -> list[int]:
    """Keys of the parties that have this whole identity number: never a part of one, never in plain."""
    number = squeeze(word).upper()
    if len(number) < SHORTEST_NUMBER or not (number.isascii() and number.isalnum()):
        return []
    index = secrets.blind_index(number, IDENTITY)
    return list(Party.objects.filter(identity_index=index).values_list("pk", flat=True))


def _named(kept: type[Words], **party: object) -> QuerySet:
    """Keys of the things that name such a party."""
    (path,) = kept.follows[Party._meta.label_lower]
    fits = {name.replace("party", path, 1): value for name, value in party.items()}
    return kept.owner()._base_manager.filter(**fits).order_by().values("pk")
