"""A clue comes in, is looked at on the ground, and is settled."""

from clues.models.clue import ENDED, Clue, ClueFile, ClueParty, ClueSource
from clues.models.disposition import Disposition
from clues.models.informant import Informant, InformantFile
from clues.models.verification import Verification
from clues.stages import ClueState

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
