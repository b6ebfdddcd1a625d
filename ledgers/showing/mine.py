"""A person's own ledgers on the first page: what is due, how far it is, the way to the act.

No row is drawn for it; what waits to be drawn is counted.
"""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import CHECKER, LIAISON
from ledgers import stages
from ledgers.models import CountyLedger
from ledgers.services.checking import work_of
from ledgers.showing.period import period_at
from ledgers.signals import rows_wait

AT_MOST = 3


def own_ledgers(user, now) -> list[dict]:
    """The running ledgers that this person prepares or checks, at most three."""
    today = timezone.localdate(now)
    posts = {}
    for post in user.current_postings:
        if post.role in (LIAISON, CHECKER):
            posts.setdefault(post.agency_id, set()).add(post.role)
    rows = (
        CountyLedger.objects.visible_to(user)
        .counties()
        .filter(Q(campaign__to_day=None) | Q(campaign__to_day__gte=today), agency_id__in=posts)
        .select_related("campaign", "agency__region")
        .order_by("-campaign__from_day", "pk")
    )
    return [_line(ledger, posts[ledger.agency_id], now) for ledger in rows[:AT_MOST]]


def _line(ledger, roles, now) -> dict:
    period = period_at(work_of(ledger, at_most=0), now)
    if period.work.rows.waiting:
        rows_wait.send(sender=CountyLedger, key=ledger.campaign_id)
    args = [ledger.campaign.code, ledger.agency.code]
    acts = []
    if LIAISON in roles and not ledger.prepared_at:
        acts.append(("提交核对", "prepare_ledger", True))
    if CHECKER in roles:
        acts.append(("核对", "check", not period.work.is_checked))
        acts.append(("报送", "submit", period.is_ready))
    return {
        "ledger": ledger,
        "due": period.due,
        "progress": period.progress,
        "last": period.last,
        "states": stages.steps_of(period.state),
        "acts": [
            {"label": label, "url": reverse(f"ledgers:{name}", args=args), "strong": strong}
            for label, name, strong in acts
        ],
    }
