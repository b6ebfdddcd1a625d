"""Rules of reporting duties: who owes what and when. A changed rule moves only what is open."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.services import clocks, deeds, trail
from common.errors import Refused
from ledgers.acts import DUTY_RULE_ACTS
from ledgers.models import Duty, DutyKind, DutyRule, DutyState
from ledgers.models.duty import LEADS
from ledgers.rhythm import EVERY, MONTHLY, MONTHS_OF, ONCE, STAY, WEEKLY
from ledgers.services.duties import agencies_of, make_for

HALF_MONTHLY = {
    "name": "半月台账",
    "what": DutyKind.LEDGER,
    "pattern": MONTHLY,
    "days": [15, 30],
    "at": time(18),
    "leads": LEADS,
    "article": "交自然资字〔2021〕62号六（五）",
}
COPIED = (
    "agency", "name", "what", "topic", "article", "level", "kind", "pattern", "days", "month",
    "every", "at", "holidays", "leads",
)  # fmt: skip


@dataclass(frozen=True)
class Moved:
    """What a changed rule did to its duties that lie ahead."""

    moved: int = 0
    cancelled: int = 0
    made: int = 0

    @property
    def words(self) -> str:
        """In Chinese, for the page and the trail."""
        return f"改期{self.moved}项，撤销{self.cancelled}项，新增{self.made}项；已到期和已报送的不变"


@transaction.atomic
def set_rule(*, by, agency, version=None, now=None, **values) -> DutyRule:
    """Set a rule for the agencies at and below one's own; its duties are made at once."""
    posting = DUTY_RULE_ACTS.require("set_rule", by, agency)
    rule = DutyRule(agency=agency, **values)
    _check(rule)
    rule.save()
    made = make_for(rule, now or timezone.now())
    trail.record(
        by=by,
        posting=posting,
        act=DUTY_RULE_ACTS.get("set_rule"),
        thing=rule,
        changes={"报送任务": ("", rule.name), "时间": ("", rule.rhythm.words), "已生成": ("", f"{made}项")},
        happened_on=rule.from_day,
    )
    return rule


def begin_rule(*, campaign, agency) -> DutyRule:
    """The half-monthly ledger of a campaign that was just opened; part of that deed.

    Its duties come with the next sweep.
    """
    return DutyRule.objects.create(
        agency=agency, campaign=campaign, from_day=campaign.from_day, to_day=campaign.to_day, **HALF_MONTHLY
    )


def copy_rules(*, campaign, new, shift) -> int:
    """Set the rules of a campaign for a new one, every day moved by `shift`; part of that deed."""
    rules = list(DutyRule.objects.filter(campaign=campaign).select_related("agency__region"))
    for old in rules:
        values = {name: getattr(old, name) for name in COPIED}
        DutyRule.objects.create(
            campaign=new, from_day=old.from_day + shift, to_day=old.to_day and old.to_day + shift, **values
        )
    return len(rules)


def realign_campaign(campaign, now=None) -> None:
    """Its members changed: who joined owes from now on, who left owes nothing more."""
    rules = DutyRule.objects.select_for_update(of=("self",)).filter(campaign=campaign)
    for rule in rules.select_related("agency__region").order_by("pk"):
        realign(rule, now or timezone.now())


def realign_for_calendar(now=None) -> None:
    """Days off were entered or changed: duties that are moved off them move again."""
    rules = DutyRule.objects.select_for_update(of=("self",)).exclude(holidays=STAY)
    for rule in rules.select_related("agency__region").order_by("pk"):
        realign(rule, now or timezone.now())


@transaction.atomic
def amend_rule(*, by, rule, version=None, now=None, **values) -> tuple[DutyRule, Moved]:
    """Change a rule; open duties ahead move to its new times, all others stay as they were."""
    rule = deeds.lock(rule, version)
    posting = DUTY_RULE_ACTS.require("amend_rule", by, rule)
    return _change(by, posting, "amend_rule", rule, values, now or timezone.now())


@transaction.atomic
def end_rule(*, by, rule, to_day: date, version=None, now=None) -> tuple[DutyRule, Moved]:
    """End a rule with a day; open duties after it are withdrawn."""
    rule = deeds.lock(rule, version)
    posting = DUTY_RULE_ACTS.require("end_rule", by, rule)
    return _change(by, posting, "end_rule", rule, {"to_day": to_day}, now or timezone.now())


def _change(by, posting, act, rule, values, now):
    old = {name: getattr(rule, name) for name in values}
    for name, value in values.items():
        setattr(rule, name, value)
    _check(rule)
    for name, value in old.items():
        setattr(rule, name, value)
    changes = deeds.save(rule, DUTY_RULE_ACTS.get(act), **values)
    moved = realign(rule, now)
    trail.record(
        by=by,
        posting=posting,
        act=DUTY_RULE_ACTS.get(act),
        thing=rule,
        changes={**changes, "待报任务": ("", moved.words)},
        happened_on=timezone.localdate(now),
    )
    return rule, moved


def _check(rule: DutyRule) -> None:
    """Refuse what can't be."""
    if rule.what == DutyKind.LEDGER and rule.campaign_id is None:
        raise Refused("报送台账的规则要选择专项行动。")
    if rule.to_day and rule.to_day < rule.from_day:
        raise Refused("结束日期不能早于开始日期，请核对。")
    highest = 7 if rule.pattern == WEEKLY else 31
    wanted = rule.pattern in MONTHS_OF or rule.pattern == WEEKLY
    if wanted and not (rule.days and all(1 <= day <= highest for day in rule.days)):
        raise Refused("请选择星期几。" if highest == 7 else "请填写每期的几日，例如“15、30”，在1至31之间。")
    if rule.pattern in MONTHS_OF and not 1 <= rule.month <= MONTHS_OF[rule.pattern]:
        raise Refused(f"月份应在1至{MONTHS_OF[rule.pattern]}之间，请核对。")
    if rule.pattern == EVERY and rule.every < 1:
        raise Refused("间隔天数至少为1。")
    if rule.pattern == ONCE and rule.to_day not in (None, rule.from_day):
        rule.to_day = rule.from_day


def realign(rule: DutyRule, now: datetime) -> Moved:
    """Bring duties that lie ahead in line with a locked rule; nothing else is touched."""
    today = timezone.localdate(now)
    rhythm, calendar = rule.rhythm, clocks.calendar()
    ahead = list(
        Duty.objects.select_for_update().filter(
            Q(state=DutyState.OPEN, due_at__gt=now) | Q(state=DutyState.CANCELLED, day__gte=today), rule=rule
        )
    )
    last = max((duty.day for duty in ahead), default=rule.from_day)
    last = min(last, rule.to_day) if rule.to_day else last
    days = set(rhythm.days_between(rule.from_day, last))
    owing = {agency.pk for agency in agencies_of(rule)}
    counts = {"moved": 0, "cancelled": 0, "made": 0}
    for duty in ahead:
        due = rhythm.due_at(duty.day, calendar)
        wanted = duty.day in days and duty.agency_id in owing and due > now
        if word := _realign_one(duty, wanted, due, now):
            counts[word] += 1
        duty.name, duty.leads = rule.name, rule.leads
        duty.explanation = rhythm.why(duty.day, calendar)
    fields = ["state", "closed_at", "due_at", "remind_at", "name", "leads", "explanation"]
    Duty.objects.bulk_update(ahead, fields, batch_size=500)
    rule.made_until = None
    counts["made"] += make_for(rule, now)
    return Moved(**counts)


def _realign_one(duty: Duty, wanted: bool, due: datetime, now: datetime) -> str:
    """What happened to one duty: moved, cancelled, made again, or nothing."""
    was_open = duty.state == DutyState.OPEN
    if wanted and not was_open:
        duty.state, duty.closed_at, duty.due_at, duty.remind_at = DutyState.OPEN, None, due, None
        return "made"
    if was_open and not wanted:
        duty.state, duty.closed_at = DutyState.CANCELLED, now
        return "cancelled"
    if wanted and due != duty.due_at:
        duty.due_at, duty.remind_at = due, None
        return "moved"
    return ""
