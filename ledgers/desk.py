"""What waits for a person among ledgers: rows of 工作台, badges of the navigation.

A ledger of a running campaign waits for its liaison until it is prepared, then for the checker; a
submission waits for the prefecture; a returned one for the liaison again.
"""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.desk import Part, Sent, Task
from campaigns.models import Duty, DutyState
from campaigns.services.periods import periods_of
from campaigns.services.together import papers_beside
from campaigns.stages import OWED
from ledgers import stages
from ledgers.acts import LEDGER_ACTS
from ledgers.models import CountyLedger, Submission, Verdict
from ledgers.services.checking import corrected
from ledgers.services.settling import wanted
from ledgers.showing import proposing, proxies

AT_MOST = 50
SHOWN_AHEAD = timedelta(days=7)
ARTICLE = LEDGER_ACTS.get("submit_ledger").article


def waiting_for(user, now) -> list[Task]:
    """Ledgers to prepare, check or submit, and submissions to answer, with when they are due."""
    today = timezone.localdate(now)
    preparing, checking = (_own(user, today, role) for role in (roles.LIAISON, roles.CHECKER))
    duties = _wanted_of(preparing + checking, now)
    papers = papers_beside(duties.values())
    tasks = []
    for ledger, last in preparing:
        duty = duties[ledger.pk]
        beside = _owed(papers, duty)
        if ledger.prepared_at is not None:
            tasks += [_to_hand_in(ledger, paper) for paper in beside]
        elif _is_open(last, duty, now):
            tasks.append(_to_prepare(ledger, last, duty, beside))
    for ledger, _last in checking:
        if ledger.prepared_at is not None:
            tasks.append(_to_check(ledger, duties[ledger.pk], _owed(papers, duties[ledger.pk])))
    return tasks + proposing.tasks(user) + proxies.tasks(user, now) + _to_answer(user)


def waiting(user, now) -> list[Part]:
    """The same as a part of 工作台."""
    return [Part(waiting_for(user, now))]


def sent(user) -> list[Part]:
    """What this person submitted and the prefecture has not answered, and what it changed and the
    county has not."""
    rows = (
        Submission.objects.visible_to(user)
        .filter(Q(checked_by=user) | Q(filled_by=user), consolidated=False, verdicts=None)
        .effective()
        .select_related("campaign", "agency__region", "agency__parent")
    )
    return [Part(rows.order_by("-submitted_at")[:AT_MOST], _submitted), proposing.sent(user)]


def _submitted(submission: Submission) -> Sent:
    return Sent(
        thing=f"{submission.campaign} 第{submission.sequence}期",
        url=submission.get_absolute_url(),
        what="台账已报送，等待接收",
        to=str(submission.agency.parent or ""),
        at=submission.submitted_at,
    )


def counts_for(user) -> int:
    """The badge of 台账."""
    return len(waiting_for(user, timezone.now()))


def _own(user, today, role):
    """(ledger, its last submission) of running campaigns at the offices where `role` is held."""
    agencies = user.agencies_as(role)
    if not agencies:
        return []
    ledgers = list(
        CountyLedger.objects.visible_to(user)
        .counties()
        .filter(agency_id__in=agencies, campaign__from_day__lte=today)
        .filter(Q(campaign__to_day=None) | Q(campaign__to_day__gte=today))
        .select_related("campaign", "agency__region")
        .order_by("campaign__from_day", "pk")
    )
    last = {}
    rows = Submission.objects.filter(
        agency_id__in=agencies, campaign_id__in=[ledger.campaign_id for ledger in ledgers]
    )
    for submission in rows.select_related("duty").prefetch_related("verdicts").order_by("sequence"):
        last[submission.campaign_id, submission.agency_id] = submission
    return [(ledger, last.get((ledger.campaign_id, ledger.agency_id))) for ledger in ledgers]


def _wanted_of(ledgers, now) -> dict[int, Duty | None]:
    """{ledger: the duty that its next report is owed for}."""
    periods = periods_of([ledger for ledger, _ in ledgers], now)
    return {
        ledger.pk: wanted(corrected(ledger, last), periods[ledger.campaign_id, ledger.agency_id])
        for ledger, last in ledgers
    }


def _owed(papers, duty) -> list[Duty]:
    """What is still to be handed in beside a duty, such as 阶段工作进展."""
    return [paper for paper in papers.get(duty.pk, ()) if paper.state in OWED] if duty else []


def _with_papers(words, papers) -> str:
    """Both parts on one line: 台账提交核对；报送阶段工作进展."""
    return "；".join([words, *(f"报送{paper.name}" for paper in papers)])


def _verdict(submission) -> Verdict | None:
    answers = list(submission.verdicts.all())
    return answers[0] if answers else None


def _is_open(last, duty, now) -> bool:
    """Whether the last report came back, or the next is due within a week; without a rule,
    whether nothing was ever reported."""
    verdict = _verdict(last) if last else None
    if verdict is not None and not verdict.accepted:
        return True
    return duty.due_at - SHOWN_AHEAD <= now if duty else last is None


def _to_prepare(ledger, last, duty, papers) -> Task:
    verdict = _verdict(last) if last else None
    returned = verdict is not None and not verdict.accepted
    return Task(
        thing=f"{ledger.campaign} {duty or ''}".strip(),
        url=ledger.get_absolute_url(),
        what=_with_papers((stages.RETURNED if returned else stages.DRAFT).desk, papers),
        act_url=_address("prepare_ledger", ledger),
        verb="提交核对",
        due=duty.wanted_by if duty else None,
        article=ARTICLE,
        note=verdict.reason if returned else "",
    )


def _to_check(ledger, duty, papers) -> Task:
    return Task(
        thing=f"{ledger.campaign} 数据截止{ledger.prepared_as_of}",
        url=ledger.get_absolute_url(),
        what=_with_papers(stages.CHECKED.desk, papers),
        act_url=_address("check", ledger),
        verb="核对",
        due=duty.wanted_by if duty else None,
        article=ARTICLE,
    )


def _to_hand_in(ledger, paper) -> Task:
    """What is left of a line once the ledger waits for its checker."""
    return Task(
        thing=f"{ledger.campaign} {paper}",
        url=paper.get_absolute_url(),
        what=f"报送{paper.name}",
        act_url=paper.get_absolute_url(),
        verb="报送材料",
        due=paper.wanted_by,
        article=ARTICLE,
    )


def _address(name, ledger) -> str:
    return reverse(f"ledgers:{name}", args=[ledger.campaign.code, ledger.agency.code])


def _unanswered(user):
    """Effective submissions of the counties below that nobody answered, the oldest first."""
    paths = [post.agency.path for post in user.current_postings if post.role == roles.PREFECTURE]
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(agency__path__startswith=path) & ~Q(agency__path=path)
    return (
        Submission.objects.visible_to(user)
        .effective()
        .filter(below, consolidated=False, verdicts=None)
        .select_related("campaign", "agency__region", "duty")
        .order_by("submitted_at")
    )


def _to_answer(user) -> list[Task]:
    """Reports that wait for acceptance, each with the paper that came with it."""
    submissions = list(_unanswered(user)[:AT_MOST])
    papers = papers_beside(submission.duty for submission in submissions)
    return [_answering(submission, papers.get(submission.duty_id, ())) for submission in submissions]


def _answering(submission, papers) -> Task:
    words = [paper.name for paper in papers if paper.state == DutyState.SUBMITTED]
    return Task(
        thing=f"{submission.agency.region} {submission.campaign} 第{submission.sequence}期",
        url=submission.get_absolute_url(),
        what=stages.SUBMITTED.desk,
        act_url=submission.get_absolute_url(),
        verb="查看",
        note=f"附{'、'.join(words)}" if words else "",
    )
