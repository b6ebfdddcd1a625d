"""A case is worked to its end; a suspected crime goes to public security and comes back."""

from cases.models.case import (
    Case,
    CaseFile,
    CaseParty,
    CaseState,
    ImportedFacts,
    LandFinding,
    MineralFinding,
    Violation,
)
from cases.models.decision import (
    Acceptance,
    Closing,
    Decision,
    DecisionState,
    OrderKind,
    Payment,
    PenaltyItem,
)
from cases.models.referral import (
    SENT_STATES,
    MeasureKind,
    PoliceMatter,
    PoliceMeasure,
    PoliceSubject,
    Referral,
    ReferralState,
)

__all__ = [
    "SENT_STATES",
    "Acceptance",
    "Case",
    "CaseFile",
    "CaseParty",
    "CaseState",
    "Closing",
    "Decision",
    "DecisionState",
    "ImportedFacts",
    "LandFinding",
    "MeasureKind",
    "MineralFinding",
    "OrderKind",
    "Payment",
    "PenaltyItem",
    "PoliceMatter",
    "PoliceMeasure",
    "PoliceSubject",
    "Referral",
    "ReferralState",
    "Violation",
]
