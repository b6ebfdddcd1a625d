"""What the list of clues, and its workbook, can show."""

from functools import partial

from django.db.models import Prefetch

from accounts import roles
from accounts.models.base import days_since
from accounts.services import labels
from accounts.services.staying import stays_long
from clues.models import ClueParty
from clues.stages import stage_of
from common.columns import Column, Several
from common.showing.times import left_words
from registry import codes

# The parties of a row with their names: one statement, and no more of a party than a list shows.
NAMED = Prefetch(
    "suspects",
    ClueParty.objects.select_related("party").only("clue", "party__name").order_by("pk"),
)


def state_of(state: str) -> tuple[str, str]:
    """The state in words, and its tone."""
    stage = stage_of(state)
    return stage.label, stage.tone


def _several_counties(user) -> bool:
    return user.holds(*roles.UPPER)


COLUMNS = (
    Column(
        "number", "线索号", sortable="number", link=lambda clue: clue.get_absolute_url(), beside=labels.marks
    ),
    Column("received_on", "受理日期", kind="date", sortable="received_on"),
    Column(
        "state",
        "状态",
        state_of,
        of=("state",),
        kind="flag",
        sortable="state",
    ),
    Column(
        "county",
        "县（市、区）",
        "county.name",
        sortable="county",
        seen_by=_several_counties,
        reads=("county",),
    ),
    Column("township", "乡镇", "township.name"),
    Column("place", "位置"),
    Column(
        "source", "来源", partial(codes.label, "sources"), of=("source",), sortable="source", default=False
    ),
    Column("parties", "当事人", "、".join, of=(Several("suspects", "party.name"),), reads=(NAMED,)),
    Column("handler", "核查人", lambda name: name or "未分派", of=("handler.name",), kind="name"),
    Column("due_at", "核查到期", "next_due_at", kind="due", sortable="next_due_at"),
    Column("left", "核查剩余", left_words, of=("next_due_at",), sortable="next_due_at", default=False),
    Column(
        "stay",
        "停留",
        days_since,
        of=("stage_since",),
        kind="days",
        unit="天",
        sortable="-stage_since",
        beside=stays_long,
    ),
    Column("labels", "标注", "、".join, of=(Several("labels_seen", "name"),), default=False),
    Column(
        "violations", "涉嫌违法类型", partial(codes.labels, "violations"), of=("violations",), default=False
    ),
    Column("outcome", "处理结果", partial(codes.label, "disposals"), of=("outcome",), default=False),
    Column("mineral", "矿种", default=False),
    Column("summary", "线索摘要", default=False),
    Column("source_number", "来文或工单编号", default=False),
    Column("happened_on", "问题发生日期", kind="date", default=False),
    Column("found_by", "发现人", default=False),
    Column("found_at", "发现时间", kind="datetime", sortable="found_at", default=False),
    Column("reported_at", "报告时间", kind="datetime", sortable="reported_at", default=False),
    Column("look_again_on", "再查日期", kind="date", sortable="look_again_on", default=False),
    Column("agency", "承办单位", "agency.name", default=False),
)
