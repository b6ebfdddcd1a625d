"""A clue comes in, is looked at on the ground, and is settled."""

from clues.models.answer import AnswerKind, HandoverAnswer
from clues.models.clue import ENDED, Clue, ClueFile, ClueParty, ClueSource
from clues.models.disposition import Disposition
from clues.models.informant import Informant, InformantFile
from clues.models.secret import SecretClue, SecretKind
from clues.models.verification import Verification
from clues.models.words import ClueWords
from clues.stages import ClueState, SecretState

__all__ = [
    "ENDED",
    "AnswerKind",
    "Clue",
    "ClueFile",
    "ClueParty",
    "ClueSource",
    "ClueState",
    "ClueWords",
    "Disposition",
    "HandoverAnswer",
    "Informant",
    "InformantFile",
    "SecretClue",
    "SecretKind",
    "SecretState",
    "Verification",
]
