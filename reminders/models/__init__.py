"""What people are told of, by which ways, and what became of it; what ticks, and whether it does."""

from reminders.models.channels import GROUP, PERSONAL, Channel, ChannelKind, ContactPoint
from reminders.models.deliveries import DeliveryLog, Outcome
from reminders.models.feeds import CalendarFeed
from reminders.models.heartbeats import Heartbeat, Standstill
from reminders.models.inbox import Notice
from reminders.models.looks import PlannedLook
from reminders.models.outbox import Outbox, OutboxState
from reminders.models.periods import Absence, RosterEntry

__all__ = [
    "GROUP",
    "PERSONAL",
    "Absence",
    "CalendarFeed",
    "Channel",
    "ChannelKind",
    "ContactPoint",
    "DeliveryLog",
    "Heartbeat",
    "Notice",
    "Outbox",
    "OutboxState",
    "Outcome",
    "PlannedLook",
    "RosterEntry",
    "Standstill",
]
