"""零报告 and reports without any change are accepted together: exactly those that were listed."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from campaigns.models import Campaign
from common.errors import Refused
from ledgers.acts import LEDGER_ACTS
from ledgers.models import Consolidation, Submission
from ledgers.services.answering import accept_submission
from ledgers.services.differing import differing
from ledgers.services.ledger_forms import submitted_form


def unchanged_below(by: User, total: Consolidation) -> list[Submission]:
    """What waits for an answer and says nothing new, of the counties below, in the order of the code.

    Corrections are looked at one by one, and so is what `by` entered for a county: another accepts it.
    """
    rows = (
        Submission.objects.effective()
        .filter(campaign=total.campaign, consolidated=False, verdicts=None, corrects=None)
        .filter(agency__path__startswith=total.prefecture.path)
        .exclude(agency=total.prefecture)
        .exclude(Q(proxy__isnull=False) & Q(filled_by=by))
        .select_related("agency__region", "previous", "filled_by", "campaign", "proxy__office")
    )
    return [row for row in rows.order_by("agency__region_id", "sequence") if is_unchanged(row)]


def is_unchanged(submission: Submission) -> bool:
    """零报告, or every row as it stood in the report before."""
    before = submission.previous
    if submission.nil_report or before is None or before.version_code != submission.version_code:
        return submission.nil_report
    if submission.totals["now"] != before.totals["now"]:
        return False
    return not len(differing(submitted_form(submission), before, submission))


@transaction.atomic
def accept_unchanged(
    *, by: User, total: Consolidation, seen: Iterable[str], version: int | str | None = None
) -> Campaign:
    """Accept each of them, if they still are exactly those `seen` (public ids); else none."""
    LEDGER_ACTS.require("accept_unchanged", by, total)
    seen, now = set(seen), unchanged_below(by, total)
    if not now:
        raise Refused("没有待接收的零报告和无变化报告，可能已由别人办理。")
    if seen != {submission.public_id for submission in now}:
        raise Refused(
            f"列出以后有变化：刚才列出{len(seen)}份，现在是{len(now)}份，还没有接收。请核对名单，再接收。"
        )
    for submission in now:
        accept_submission(by=by, submission=submission)
    return total.campaign
