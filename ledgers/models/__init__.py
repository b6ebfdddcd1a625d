"""Everything is counted, reported and frozen."""

from ledgers.models.campaign import Campaign, CampaignMember
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
