"""Clues for the one search of the top bar: by number, place, words, and party."""

from accounts.desk import SearchHit
from clues.models import Clue, ClueWords
from common.searching import words_of
from registry.finding import found


def search(user, words: str, limit: int = 20) -> list[SearchHit]:
    """The newest clues the person sees in which every word is found; one query."""
    several = words_of(words)
    if not several:
        return []
    rows = found(ClueWords, Clue.objects.visible_to(user).select_related("county", "township"), several)
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
