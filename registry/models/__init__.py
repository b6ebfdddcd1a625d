"""What clues and cases both point at: the parties."""

from registry.models.party import Party, PartyKind

__all__ = ["Party", "PartyKind"]
