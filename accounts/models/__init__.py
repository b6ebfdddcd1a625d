"""People and offices, and the common books that all must write to."""

from accounts.models.agencies import Agency, AgencyKind, Region, RegionLevel
from accounts.models.books import (
    Clock,
    IdempotencyKey,
    IssuedNumber,
    Notice,
    Outbox,
    OutboxState,
    Serial,
    StoredFile,
    TrailEntry,
    TrailHead,
    TrailRoot,
)
from accounts.models.calendar import CalendarDay, CalendarYear, DayKind, Standard
from accounts.models.channels import (
    GROUP,
    PERSONAL,
    Absence,
    Channel,
    ChannelKind,
    ContactPoint,
    DeliveryLog,
    Outcome,
    RosterEntry,
)
from accounts.models.feeds import CalendarFeed
from accounts.models.people import Grant, Posting, User, local_today
from accounts.models.remindable import Remindable
from accounts.models.running import Heartbeat, HouseMark, Standstill
from accounts.models.signing import Approval, SignedPaper, SigningAuthority
from accounts.models.staging import StagedUpload

__all__ = [
    "CalendarFeed",
    "Remindable",
    "RosterEntry",
    "Standstill",
    "PERSONAL",
    "Outcome",
    "GROUP",
    "DeliveryLog",
    "ContactPoint",
    "ChannelKind",
    "Channel",
    "Absence",
    "Agency",
    "AgencyKind",
    "Approval",
    "CalendarDay",
    "CalendarYear",
    "Clock",
    "DayKind",
    "Grant",
    "Heartbeat",
    "HouseMark",
    "IdempotencyKey",
    "IssuedNumber",
    "Notice",
    "Outbox",
    "OutboxState",
    "Posting",
    "Region",
    "RegionLevel",
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
