"""What the lists of duties and rules, the board of a round, and their workbooks can show."""

from django.urls import reverse
from django.utils import timezone

from campaigns.acts import DUTY_ACTS
from campaigns.answers import shown_answer
from campaigns.showing.calls import contact_words, last_call
from campaigns.showing.duties import to_the_second
from campaigns.showing.duties import words_of as duty_words
from common.columns import Column


def _duty_state(duty):
    return duty_words(duty, timezone.now())


def _claimed(duty) -> str:
    return to_the_second(duty.claim.sent_at) if duty.claim_or_none else "无"


_NAME = Column("name", "报送任务", sortable="name", link=lambda duty: duty.get_absolute_url())
_OFFICE = Column("agency", "报送单位", "agency.name", sortable="agency")
_DUE = Column("due_at", "截止时间", kind="datetime", sortable="due_at")
_STATE = Column("state", "状态", _duty_state, kind="flag")
_SENT = Column(
    "submitted_at",
    "报送时间",
    lambda duty: to_the_second(duty.submitted_at) or "未报",
    sortable="submitted_at",
)
_BY_PAPER = Column("claimed_at", "线下报送时间", _claimed)
_REPORT = Column(
    "submission",
    "所报内容",
    lambda duty: answer.words if (answer := shown_answer(duty)) else "无",
    link=lambda duty: answer.url if (answer := shown_answer(duty)) else "",
)
DUTIES = (
    _NAME,
    _DUE,
    _STATE,
    _OFFICE,
    _SENT,
    _REPORT,
    Column("campaign", "专项行动", lambda duty: duty.campaign.name if duty.campaign else "—"),
    Column("what", "报送内容", lambda duty: duty.get_what_display(), default=False),
    Column("upper", "报往", "upper.name", default=False),
)


def _calls_url(duty) -> str:
    return f"{duty.get_absolute_url()}#calls" if duty.calls.all() else ""


def _call_url(duty) -> str:
    return reverse("campaigns:record_call", args=[duty.public_id])


BOARD = (
    Column(
        "agency",
        "报送单位",
        "agency.name",
        sortable="agency__region_id",
        link=lambda duty: duty.get_absolute_url(),
    ),
    _STATE,
    _SENT,
    _BY_PAPER,
    _REPORT,
    Column("phone", "联系电话", contact_words),
    Column("calls", "催办电话", last_call, link=_calls_url),
    Column(
        "record_call",
        "记电话",
        lambda duty: "记录",
        link=_call_url,
        seen_by=lambda user: user.holds(*DUTY_ACTS.get("record_call").roles),
    ),
)
RULES = (
    Column("name", "报送任务", sortable="name", link=lambda rule: rule.get_absolute_url()),
    Column("words", "时间", "rhythm.words"),
    Column("what", "报送内容", lambda rule: rule.get_what_display()),
    Column("campaign", "专项行动", lambda rule: rule.campaign.name if rule.campaign else "—"),
    Column("agency", "制定单位", "agency.name", sortable="agency__region_id"),
    Column("from_day", "自", kind="date", sortable="from_day"),
    Column("to_day", "至", lambda rule: rule.to_day.isoformat() if rule.to_day else "长期"),
    Column("board", "报送情况", lambda rule: "查看", link=lambda rule: rule.board_url),
)
