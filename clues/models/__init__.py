"""A clue comes in, is looked at on the ground, and is settled."""

from clues.models.clue import ENDED, Clue, ClueFile, ClueParty, ClueSource, ClueState
from clues.models.disposition import Disposition
from clues.models.informant import Informant, InformantFile
from clues.models.verification import Verification

__all__ = [
    "ENDED",
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
