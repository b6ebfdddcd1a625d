"""What the list of deliveries shows, on the page and in Excel."""

from common.columns import Column
from reminders.models import Outcome
from reminders.stages import stage_of

TONES = {
    Outcome.SENT: "green",
    Outcome.FAILED: "amber",
    Outcome.UNSURE: "amber",
    Outcome.PASSED: "amber",
    Outcome.DEAD: "red",
    Outcome.NOBODY: "red",
}


def stage(entry) -> str:
    """Which stage it was, or what else."""
    kind, *rest = entry.meaning.split(":")
    if kind == "digest":
        return "每日一条"
    if kind == "test":
        return "试发"
    if len(rest) < 3:
        return "通知"
    try:
        return stage_of(rest[2]).label
    except KeyError:
        return "通知"


def to_whom(entry) -> str:
    """The person, or the agency's group."""
    if entry.outbox and entry.outbox.recipient:
        return entry.outbox.recipient.name
    return entry.agency.name if entry.agency else "—"


DELIVERY_COLUMNS = (
    Column("at", "时间", kind="datetime", sortable="at"),
    Column(
        "outcome",
        "结果",
        lambda entry: (entry.get_outcome_display(), TONES.get(entry.outcome, "")),
        kind="flag",
        sortable="outcome",
    ),
    Column("stage", "提醒", stage),
    Column("to", "收件", to_whom),
    Column("channel", "渠道", lambda entry: entry.channel.name if entry.channel else "消息"),
    Column("attempt", "第几次", kind="number", sortable="attempt"),
    Column("note", "说明", kind="wrap"),
    Column("agency", "单位", lambda entry: entry.agency.name if entry.agency else "—"),
)
