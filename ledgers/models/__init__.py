"""Everything is counted, reported and frozen."""

from ledgers.models.entry import EntryCheck, EntryLink, Exclusion, LedgerEntry
from ledgers.models.import_batch import ImportBatch, ImportState
from ledgers.models.imported import ImportedValues, RememberedHead
from ledgers.models.kept import EntryMark, KeptFigure, KeptRow, SetAside
from ledgers.models.ledger import Consolidation, CountyLedger, PoliceConfirmation, ProxySeat
from ledgers.models.ledger_form import LedgerForm
from ledgers.models.proxy import ProxyEntry
from ledgers.models.returned import ProposalAnswer, ReturnedMark, ReturnedWorkbook
from ledgers.models.submission import PaperReport, Submission, SubmissionRow, Verdict
from ledgers.models.words import EntryWords
from ledgers.stages import EntryState

__all__ = [
    "Consolidation",
    "CountyLedger",
    "EntryCheck",
    "EntryLink",
    "EntryMark",
    "EntryState",
    "EntryWords",
    "Exclusion",
    "ImportBatch",
    "ImportState",
    "ImportedValues",
    "KeptFigure",
    "KeptRow",
    "LedgerEntry",
    "LedgerForm",
    "PaperReport",
    "PoliceConfirmation",
    "ProxyEntry",
    "ProxySeat",
    "ProposalAnswer",
    "ReturnedMark",
    "ReturnedWorkbook",
    "RememberedHead",
    "SetAside",
    "Submission",
    "SubmissionRow",
    "Verdict",
]
