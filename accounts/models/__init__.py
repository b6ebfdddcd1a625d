"""People and offices, and the common books that all must write to."""

from accounts.models.agencies import Agency, AgencyKind, Region, RegionLevel
from accounts.models.base import AboutSomething, Clocked, Recorded, Staged
from accounts.models.calendar import CalendarDay, CalendarYear, DayKind, Standard
from accounts.models.certificates import FormerCertificate
from accounts.models.clocks import Clock
from accounts.models.confirming import Confirmation, ConfirmationState, SetUpCode, Waits
from accounts.models.exports import ExportLine
from accounts.models.files import StoredFile
from accounts.models.idempotency import IdempotencyKey
from accounts.models.installation import HouseMark, KeyMark
from accounts.models.labels import Label
from accounts.models.numbers import IssuedNumber, Serial
from accounts.models.paper_answers import SETTLING, Answer, PaperAnswer
from accounts.models.people import Basis, Grant, Posting, User, local_today
from accounts.models.remindable import Remindable
from accounts.models.second_factor import RecoveryCode, SecondFactor
from accounts.models.sign_in import SignIn
from accounts.models.signing import Approval, SignedPaper, SigningAuthority
from accounts.models.staging import StagedUpload
from accounts.models.trail import SealedHead, TrailEntry, TrailHead, TrailRoot, TrailSeal

__all__ = [
    "Answer",
    "AboutSomething",
    "Agency",
    "AgencyKind",
    "Approval",
    "Basis",
    "CalendarDay",
    "CalendarYear",
    "Clock",
    "Clocked",
    "Confirmation",
    "ConfirmationState",
    "DayKind",
    "ExportLine",
    "FormerCertificate",
    "Grant",
    "HouseMark",
    "KeyMark",
    "IdempotencyKey",
    "IssuedNumber",
    "Label",
    "PaperAnswer",
    "Posting",
    "Recorded",
    "RecoveryCode",
    "Region",
    "RegionLevel",
    "Remindable",
    "SealedHead",
    "SETTLING",
    "SecondFactor",
    "Serial",
    "SetUpCode",
    "SignIn",
    "SignedPaper",
    "SigningAuthority",
    "StagedUpload",
    "Staged",
    "Standard",
    "StoredFile",
    "TrailEntry",
    "TrailHead",
    "TrailRoot",
    "TrailSeal",
    "User",
    "Waits",
    "local_today",
]
