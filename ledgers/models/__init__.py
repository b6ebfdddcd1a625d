"""Everything is counted, reported and frozen."""

from ledgers.models.campaign import Campaign, CampaignMember, Consolidation, CountyLedger
from ledgers.models.duty import (
    Duty,
    DutyKind,
    DutyPaper,
    DutyRule,
    DutyState,
    LateClaim,
    PoliceConfirmation,
)
from ledgers.models.entry import EntryCheck, EntryLink, EntryState, Exclusion, LedgerEntry
from ledgers.models.submission import (
    ImportBatch,
    PaperReport,
    Submission,
    SubmissionRow,
    Verdict,
)

__all__ = [
    "Campaign",
    "CampaignMember",
    "Consolidation",
    "CountyLedger",
    "Duty",
    "DutyKind",
    "DutyPaper",
    "DutyRule",
    "DutyState",
    "EntryCheck",
    "EntryLink",
    "EntryState",
    "Exclusion",
    "ImportBatch",
    "LateClaim",
    "LedgerEntry",
    "PaperReport",
    "PoliceConfirmation",
    "Submission",
    "SubmissionRow",
    "Verdict",
]
