"""Everything is counted, reported and frozen."""

from ledgers.models.entry import EntryCheck, EntryLink, EntryState, Exclusion, LedgerEntry
from ledgers.models.ledger import Consolidation, CountyLedger, PoliceConfirmation
from ledgers.models.submission import ImportBatch, PaperReport, Submission, SubmissionRow, Verdict

__all__ = [
    "Consolidation",
    "CountyLedger",
    "EntryCheck",
    "EntryLink",
    "EntryState",
    "Exclusion",
    "ImportBatch",
    "LedgerEntry",
    "PaperReport",
    "PoliceConfirmation",
    "Submission",
    "SubmissionRow",
    "Verdict",
]
