"""What the lists of deliveries and of clocks show, on the page and in Excel."""

from datetime import date, datetime

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


def stage(meaning: str) -> str:
    """Which stage it was, or what else."""
    kind, *rest = meaning.split(":")
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


def outcome(code: str) -> tuple[str, str]:
    """The word and its tone."""
    return Outcome(code).label, TONES.get(code, "")


DELIVERY_COLUMNS = (
    Column("at", "时间", kind="datetime", sortable="at"),
    Column(
        "outcome",
        "结果",
        outcome,
        of=("outcome",),
        kind="flag",
        sortable="outcome",
    ),
    Column("stage", "提醒", stage, of=("meaning",)),
    Column(
        "to",
        "收件",
        lambda person, agency: person or agency or "—",  # the person, or the agency's group
        of=("outbox.recipient.name", "agency.name"),
    ),
    Column("channel", "渠道", lambda name: name or "消息", of=("channel.name",)),
    Column("attempt", "第几次", kind="number", sortable="attempt"),
    Column("note", "说明", kind="wrap"),
    Column("agency", "单位", lambda name: name or "—", of=("agency.name",)),
)

LEFT_TONES = {"over": "red", "soon": "amber", "calm": ""}


def time_left(suspended_on: date | None, due_at: datetime) -> tuple[str, str]:
    """剩 3 天, 已超 1 天, or that it stands still."""
    if suspended_on:
        return "中止计算", ""
    words, tone = remaining(due_at, timezone.now())
    return words, LEFT_TONES[tone]


CLOCK_COLUMNS = (
    Column("thing", "事项", lambda kind, number: f"{kind} {number or '（待编号）'}",
           of=("thing_kind", "thing_number"), link=lambda clock: clock.url),
    Column("label", "时限", sortable="label"),
    Column("due_at", "到期", moment, of=("due_at",), sortable="due_at"),
    Column("left", "还剩", time_left, of=("suspended_on", "due_at"), kind="flag"),
    Column("handler", "承办人", lambda name: name or "未指定", of=("handler_name",), kind="name"),
    Column("agency", "单位", "agency.name", sortable="agency",
           seen_by=lambda user: user.holds(*roles.UPPER)),
    Column("counted_from", "起算日", kind="date", sortable="counted_from"),
    Column("article", "依据", kind="wrap"),
    Column("explanation", "为什么是这一天", kind="wrap", default=False),
    Column("stood", "中止原因", "suspended_reason", kind="wrap", default=False),
)  # fmt: skip
