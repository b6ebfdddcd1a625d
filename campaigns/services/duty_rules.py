"""Rules of reporting duties: who owes what and when. A changed rule moves only what is open."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Agency, AgencyKind, Posting, RegionLevel, User
from accounts.services import deeds, trail
from campaigns.acts import DUTY_RULE_ACTS
from campaigns.models import Campaign, DutyKind, DutyRule
from campaigns.models.duty_rule import LEADS
from campaigns.rhythm import EVERY, MONTHLY, MONTHS_OF, ONCE, STAY, WEEKLY
from campaigns.services.answerable import posts_needed, remark_unanswerable
from campaigns.services.duties import make_for
from campaigns.services.realigning import Moved, realign
from common.errors import Refused

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
class RuleDraft:
    """What a rule is to say: what is owed, by whom, when, how many days before it is told.

    `days`, `month` and `every` are those of the rhythm (`campaigns/rhythm.py`).
    """

    name: str
    pattern: str
    from_day: date
    what: str = DutyKind.LEDGER
    topic: str = ""
    campaign: Campaign | None = None
    article: str = ""
    level: str = RegionLevel.COUNTY
    kind: str = AgencyKind.NATURAL_RESOURCES
    days: Sequence[int] = ()
    month: int = 1
    every: int = 1
    at: time = time(18)
    holidays: str = STAY
    leads: Sequence[int] = ()
    to_day: date | None = None

    @classmethod
    def of(cls, rule: DutyRule) -> "RuleDraft":
        """What a rule says now."""
        return cls(**{field.name: getattr(rule, field.name) for field in fields(cls)})

    def values(self) -> dict[str, object]:
        """By the names of the rule's fields."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return values | {"days": list(self.days), "leads": list(self.leads)}


@transaction.atomic
def set_rule(*, by: User, agency: Agency, draft: RuleDraft, now: datetime | None = None) -> DutyRule:
    """Set a rule for the agencies at and below the user's own; its duties are made at once."""
    posting = DUTY_RULE_ACTS.require("set_rule", by, agency)
    rule = DutyRule(agency=agency, **draft.values())
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
    remark_unanswerable(rule)
    return rule


def begin_rule(*, campaign: Campaign, agency: Agency) -> DutyRule:
    """The half-monthly ledger of a campaign that was just opened; part of that deed.

    Its duties come with the next sweep.
    """
    return DutyRule.objects.create(
        agency=agency, campaign=campaign, from_day=campaign.from_day, to_day=campaign.to_day, **HALF_MONTHLY
    )


def copy_rules(*, campaign: Campaign, new: Campaign, shift: timedelta) -> int:
    """Set the rules of a campaign for a new one, every day moved by `shift`; part of that deed."""
    rules = list(DutyRule.objects.filter(campaign=campaign).select_related("agency__region"))
    for old in rules:
        values = {name: getattr(old, name) for name in COPIED}
        DutyRule.objects.create(
            campaign=new, from_day=old.from_day + shift, to_day=old.to_day and old.to_day + shift, **values
        )
    return len(rules)


@transaction.atomic
def amend_rule(
    *, by: User, rule: DutyRule, draft: RuleDraft, version: int | None = None, now: datetime | None = None
) -> tuple[DutyRule, Moved]:
    """Change a rule; open duties ahead move to its new times, all others stay as they were."""
    rule = deeds.lock(rule, version)
    posting = DUTY_RULE_ACTS.require("amend_rule", by, rule)
    changed = _change(by, posting, "amend_rule", rule, draft.values(), now or timezone.now())
    remark_unanswerable(rule)
    return changed


@transaction.atomic
def end_rule(
    *, by: User, rule: DutyRule, to_day: date, version: int | None = None, now: datetime | None = None
) -> tuple[DutyRule, Moved]:
    """End a rule with a day; open duties after it are withdrawn."""
    rule = deeds.lock(rule, version)
    posting = DUTY_RULE_ACTS.require("end_rule", by, rule)
    return _change(by, posting, "end_rule", rule, {"to_day": to_day}, now or timezone.now())


def _change(
    by: User, posting: Posting, act: str, rule: DutyRule, values: dict, now: datetime
) -> tuple[DutyRule, Moved]:
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
    if not posts_needed(rule):
        kind, what = rule.get_kind_display(), rule.get_what_display()
        raise Refused(f"{kind}单位在系统里没有报送{what}的岗位，请把报送内容改为书面材料。")
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
