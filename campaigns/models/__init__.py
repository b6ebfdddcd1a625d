"""A campaign, who takes part, the books they keep about it, and what they owe."""

from campaigns.models.book import Seat
from campaigns.models.calling import DutyCall
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
from campaigns.models.key_points import Focus, KeyArea, KeyPerson
from campaigns.models.meeting import Meeting, MeetingItem
from campaigns.models.organising import (
    CampaignViolation,
    GroupMember,
    Liaison,
    Phase,
    TaskForce,
    TaskForceMember,
)
from campaigns.models.rectification import Rectification
from campaigns.stages import DutyState

__all__ = [
    "BOOKS",
    "TownshipInspection",
    "Campaign",
    "CampaignDocument",
    "CampaignMember",
    "CampaignViolation",
    "Duty",
    "DutyCall",
    "DutyKind",
    "DutyPaper",
    "DutyRule",
    "DutyState",
    "Focus",
    "GroupMember",
    "Honour",
    "KeyArea",
    "KeyPerson",
    "LateClaim",
    "Liaison",
    "Meeting",
    "MeetingItem",
    "Phase",
    "Rectification",
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
        GroupMember, Liaison, TaskForce, Phase, CampaignViolation, KeyArea, KeyPerson, Meeting,
        ScreeningTarget, Rectification, CampaignDocument, TownshipInspection, Honour,
    )
}  # fmt: skip
