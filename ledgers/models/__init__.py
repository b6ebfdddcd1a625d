"""Everything is counted, reported and frozen."""

from ledgers.models.entry import EntryCheck, EntryLink, Exclusion, LedgerEntry
from ledgers.models.imported import ImportedValues
from ledgers.models.ledger import Consolidation, CountyLedger, PoliceConfirmation
from ledgers.models.ledger_form import LedgerForm
from ledgers.models.submission import ImportBatch, PaperReport, Submission, SubmissionRow, Verdict
from ledgers.stages import EntryState

__all__ = [
    "Consolidation",
    "CountyLedger",
    "EntryCheck",
    "EntryLink",
    "EntryState",
    "Exclusion",
    "ImportBatch",
    "ImportedValues",
    "LedgerEntry",
    "LedgerForm",
    "PaperReport",
    "PoliceConfirmation",
    "Submission",
    "SubmissionRow",
    "Verdict",
]
