"""Which duty a report is for: the one whose period runs, or an overdue one that it makes up for.

A period ends with the day on which its duty is due. While it runs its duty is the ledger's, met or not:
a report more is one more for it, never one for the period to come.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from campaigns.models import CampaignMember, Duty, DutyState
from campaigns.stages import OWED, REPORTED

# Ledger duties that still want a ledger; also those met on paper alone (线下报送补登).
WAITS = Q(state__in=OWED) | Q(state=DutyState.SUBMITTED, answered_at=None, claim__isnull=False)


@dataclass(frozen=True)
class Periods:
    """Of one ledger: what is overdue, and the duty of the period that runs, if a rule makes one."""

    now: datetime
    overdue: list[Duty] = field(default_factory=list)
    running: Duty | None = None

    @property
    def owed(self) -> list[Duty]:
        """What a report may answer: all overdue, and the period that runs unless it is met."""
        running = self.running
        return [*self.overdue, running] if running and running.waits else self.overdue

    @property
    def likely(self) -> Duty | None:
        """The one that a report of today is most likely meant for, if any is owed."""
        return most_likely(self.owed, self.now)

    @property
    def met(self) -> Duty | None:
        """The duty of the period that runs where nothing is owed any more: one more report is for it."""
        return None if self.owed else self.running


def periods_of(ledgers: Iterable[CampaignMember], now: datetime) -> dict[tuple[int, int], Periods]:
    """{(campaign id, agency id): its periods}, of every ledger asked for; one query."""
    pairs = {(ledger.campaign_id, ledger.agency_id) for ledger in ledgers}
    rows: dict[tuple[int, int], list[Duty]] = {pair: [] for pair in pairs}
    if not pairs:
        return {}
    for duty in _wanted(now).filter(
        campaign_id__in={campaign for campaign, _ in pairs}, agency_id__in={agency for _, agency in pairs}
    ):
        if (duty.campaign_id, duty.agency_id) in pairs:
            rows[duty.campaign_id, duty.agency_id].append(duty)
    return {pair: _split(duties, now) for pair, duties in rows.items()}


def period_of(ledger: CampaignMember, now: datetime) -> Periods:
    """The periods of one ledger."""
    return periods_of([ledger], now)[ledger.campaign_id, ledger.agency_id]


def owed_by(ledger: CampaignMember, now: datetime) -> list[Duty]:
    """What a report of this ledger may answer, by due time."""
    return period_of(ledger, now).owed


def most_likely(owed: list[Duty], now: datetime) -> Duty | None:
    """The last due up to today, else the next."""
    past = [duty for duty in owed if is_due(duty, now)]
    return past[-1] if past else next(iter(owed), None)


def is_due(duty: Duty, now: datetime) -> bool:
    """Whether the day on which it is due has come."""
    return timezone.localdate(duty.due_at) <= timezone.localdate(now)


def _split(duties: list[Duty], now: datetime) -> Periods:
    """Met ones lie ahead, see `_wanted`."""
    today = timezone.localdate(now)
    ahead = [duty for duty in duties if timezone.localdate(duty.due_at) >= today]
    ending = [duty for duty in ahead if duty.due_at == ahead[0].due_at]
    running = next((duty for duty in ending if duty.waits), next(iter(ending), None))
    overdue = [duty for duty in duties if duty.due_at <= now and duty is not running and duty.waits]
    return Periods(now, overdue, running)


def _wanted(now: datetime) -> QuerySet[Duty]:
    """Ledger duties that want a ledger, and those met of today and later; by due time."""
    today = timezone.make_aware(datetime.combine(timezone.localdate(now), time()))
    return (
        Duty.objects.filter(what="ledger")
        .filter(WAITS | Q(state__in=REPORTED, due_at__gte=today))
        .annotate(waits=ExpressionWrapper(WAITS, output_field=BooleanField()))
        .order_by("due_at")
    )
