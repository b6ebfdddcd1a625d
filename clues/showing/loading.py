"""What a clue's page and its papers read of what hangs on it."""

from django.db.models import prefetch_related_objects

from clues.models import Clue
from clues.services.duplicates import REPORTER
from common import at_once

# Each relation with the rows that it points at, in one query.
READ = {
    "verifications": ("recorded_by",),
    "sources": tuple(f"original__{name}" for name in REPORTER),
    "suspects": ("party",),
    "dispositions": (
        *("proposed_by", "to_agency", "into", "letter"),
        *("approval__signer", "approval__signed_paper__scan", "approval__authority__principal"),
    ),
    "dispositions__answers": ("recorded_by", "paper"),
}


def load(clue: Clue) -> Clue:
    """Read it in a constant number of queries; nothing that was read before."""
    at_once.prefetch([clue], READ)
    prefetch_related_objects([clue], "verifications__lookers", "dispositions__approval__answers")
    return clue
