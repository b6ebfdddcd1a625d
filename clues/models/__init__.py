"""A clue comes in, is looked at on the ground, and is settled."""

from clues.models.clue import Clue, ClueFile, ClueParty, ClueSource, ClueState, Disposition, Verification
from clues.models.informant import Informant, InformantFile

__all__ = [
    "Clue",
    "ClueFile",
    "ClueParty",
    "ClueSource",
    "ClueState",
    "Disposition",
    "Informant",
    "InformantFile",
    "Verification",
]
