"""Duties as rows: made ahead from the rules, and told to the reminder engine."""

from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from accounts.models import Agency
from accounts.services import clocks
from campaigns.models import Duty, DutyRule
from campaigns.services import meetings

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
    meetings.credit_made(rule)
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
