"""What the lists of cases and of referrals, and their workbooks, can show."""

from functools import partial

from django.db.models import Prefetch

from accounts import roles
from accounts.models.base import days_since
from accounts.services import labels
from accounts.services.staying import stays_long
from cases import flags
from cases.models import CaseParty
from cases.stages import CASE_STAGES, REFERRAL_STAGES
from common.columns import Column, Several
from common.showing.times import left_words
from registry import codes

# The parties of a row with their names: one statement, and no more of a party than a list shows.
NAMED = Prefetch(
    "parties",
    CaseParty.objects.select_related("party").only("case", "party__name"),
)
NO_NUMBER = "（待编号）"


def _several_counties(user) -> bool:
    return user.holds(*roles.UPPER)


CASE_COLUMNS = (
    Column("number", "案号", lambda number: number or NO_NUMBER, of=("number",), sortable="number",
           link=lambda case: case.get_absolute_url(), beside=labels.marks),
    Column("parties", "当事人", "、".join, of=(Several("parties", "party.name"),), reads=(NAMED,)),
    Column("cause", "案由"),
    Column("county", "县（市、区）", "county.name", sortable="county", seen_by=_several_counties,
           reads=("county",)),
    Column("place", "位置"),
    Column("state", "阶段", lambda state: (CASE_STAGES[state].label, CASE_STAGES[state].tone), of=("state",),
           kind="flag", sortable="state"),
    Column("flags", "提示", flags.words, of=(Several("flag_rows", "code", "figures.times"),), kind="flag",
           reads=("flag_rows",)),
    Column("handler", "承办人", "handler.name", kind="name"),
    Column("filed_on", "立案日期", kind="date", sortable="filed_on"),
    Column("due_at", "最近时限", "next_due_at", kind="due", sortable="next_due_at"),
    Column("left", "时限剩余", left_words, of=("next_due_at",), sortable="next_due_at", default=False),
    Column("stay", "停留", days_since, of=("stage_since",), kind="days", unit="天", sortable="-stage_since",
           beside=stays_long),
    Column("labels", "标注", "、".join, of=(Several("labels_seen", "name"),), default=False),
    Column("violations", "违法类型", partial(codes.labels, "violations"), of=(Several("violations", "code"),),
           default=False, reads=("violations",)),
    Column("mineral", "矿种", default=False),
    Column("source", "案件来源", partial(codes.label, "sources"), of=("source",), default=False),
    Column("township", "乡（镇、街道）", "township.name", default=False, reads=("township",)),
    Column("closed_on", "结案日期", kind="date", sortable="closed_on", default=False),
    Column("agency", "立案单位", "agency.name", default=False),
)  # fmt: skip

REFERRAL_COLUMNS = (
    Column("number", "移送书文号", lambda number: number or NO_NUMBER, of=("number",), sortable="number",
           link=lambda referral: referral.get_absolute_url()),
    Column("case", "案号", "case.number"),
    Column("cause", "案由", "case.cause"),
    Column("parties", "当事人", "、".join, of=(Several("case.parties", "party.name"),)),
    Column("crime", "涉嫌罪名"),
    Column("to_agency", "移送单位", "to_agency.name"),
    Column("state", "状态",
           lambda state: (REFERRAL_STAGES[state].label, REFERRAL_STAGES[state].tone), of=("state",),
           kind="flag", sortable="state"),
    Column("sent_on", "移送日期", kind="date", sortable="sent_on"),
    Column("due_at", "最近时限", "next_due_at", kind="due", sortable="next_due_at"),
    Column("answered_on", "公安决定日期", kind="date", sortable="answered_on", default=False),
    Column("agency", "移送机关", "agency.name", default=False),
)  # fmt: skip
