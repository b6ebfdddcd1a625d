"""Everything is counted, reported and frozen."""

from ledgers.models.campaign import Campaign, CampaignMember, Consolidation, CountyLedger
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
    "EntryCheck",
    "EntryLink",
    "EntryState",
    "Exclusion",
    "ImportBatch",
    "LedgerEntry",
    "PaperReport",
    "Submission",
    "SubmissionRow",
    "Verdict",
]
