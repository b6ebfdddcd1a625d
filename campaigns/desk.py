"""What waits for a person among duties and meetings: rows of 工作台, and what the office owes next.

Ledgers wait on the desk of the app above; here stand papers to hand in and to take in, meetings to
hold, what meetings agreed on, and rules that bind an office where nobody can answer.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.desk import Part, Sent, Task
from accounts.models import User
from campaigns.acts import BOOK_ACTS, DUTY_ACTS, DUTY_RULE_ACTS, ITEM_ACTS, REPORTERS
from campaigns.models import Duty, DutyKind, DutyRule, DutyState, MeetingItem
from campaigns.services.answerable import unanswerable
from campaigns.services.together import apart_from_ledgers
from campaigns.showing.duties import answer_url, returned_words
from campaigns.stages import OWED
from reminders.services.day_source import end_of

AHEAD = 3  # days before it is due, unless the rule tells earlier
AT_MOST = 50
NAMED = 3


def next_duty(user: User, now: datetime) -> Duty | None:
    """What the person's offices owe next, by due time; for the first line of 工作台."""
    held = user.agencies_as(*REPORTERS)
    return Duty.objects.filter(agency_id__in=held, state__in=OWED).order_by("due_at").first()


def waiting_for(user: User, now: datetime) -> list[Task]:
    """What this person's posts hand in, hold, take in and see through; queries grow with rules alone."""
    return [*_owed(user, now), *_to_take_in(user), *_agreed(user, now), *_without_people(user, now)]


def waiting(user: User, now: datetime) -> list[Part]:
    """The same as a part of 工作台."""
    return [Part(waiting_for(user, now))]


def sent(user: User) -> list[Part]:
    """Papers that this person handed in and that nobody has answered."""
    duties = Duty.objects.visible_to(user).filter(what=DutyKind.PAPER, state=DutyState.SUBMITTED)
    duties = duties.filter(papers__recorded_by=user).select_related("agency", "upper").distinct()
    return [Part(duties.order_by("-closed_at")[:AT_MOST], _handed_in)]


def _handed_in(duty: Duty) -> Sent:
    return Sent(
        thing=str(duty),
        url=duty.get_absolute_url(),
        what="材料已报送，等待接收",
        to=str(duty.upper),
        at=duty.closed_at,
    )


def counts_for(user: User) -> int:
    """The badge of 报送任务, for those who keep no ledger."""
    return len(waiting_for(user, timezone.now()))


def _owed(user: User, now: datetime) -> Iterator[Task]:
    """Of each rule what is owed first, once it is near; how many more are overdue stands beside it."""
    papers, meetings = (
        user.agencies_as(*codes) for codes in (DUTY_ACTS.get("hand_in").roles, BOOK_ACTS.get("add_row").roles)
    )
    mine = Q(what=DutyKind.PAPER, agency_id__in=papers) | Q(what=DutyKind.MEETING, agency_id__in=meetings)
    rows: dict[tuple[int, int], list[Duty]] = {}
    for duty in _read(apart_from_ledgers(Duty.objects.filter(mine, state__in=OWED))).order_by("due_at"):
        rows.setdefault((duty.rule_id, duty.agency_id), []).append(duty)
    for duty, *later in rows.values():
        if duty.due_at <= now + timedelta(days=max([AHEAD, *duty.leads])):
            yield _to_answer(duty, sum(each.due_at <= now for each in later))


def _to_answer(duty: Duty, more: int) -> Task:
    returned = duty.state == DutyState.RETURNED
    notes = [returned_words(duty), f"另有{more}期也已超期" if more else ""]
    what, verb = (
        (f"召开{duty.name}并登记", "登记会议")
        if duty.what == DutyKind.MEETING
        else (f"报送{duty.name}", "报送")
    )
    return Task(
        thing=f"{duty.campaign or ''} {duty}".strip(),
        url=duty.get_absolute_url(),
        what="材料被退回，改好后重新报送" if returned else what,
        act_url=answer_url(duty),
        verb=verb,
        due=duty.wanted_by,
        article=duty.rule.article,
        note="；".join(note for note in notes if note),
    )


def _to_take_in(user: User) -> Iterator[Task]:
    """Papers to accept or return, and times on paper to rule on."""
    rows = _read(Duty.objects.visible_to(user).filter(_received_by(user))).order_by("submitted_at")
    papers = rows.filter(what=DutyKind.PAPER, state=DutyState.SUBMITTED, papers__isnull=False)
    for duty in apart_from_ledgers(papers).distinct():
        yield _to_judge(duty, "接收或退回材料")
    for duty in rows.filter(claim__isnull=False, claim__recognised=None):
        yield _to_judge(duty, "认定线下报送时间")


def _received_by(user: User) -> Q:
    """What is owed to the person's office; of one that owes to itself, what the office above judges."""
    act = DUTY_ACTS.get("accept_paper")
    above = user.agencies_as(*act.roles)
    own = Q(agency_id=F("upper_id"))
    return (Q(upper_id__in=user.agencies_as(*act.roles, *act.receivers)) & ~own) | (
        own & Q(agency__parent_id__in=above)
    )


def _to_judge(duty: Duty, what: str) -> Task:
    url = duty.get_absolute_url()
    return Task(thing=f"{duty.agency} {duty}", url=url, what=what, act_url=url, verb="查看")


def _agreed(user: User, now: datetime) -> Iterator[Task]:
    """What meetings of the person's office agreed on, by its day."""
    act = ITEM_ACTS.get("settle_item")
    last = timezone.localdate(now) + timedelta(days=AHEAD)
    rows = MeetingItem.objects.filter(
        row__agency_id__in=user.agencies_as(*act.roles), row__struck_on=None, done_on=None, due_on__lte=last
    )
    for item in rows.select_related("row").order_by("due_on", "pk")[:AT_MOST]:
        yield Task(
            thing=item.title,
            url=item.get_absolute_url(),
            what="办结会议议定事项",
            act_url=reverse("campaigns:settle_item", args=[item.row.public_id, item.position]),
            verb=act.verb,
            due=end_of(item.due_on),
            note="　".join(filter(None, (item.follow_up, item.who))),
        )


def _without_people(user: User, now: datetime) -> Iterator[Task]:
    """Running rules of the person's own office that bind an office where nobody can answer."""
    rules = DutyRule.objects.filter(agency_id__in=user.agencies_as(*DUTY_RULE_ACTS.get("set_rule").roles))
    rules = rules.filter(Q(to_day=None) | Q(to_day__gte=timezone.localdate(now)))
    rules = list(rules.select_related("agency__region"))
    lacking = unanswerable(rules) if rules else {}
    for rule in rules:
        if agencies := lacking[rule.pk]:
            names = "、".join(agency.name for agency in agencies[:NAMED])
            yield Task(
                thing=f"报送规则 {rule}",
                url=rule.get_absolute_url(),
                what=f"{len(agencies)}个单位没有人报送",
                act_url=rule.get_absolute_url(),
                verb="查看",
                note=names + ("等" if len(agencies) > NAMED else ""),
            )


def _read(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    return duties.select_related("campaign", "agency", "rule")
