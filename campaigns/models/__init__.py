"""A campaign, who takes part, the books they keep about it, and what they owe."""

from campaigns.models.book import Seat
from campaigns.models.campaign import Campaign, CampaignMember
from campaigns.models.campaign_work import (
    CampaignDocument,
    Honour,
    ScoreLine,
    ScreeningTarget,
    TownshipInspection,
)
from campaigns.models.duty import Duty, DutyPaper, LateClaim
from campaigns.models.duty_rule import DutyKind, DutyRule
from campaigns.models.meeting import Meeting, MeetingItem
from campaigns.models.organising import (
    CampaignViolation,
    GroupMember,
    Liaison,
    Phase,
    TaskForce,
    TaskForceMember,
)
from campaigns.stages import DutyState

__all__ = [
    "BOOKS",
    "TownshipInspection",
    "Campaign",
    "CampaignDocument",
    "CampaignMember",
    "CampaignViolation",
    "Duty",
    "DutyKind",
    "DutyPaper",
    "DutyRule",
    "DutyState",
    "GroupMember",
    "Honour",
    "LateClaim",
    "Liaison",
    "Meeting",
    "MeetingItem",
    "Phase",
    "ScoreLine",
    "ScreeningTarget",
    "Seat",
    "TaskForce",
    "TaskForceMember",
]

# The books of a campaign's organisation, in the order of the work.
BOOKS = {
    book.book: book
    for book in (
        GroupMember, Liaison, TaskForce, Phase, CampaignViolation, Meeting, ScreeningTarget,
        CampaignDocument, TownshipInspection, Honour,
    )
}  # fmt: skip
