"""What clues and cases both point at: the parties; and what things are found by."""

from registry.models.party import Party, PartyKind
from registry.models.words import Words

__all__ = ["Party", "PartyKind", "Words"]
