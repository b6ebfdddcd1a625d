"""What waits for a person among ledgers: rows of 工作台, badges of the navigation.

A ledger of a running campaign waits for its liaison until it is prepared, then for the checker; a
submission waits for the prefecture; a returned one for the liaison again.
"""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.desk import Sent, Task
from campaigns.services.duties import next_of
from ledgers import stages
from ledgers.acts import LEDGER_ACTS
from ledgers.models import CountyLedger, Submission, Verdict

AT_MOST = 50
SHOWN_AHEAD = timedelta(days=7)
ARTICLE = LEDGER_ACTS.get("submit_ledger").article


def waiting_for(user, now) -> list[Task]:
    """Ledgers to prepare, check or submit, and submissions to answer, with when they are due."""
    today = timezone.localdate(now)
    preparing, checking = (_own(user, today, role) for role in (roles.LIAISON, roles.CHECKER))
    duties = next_of([ledger for ledger, _ in preparing + checking], now)
    tasks = []
    for ledger, last in preparing:
        duty = duties.get((ledger.campaign_id, ledger.agency_id))
        if ledger.prepared_at is None and _is_open(last, duty, now):
            tasks.append(_to_prepare(ledger, last, duty))
    for ledger, _last in checking:
        if ledger.prepared_at is not None:
            tasks.append(_to_check(ledger, duties.get((ledger.campaign_id, ledger.agency_id))))
    return tasks + [_to_answer(submission) for submission in _unanswered(user)[:AT_MOST]]


def sent_by(user) -> list[Sent]:
    """What this person submitted and the prefecture has not answered."""
    rows = (
        Submission.objects.visible_to(user)
        .filter(Q(checked_by=user) | Q(filled_by=user), consolidated=False, verdicts=None)
        .effective()
        .select_related("campaign", "agency__region", "agency__parent")
    )
    return [
        Sent(
            thing=f"{submission.campaign} 第{submission.sequence}期",
            url=submission.get_absolute_url(),
            what="台账已报送，等待接收",
            to=str(submission.agency.parent or ""),
            at=submission.submitted_at,
        )
        for submission in rows.order_by("-submitted_at")[:AT_MOST]
    ]


def counts_for(user) -> int:
    """The badge of 台账."""
    return len(waiting_for(user, timezone.now()))


def _own(user, today, role):
    """(ledger, its last submission) of running campaigns at the offices where `role` is held."""
    agencies = {post.agency_id for post in user.current_postings if post.role == role}
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
    for submission in rows.prefetch_related("verdicts").order_by("sequence"):
        last[submission.campaign_id, submission.agency_id] = submission
    return [(ledger, last.get((ledger.campaign_id, ledger.agency_id))) for ledger in ledgers]


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


def _to_prepare(ledger, last, duty) -> Task:
    verdict = _verdict(last) if last else None
    returned = verdict is not None and not verdict.accepted
    return Task(
        thing=f"{ledger.campaign} {duty or ''}".strip(),
        url=ledger.get_absolute_url(),
        what=(stages.RETURNED if returned else stages.DRAFT).desk,
        act_url=_address("prepare_ledger", ledger),
        verb="提交核对",
        due=duty.due_at if duty else None,
        article=ARTICLE,
        note=verdict.reason if returned else "",
    )


def _to_check(ledger, duty) -> Task:
    return Task(
        thing=f"{ledger.campaign} 数据截止{ledger.prepared_as_of}",
        url=ledger.get_absolute_url(),
        what=stages.CHECKED.desk,
        act_url=_address("check", ledger),
        verb="核对",
        due=duty.due_at if duty else None,
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
        .select_related("campaign", "agency__region")
        .order_by("submitted_at")
    )


def _to_answer(submission) -> Task:
    return Task(
        thing=f"{submission.agency.region} {submission.campaign} 第{submission.sequence}期",
        url=submission.get_absolute_url(),
        what=stages.SUBMITTED.desk,
        act_url=submission.get_absolute_url(),
        verb="查看",
    )
