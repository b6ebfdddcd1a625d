"""Duties as rows: made ahead from the rules, and told to the reminder engine."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Agency
from accounts.services import clocks
from campaigns.models import CampaignMember, Duty, DutyRule, DutyState
from campaigns.stages import OWED

AHEAD = timedelta(days=30)
BATCH = 1000


def make_ahead(now: datetime) -> int:
    """Make what every rule asks for within the next 30 days; how many came to be.

    Called by each sweep; a rule is worked through once a day, or at once after it changed. Two
    sweeps at once take different rules, and a duty is unique by rule, agency and day.
    """
    today = timezone.localdate(now)
    rules = DutyRule.objects.filter(
        models.Q(made_until=None) | models.Q(made_until__lt=today + AHEAD),
        models.Q(to_day=None) | models.Q(to_day__gte=today),
    )
    return sum(_make_locked(pk, now) for pk in list(rules.values_list("pk", flat=True)))


@transaction.atomic
def _make_locked(pk: int, now: datetime) -> int:
    rule = (
        DutyRule.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("agency__region")
        .filter(pk=pk)
        .first()
    )
    return make_for(rule, now) if rule else 0


def make_for(rule: DutyRule, now: datetime) -> int:
    """Make a locked rule's duties up to 30 days ahead; how many. A constant number of queries.

    What was due before the rule came to be, or before an agency did, is owed by nobody; what a
    long outage left unmade is.
    """
    today = timezone.localdate(now)
    until = today + AHEAD
    first = min(today, rule.made_until + timedelta(days=1)) if rule.made_until else today
    days = _due_days(rule, first, min(until, rule.to_day or until))
    owing = agencies_of(rule)
    rows = Duty.objects.filter(rule=rule, day__gte=first).order_by()
    existing = set(rows.values_list("agency_id", "day"))
    made = [
        _duty(rule, agency, day, due, why)
        for day, (due, why) in days.items()
        if due > now or (rule.made_until and day > rule.made_until)
        for agency in owing
        if (agency.pk, day) not in existing
    ]
    Duty.objects.bulk_create(made, ignore_conflicts=True, batch_size=BATCH)
    DutyRule.objects.filter(pk=rule.pk).update(made_until=until)
    rule.made_until = until
    return len(made)


def _due_days(rule: DutyRule, first: date, last: date) -> dict[date, tuple[datetime, str]]:
    """{day of the rhythm: (due, why)}."""
    rhythm, calendar = rule.rhythm, clocks.calendar()
    return {
        day: (rhythm.due_at(day, calendar), rhythm.why(day, calendar))
        for day in rhythm.days_between(first, last)
    }


def _duty(rule: DutyRule, agency: Agency, day: date, due: datetime, why: str) -> Duty:
    return Duty(
        rule=rule,
        campaign_id=rule.campaign_id,
        agency=agency,
        what=rule.what,
        name=rule.name,
        day=day,
        due_at=due,
        explanation=why,
        leads=rule.leads,
        upper_id=rule.agency_id,
    )


def agencies_of(rule: DutyRule) -> list[Agency]:
    """Who owes: agencies of its level and kind in the region of the rule's own, in its campaign.

    By region, not by the tree: public security hangs under no natural-resources office.
    """
    stem = rule.agency.region.stem
    rows = Agency.objects.filter(region__code__startswith=stem, kind=rule.kind, ended_on=None)
    if rule.level:
        rows = rows.filter(region__level=rule.level)
    if rule.campaign_id:
        rows = rows.filter(memberships__campaign_id=rule.campaign_id)
    return list(rows.order_by("region_id", "pk"))


def next_due_times(rule: DutyRule, after: datetime, count: int = 12) -> list[tuple[datetime, str]]:
    """The next due times of a rule, saved or not, with what is out of the ordinary about each."""
    rhythm, calendar = rule.rhythm, clocks.calendar()
    first, times = timezone.localdate(after), []
    for _ in range(count + 1):
        last = first + timedelta(days=366)
        if rule.to_day:
            last = min(last, rule.to_day)
        for day in rhythm.days_between(first, last):
            due = rhythm.due_at(day, calendar)
            if due > after and len(times) < count:
                times.append((due, rhythm.remarks(day, calendar)))
        if len(times) == count or last == rule.to_day:
            break
        first = last + timedelta(days=1)
    return times


def owed_by(ledger: CampaignMember, now: datetime) -> list[Duty]:
    """What a report of this ledger may answer: all overdue, and the next to come; by due time.

    A duty met on paper (线下报送补登) still waits for its ledger.
    """
    duties = list(_waiting().filter(campaign_id=ledger.campaign_id, agency_id=ledger.agency_id))
    past = [duty for duty in duties if duty.due_at <= now]
    return past + [duty for duty in duties if duty.due_at > now][:1]


def most_likely(owed: list[Duty], now: datetime) -> Duty | None:
    """The one that a report of today is most likely meant for: the last due up to today, else
    the next."""
    today = timezone.localdate(now)
    past = [duty for duty in owed if timezone.localdate(duty.due_at) <= today]
    return past[-1] if past else next(iter(owed), None)


def next_of(ledgers: Iterable[CampaignMember], now: datetime) -> dict[tuple[int, int], Duty]:
    """{(campaign id, agency id): the duty that a report of each ledger most likely answers}; one
    query. A ledger without a rule has none."""
    by_ledger: dict[tuple[int, int], list[Duty]] = {}
    pairs = {(ledger.campaign_id, ledger.agency_id) for ledger in ledgers}
    for duty in _waiting().filter(
        campaign_id__in={campaign for campaign, _ in pairs}, agency_id__in={agency for _, agency in pairs}
    ):
        by_ledger.setdefault((duty.campaign_id, duty.agency_id), []).append(duty)
    return {pair: most_likely(by_ledger[pair], now) for pair in pairs & by_ledger.keys()}


def _waiting() -> QuerySet:
    """Ledger duties that still want a ledger, by due time; also those met on paper alone."""
    return (
        Duty.objects.filter(what="ledger")
        .filter(
            models.Q(state__in=OWED)
            | models.Q(state=DutyState.SUBMITTED, answered_at=None, claim__isnull=False)
        )
        .order_by("due_at")
    )
