"""A case is worked to its end; a suspected crime goes to public security and comes back."""

from cases.models.case import (
    UNFILED,
    Case,
    CaseFile,
    CaseParty,
    Violation,
    latest_round,
)
from cases.models.circumstances import Circumstances, EarlierAct
from cases.models.decision import (
    MONEY_KINDS,
    THING_KINDS,
    CarryingOut,
    Closing,
    CompletionCheck,
    CompletionKind,
    Decision,
    Payment,
    PenaltyItem,
)
from cases.models.findings import UNSPECIFIED, Fact, LandFinding, MineralFinding
from cases.models.flag import CaseFlag, flagged
from cases.models.joining import Joining
from cases.models.past_review import (
    FileKind,
    Outcome,
    PastCase,
    PastFinding,
    PastReview,
    ReviewState,
)
from cases.models.period import PAUSES, PeriodChange, PeriodKind
from cases.models.police import Detention, DetentionKind, PoliceMatter, PoliceSubject
from cases.models.referral import Referral
from cases.models.serving import PartyService
from cases.models.weighing import Discussion, LegalReview, OptOut
from cases.models.words import CaseWords, ReferralWords
from cases.stages import (
    HALF_WAY,
    SENT_STATES,
    WITH_POLICE,
    CaseState,
    CrimeOutcome,
    DecisionState,
    ReferralState,
)

__all__ = [
    "HALF_WAY",
    "MONEY_KINDS",
    "PAUSES",
    "SENT_STATES",
    "THING_KINDS",
    "UNFILED",
    "UNSPECIFIED",
    "WITH_POLICE",
    "CompletionCheck",
    "CarryingOut",
    "Case",
    "CaseFlag",
    "CaseFile",
    "CaseParty",
    "CaseState",
    "CaseWords",
    "Circumstances",
    "Closing",
    "CrimeOutcome",
    "Decision",
    "DecisionState",
    "Discussion",
    "EarlierAct",
    "Joining",
    "LegalReview",
    "OptOut",
    "Fact",
    "LandFinding",
    "DetentionKind",
    "MineralFinding",
    "CompletionKind",
    "FileKind",
    "Outcome",
    "PastCase",
    "PastFinding",
    "PastReview",
    "PartyService",
    "Payment",
    "ReviewState",
    "PenaltyItem",
    "PeriodChange",
    "PeriodKind",
    "PoliceMatter",
    "Detention",
    "PoliceSubject",
    "Referral",
    "ReferralState",
    "ReferralWords",
    "Violation",
    "flagged",
    "latest_round",
]
