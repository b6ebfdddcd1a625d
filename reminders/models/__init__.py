"""What people are told of, by which ways, and whether it arrived; what ticks, and whether it does."""

from reminders.models.channels import GROUP, PERSONAL, Channel, ChannelKind, ContactPoint
from reminders.models.deliveries import DeliveryLog, Outcome
from reminders.models.feeds import CalendarFeed
from reminders.models.heartbeats import Heartbeat, Standstill
from reminders.models.inbox import Notice
from reminders.models.looks import PlannedLook
from reminders.models.outbox import Outbox, OutboxState
from reminders.models.periods import Absence, RosterEntry
from reminders.models.saved import FilterDigest, SavedFilter

__all__ = [
    "GROUP",
    "PERSONAL",
    "Absence",
    "CalendarFeed",
    "Channel",
    "ChannelKind",
    "ContactPoint",
    "DeliveryLog",
    "FilterDigest",
    "Heartbeat",
    "Notice",
    "Outbox",
    "OutboxState",
    "Outcome",
    "PlannedLook",
    "RosterEntry",
    "SavedFilter",
    "Standstill",
]
