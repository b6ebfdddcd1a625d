"""A changed rule moves only what is open and lies ahead; nothing else is touched."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from accounts.services import clocks
from campaigns.acts import CANCEL_DUTY, REVIVE_DUTY
from campaigns.models import Campaign, Duty, DutyRule, DutyState
from campaigns.rhythm import STAY
from campaigns.services.duties import agencies_of, make_for


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


def realign_campaign(campaign: Campaign, now: datetime | None = None) -> None:
    """Its members changed: who joined owes from now on, who left owes nothing more."""
    rules = DutyRule.objects.select_for_update(of=("self",)).filter(campaign=campaign)
    for rule in rules.select_related("agency__region").order_by("pk"):
        realign(rule, now or timezone.now())


def realign_for_calendar(now: datetime | None = None) -> None:
    """Days off were entered or changed: duties that are moved off them move again."""
    rules = DutyRule.objects.select_for_update(of=("self",)).exclude(holidays=STAY)
    for rule in rules.select_related("agency__region").order_by("pk"):
        realign(rule, now or timezone.now())


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
        duty.state, duty.closed_at, duty.due_at, duty.remind_at = REVIVE_DUTY.landing, None, due, None
        return "made"
    if was_open and not wanted:
        duty.state, duty.closed_at = CANCEL_DUTY.landing, now
        return "cancelled"
    if wanted and due != duty.due_at:
        duty.due_at, duty.remind_at = due, None
        return "moved"
    return ""
