"""The suspected parties of a clue."""

from clues.models import Clue, ClueParty
from registry.models import Party


def in_other_clues(party: Party, clue: Clue | None) -> bool:
    """Whether a clue other than this one names the party."""
    return ClueParty.objects.filter(party=party).exclude(clue=clue).exists()
