"""What the lists of cases and of referrals, and their workbooks, can show."""

from django.db.models import Prefetch

from accounts import roles
from accounts.services import labels
from accounts.services.staying import stays_long
from cases.models import CaseParty
from cases.services import flags
from cases.stages import CASE_STAGES, REFERRAL_STAGES
from common.columns import Column
from common.showing.times import left_words

# The parties of a row with their names: one statement, and no more of a party than a list shows.
NAMED = Prefetch(
    "parties",
    CaseParty.objects.select_related("party").only("case", "party__name"),
)


def parties_of(case) -> str:
    """Names of the parties (prefetched)."""
    return "、".join(each.party.name for each in case.parties.all())


def _several_counties(user) -> bool:
    return user.holds(*roles.UPPER)


CASE_COLUMNS = (
    Column("number", "案号", lambda case: case.number or "（待编号）", sortable="number",
           link=lambda case: case.get_absolute_url(), beside=labels.marks),
    Column("parties", "当事人", parties_of, reads=(NAMED,)),
    Column("cause", "案由"),
    Column("county", "县（市、区）", "county.name", sortable="county", seen_by=_several_counties,
           reads=("county",)),
    Column("place", "位置"),
    Column("state", "阶段", lambda case: (case.get_state_display(), CASE_STAGES[case.state].tone),
           kind="flag", sortable="state"),
    Column("flags", "提示", lambda case: flags.words(case), kind="flag", reads=("flag_rows",)),
    Column("handler", "承办人", lambda case: case.handler and case.handler.name, kind="name"),
    Column("filed_on", "立案日期", kind="date", sortable="filed_on"),
    Column("due_at", "最近时限", "next_due_at", kind="due", sortable="next_due_at"),
    Column("left", "时限剩余", lambda case: left_words(case.next_due_at), sortable="next_due_at",
           default=False),
    Column("stay", "停留", "days_here", kind="days", unit="天", sortable="-stage_since",
           beside=stays_long),
    Column("labels", "标注", lambda case: labels.words(case.labels_seen), default=False),
    Column("violations", "违法类型",
           lambda case: "、".join(str(each) for each in case.violations.all()), default=False,
           reads=("violations",)),
    Column("mineral", "矿种", default=False),
    Column("source", "案件来源", lambda case: case.get_source_display(), default=False),
    Column("township", "乡（镇、街道）", lambda case: case.township and case.township.name,
           default=False, reads=("township",)),
    Column("closed_on", "结案日期", kind="date", sortable="closed_on", default=False),
    Column("agency", "立案单位", "agency.name", default=False),
)  # fmt: skip

REFERRAL_COLUMNS = (
    Column("number", "移送书文号", lambda referral: referral.number or "（待编号）", sortable="number",
           link=lambda referral: referral.get_absolute_url()),
    Column("case", "案号", "case.number"),
    Column("cause", "案由", "case.cause"),
    Column("parties", "当事人", lambda referral: parties_of(referral.case)),
    Column("crime", "涉嫌罪名"),
    Column("to_agency", "移送单位", "to_agency.name"),
    Column("state", "状态",
           lambda referral: (referral.get_state_display(), REFERRAL_STAGES[referral.state].tone),
           kind="flag", sortable="state"),
    Column("sent_on", "移送日期", kind="date", sortable="sent_on"),
    Column("due_at", "最近时限", kind="due", sortable="due_at"),
    Column("answered_on", "公安决定日期", kind="date", sortable="answered_on", default=False),
    Column("agency", "移送机关", "case.agency.name", default=False),
)  # fmt: skip
