"""What the lists of deliveries and of clocks show, on the page and in Excel."""

from django.utils import timezone

from accounts import roles
from common.columns import Column
from common.showing.times import moment, remaining
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

LEFT_TONES = {"over": "red", "soon": "amber", "calm": ""}


def time_left(clock) -> tuple[str, str]:
    """剩 3 天, 已超 1 天, or that it stands still."""
    if clock.suspended_on:
        return "中止计算", ""
    words, tone = remaining(clock.due_at, timezone.now())
    return words, LEFT_TONES[tone]


CLOCK_COLUMNS = (
    Column("thing", "事项", lambda clock: f"{clock.thing_kind} {clock.thing_number or '（待编号）'}",
           link=lambda clock: clock.url),
    Column("label", "时限", sortable="label"),
    Column("due_at", "到期", lambda clock: moment(clock.due_at), sortable="due_at"),
    Column("left", "还剩", time_left, kind="flag"),
    Column("handler", "承办人", lambda clock: clock.handler_name or "未指定", kind="name",
           sortable="handler_name"),
    Column("agency", "单位", "agency.name", sortable="agency__region_id",
           seen_by=lambda user: user.holds(*roles.UPPER)),
    Column("counted_from", "起算日", kind="date", sortable="counted_from"),
    Column("article", "依据", kind="wrap"),
    Column("explanation", "为什么是这一天", kind="wrap", default=False),
    Column("stood", "中止原因", "suspended_reason", kind="wrap", default=False),
)  # fmt: skip
