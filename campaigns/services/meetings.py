"""Meetings and the duties to hold them: each meets the duty of the period in which it was held.

Whoever types late closes no later duty; what was typed before its duty was made is credited when it
is made. Of a rule's periods each wants its own meeting, of the kind that the rule names.
"""

from collections import defaultdict
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.services import deeds
from campaigns.acts import MEET_DUTY, UNMEET_DUTY
from campaigns.models import Duty, DutyKind, DutyRule, DutyState, Meeting
from campaigns.services.settling import miss_older, report, settle_answer

# What a meeting may still meet: also what a later one had left behind.
UNMET = MEET_DUTY.before
# What decides which duty a meeting meets.
DECIDING = ("kind", "held_on")


def credit(meeting: Meeting, at: datetime) -> list[Duty]:
    """Meet what this meeting was held for, as of `at`; part of the deed that wrote it down."""
    duties = (
        Duty.objects.select_for_update(of=("self",))
        .select_related("rule")
        .filter(_asks_for(meeting), agency_id=meeting.agency_id, what=DutyKind.MEETING, state__in=UNMET)
        .filter(Q(day__gte=meeting.held_on) | Q(due_at__gte=_begin_of(meeting.held_on)))
        .order_by("due_at")
    )
    first_of: dict[int, Duty] = {}
    for duty in duties:
        if _covers(duty, meeting):
            first_of.setdefault(duty.rule_id, duty)
    for duty in first_of.values():
        _meet(duty, meeting, at)
    return list(first_of.values())


def credit_made(rule: DutyRule) -> None:
    """Meet what is open of a meetings' rule by meetings that were written down before; as of then."""
    if rule.what != DutyKind.MEETING:
        return
    is_open = Duty.objects.filter(rule=rule, state=DutyState.OPEN)
    free = _held_for(rule).filter(agency_id__in=is_open.order_by().values("agency_id"))
    held = defaultdict(list)
    for meeting in free.exclude(duties__rule=rule):
        held[meeting.agency_id].append(meeting)
    duties = is_open.filter(agency_id__in=held).select_for_update(of=("self",)).select_related("rule")
    for duty in duties.order_by("due_at"):
        mine = held[duty.agency_id]
        if meeting := next((each for each in mine if _covers(duty, each)), None):
            mine.remove(meeting)
            _meet(duty, meeting, meeting.recorded_at)


def follow(meeting: Meeting, before: dict[str, str], now: datetime) -> None:
    """It was amended; `before` says how its fields read. Another kind or day is another meeting."""
    if any(before.get(name, words) != words for name in DECIDING if (words := meeting.words(name))):
        release(meeting, now)
        credit(meeting, now)


def release(meeting: Meeting, now: datetime) -> None:
    """It was struck, or was another one: what it had met is owed again, unless another was held."""
    duties = Duty.objects.select_for_update(of=("self",)).select_related("rule").filter(meeting=meeting)
    for duty in duties.order_by("due_at"):
        later = Duty.objects.filter(
            rule_id=duty.rule_id, agency_id=duty.agency_id, due_at__gt=duty.due_at, meeting__isnull=False
        )
        was = duty.state
        duty.state = DutyState.MISSED if later.exists() else DutyState.OPEN
        duty.meeting = duty.submitted_at = duty.remind_at = None
        duty.closed_at = now if duty.state == DutyState.MISSED else None
        duty.version += 1
        deeds.check_landing(duty, UNMEET_DUTY, was)
        duty.save()
        since, until = duty.period
        others = _held_for(duty.rule).filter(agency_id=duty.agency_id, held_on__range=(since, until))
        if another := others.exclude(pk=meeting.pk).exclude(duties__rule=duty.rule_id).first():
            _meet(duty, another, another.recorded_at)


def _covers(duty: Duty, meeting: Meeting) -> bool:
    since, until = duty.period
    return since <= meeting.held_on <= until


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _meet(duty: Duty, meeting: Meeting, at: datetime) -> None:
    was, duty.meeting = duty.state, meeting
    report(duty, at)
    settle_answer(duty, accepted=True)
    miss_older(duty, at)
    deeds.check_landing(duty, MEET_DUTY, was)


def _asks_for(meeting: Meeting) -> Q:
    """Duties whose rule names this kind or any, in its campaign or in none."""
    kind = Q(rule__topic__in=("", meeting.kind))
    return kind & (Q(campaign_id=meeting.campaign_id) | Q(campaign=None))


def _held_for(rule: DutyRule) -> QuerySet[Meeting]:
    """Standing meetings that the rule's duties may be met by, in the order they were held."""
    rows = Meeting.objects.standing().order_by("held_on", "pk")
    rows = rows.filter(campaign_id=rule.campaign_id) if rule.campaign_id else rows
    return rows.filter(kind=rule.topic) if rule.topic else rows
