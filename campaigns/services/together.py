"""阶段工作进展 and 台账 owed together (交自然资字〔2021〕62号六（五）): one line, one due time, both parts.

Paper stands beside a ledger where the same office owes both in a campaign by the same moment.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.models import Duty, DutyKind, DutyState
from campaigns.stages import OWED


def papers_beside(ledger_duties: Iterable[Duty]) -> dict[int, list[Duty]]:
    """{ledger duty: the paper that is owed or handed in beside it}; one query."""
    duties = {(duty.campaign_id, duty.agency_id, duty.due_at): duty.pk for duty in ledger_duties if duty}
    if not duties:
        return {}
    papers: dict[int, list[Duty]] = {}
    rows = Duty.objects.filter(
        what=DutyKind.PAPER,
        campaign_id__in={campaign for campaign, _, _ in duties},
        agency_id__in={agency for _, agency, _ in duties},
        due_at__in={due for _, _, due in duties},
    ).exclude(state__in=(DutyState.MISSED, DutyState.COVERED, DutyState.CANCELLED))
    for paper in rows.order_by("pk"):
        if pk := duties.get((paper.campaign_id, paper.agency_id, paper.due_at)):
            papers.setdefault(pk, []).append(paper)
    return papers


def beside(duty: Duty | None, *states: str) -> list[Duty]:
    """The paper beside one ledger duty that is in one of `states`."""
    papers = papers_beside([duty]).get(duty.pk, []) if duty else []
    return [paper for paper in papers if paper.state in states]


def apart_from_ledgers(papers: QuerySet[Duty]) -> QuerySet[Duty]:
    """Paper duties without those that stand on a ledger's own line: owed together, or waiting for the
    answer together."""
    ledger = Duty.objects.filter(
        what=DutyKind.LEDGER,
        campaign_id=OuterRef("campaign_id"),
        agency_id=OuterRef("agency_id"),
        due_at=OuterRef("due_at"),
    )
    owed = Q(state__in=OWED) & Exists(ledger.filter(state__in=OWED))
    waiting = Q(state=DutyState.SUBMITTED) & Exists(ledger.filter(state=DutyState.SUBMITTED))
    return papers.exclude(owed | waiting)
