"""People and offices, and the common books that all must write to."""

from accounts.models.agencies import Agency, AgencyKind, Region, RegionLevel
from accounts.models.base import AboutSomething, Recorded
from accounts.models.calendar import CalendarDay, CalendarYear, DayKind, Standard
from accounts.models.clocks import Clock
from accounts.models.files import StoredFile
from accounts.models.idempotency import IdempotencyKey
from accounts.models.installation import HouseMark, KeyMark
from accounts.models.numbers import IssuedNumber, Serial
from accounts.models.people import Grant, Posting, User, local_today
from accounts.models.remindable import Remindable
from accounts.models.signing import Approval, SignedPaper, SigningAuthority
from accounts.models.staging import StagedUpload
from accounts.models.trail import TrailEntry, TrailHead, TrailRoot

__all__ = [
    "AboutSomething",
    "Agency",
    "AgencyKind",
    "Approval",
    "CalendarDay",
    "CalendarYear",
    "Clock",
    "DayKind",
    "Grant",
    "HouseMark",
    "KeyMark",
    "IdempotencyKey",
    "IssuedNumber",
    "Posting",
    "Recorded",
    "Region",
    "RegionLevel",
    "Remindable",
    "Serial",
    "SignedPaper",
    "SigningAuthority",
    "StagedUpload",
    "Standard",
    "StoredFile",
    "TrailEntry",
    "TrailHead",
    "TrailRoot",
    "User",
    "local_today",
]
