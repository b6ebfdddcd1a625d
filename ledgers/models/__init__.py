"""Everything is counted, reported and frozen."""

from ledgers.models.campaign import Campaign, CampaignMember, Consolidation, CountyLedger
from ledgers.models.campaign_work import (
    Acceptance,
    CampaignDocument,
    Honour,
    Meeting,
    MeetingMatter,
    ScoreLine,
    ScreeningTarget,
)
from ledgers.models.duty import Duty, DutyKind, DutyPaper, DutyRule, DutyState, LateClaim, PoliceConfirmation
from ledgers.models.entry import EntryCheck, EntryLink, EntryState, Exclusion, LedgerEntry
from ledgers.models.imported import ImportedValues
from ledgers.models.ledger_form import LedgerForm
from ledgers.models.organising import (
    CampaignViolation,
    GroupMember,
    Liaison,
    Phase,
    Seat,
    TaskForce,
    TaskForceMember,
)
from ledgers.models.submission import ImportBatch, PaperReport, Submission, SubmissionRow, Verdict

__all__ = [
    "BOOKS",
    "Acceptance",
    "Campaign",
    "CampaignDocument",
    "CampaignMember",
    "CampaignViolation",
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
    "GroupMember",
    "Honour",
    "ImportBatch",
    "ImportedValues",
    "LateClaim",
    "LedgerEntry",
    "LedgerForm",
    "Liaison",
    "Meeting",
    "MeetingMatter",
    "PaperReport",
    "PoliceConfirmation",
    "Phase",
    "ScoreLine",
    "ScreeningTarget",
    "Seat",
    "Submission",
    "SubmissionRow",
    "TaskForce",
    "TaskForceMember",
    "Verdict",
]

# The books of a campaign's organisation, in the order of the work.
BOOKS = {
    one.book: one
    for one in (
        GroupMember, Liaison, TaskForce, Phase, CampaignViolation, Meeting, ScreeningTarget,
        CampaignDocument, Acceptance, Honour,
    )
}  # fmt: skip
