"""Clues for the one search of the top bar: by number, place, words, and party."""

from django.db.models import Exists, OuterRef, Q

from accounts.desk import SearchHit
from accounts.services import secrets
from clues.models import Clue, ClueParty
from common.searching import words_of
from common.words import fold, squeeze
from registry.services.sealing import IDENTITY


def search(user, words: str, limit: int = 20) -> list[SearchHit]:
    """The newest clues the person sees in which every word is found; one query."""
    rows = Clue.objects.visible_to(user).select_related("county", "township")
    several = words_of(words)
    if not several:
        return []
    for word in several:
        rows = rows.filter(_fits(word))
    return [
        SearchHit(
            kind="线索",
            thing=str(clue),
            url=clue.get_absolute_url(),
            note=f"{clue.township.name if clue.township else clue.county.name} {clue.place}"
            f" · {clue.get_state_display()}",
        )
        for clue in rows.order_by("-received_on", "-pk")[:limit]
    ]


def _fits(word):
    party = Q(party__identity_index=secrets.blind_index(squeeze(word).upper(), IDENTITY))
    if fold(word):
        party |= Q(party__name_fold__contains=fold(word))
    parties = ClueParty.objects.filter(party, clue=OuterRef("pk"))
    return (
        Q(number__icontains=word)
        | Q(place__icontains=word)
        | Q(summary__icontains=word)
        | Q(source_number__icontains=word)
        | Q(found_by__icontains=word)
        | Exists(parties)
    )
