"""A campaign, who takes part, the books they keep about it, and what they owe."""

from campaigns.models.campaign import Campaign, CampaignMember
from campaigns.models.campaign_work import (
    Acceptance,
    CampaignDocument,
    Honour,
    Meeting,
    MeetingMatter,
    ScoreLine,
    ScreeningTarget,
)
from campaigns.models.duty import Duty, DutyKind, DutyPaper, DutyRule, DutyState, LateClaim
from campaigns.models.organising import (
    CampaignViolation,
    GroupMember,
    Liaison,
    Phase,
    Seat,
    TaskForce,
    TaskForceMember,
)

__all__ = [
    "BOOKS",
    "Acceptance",
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
    "MeetingMatter",
    "Phase",
    "ScoreLine",
    "ScreeningTarget",
    "Seat",
    "TaskForce",
    "TaskForceMember",
]

# The books of a campaign's organisation, in the order of the work.
BOOKS = {
    one.book: one
    for one in (
        GroupMember, Liaison, TaskForce, Phase, CampaignViolation, Meeting, ScreeningTarget,
        CampaignDocument, Acceptance, Honour,
    )
}  # fmt: skip
