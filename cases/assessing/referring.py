"""What was sent to public security, what it answered, and what was known by then.

不予立案 is `police_declined`, the other four ways back (撤案、不起诉、无罪、免予刑事处罚) are `freed`.
"""

from datetime import date, datetime
from functools import partial

from django.utils import timezone

from cases.assessing import sites
from cases.models import HALF_WAY, SENT_STATES, Case, Fact, Referral, ReferralState
from law.facts import Sending


def deeds(case: Case, on: date) -> dict[str, bool]:
    """Whether it was sent by a day; whether 不批准移送 stands on record and nothing is half way again."""
    return {"sent": bool(_gone(case, on)), "not_referred": bool(_refused(case, on))}


def settled(case: Case, on: date) -> list[dict[str, object]]:
    """What was known at each answer that stands: when a case came back, when 不批准移送 was given. What
    rises over all of them calls for referral anew (law.findings.shape)."""
    back = [each for each in _gone(case, on) if each.freed_on and each.freed_on <= on]
    known = [(each.outcome_at or each.changed_at, partial(_known_by, each)) for each in back]
    known += [(each.changed_at, partial(_entered_by, each)) for each in _refused(case, on)]
    return [sites.found_then(case, on, *each) for each in known]


def _known_by(referral: Referral, row: Fact) -> bool:
    """When it came back: 认定日期 tells before from after (old files are entered late), on that very day
    the times of entering."""
    freed, entered = referral.freed_on, referral.outcome_at or referral.changed_at
    return row.happened_on < freed or (row.happened_on == freed and row.recorded_at <= entered)


def _entered_by(referral: Referral, row: Fact) -> bool:
    """When the head refused: what was entered by then."""
    return row.recorded_at <= referral.changed_at


def _gone(case: Case, on: date) -> list[Referral]:
    return [each for each in case.referrals.all() if each.state in SENT_STATES and _by(each.sent_on, on)]


def _refused(case: Case, on: date) -> list[Referral]:
    referrals = list(case.referrals.all())
    if {each.state for each in referrals} & set(HALF_WAY):
        return []
    refused = [each for each in referrals if each.state == ReferralState.REFUSED]
    return [each for each in refused if timezone.localdate(each.changed_at) <= on]


def _by(day: date | None, on: date) -> bool:
    return day is None or day <= on


def steps(case: Case, on: date) -> dict[str, date | datetime | None]:
    """The days of the newest referral that left the house, else of the one that is approved."""
    referrals = list(case.referrals.all())
    gone = next(iter(_gone(case, on)), None)
    waits = next((each for each in referrals if each.state == ReferralState.APPROVED), None)
    approved = (gone or waits) and (gone or waits).approved_at
    return {
        "referral_approved": approved and timezone.localtime(approved).replace(tzinfo=None),
        "referred": gone and gone.sent_on,
        "police_filed": _answered(gone, ReferralState.POLICE_FILED, ReferralState.GIVEN_BACK),
        "police_declined": _answered(gone, ReferralState.DECLINED),
        "freed": gone and gone.outcome_on,
    }


def sendings(case: Case) -> tuple[Sending, ...]:
    """The days of each referral."""
    return tuple(
        Sending(
            each.approved_at and timezone.localdate(each.approved_at),
            each.sent_on,
            each.received_on,
            each.answered_on,
            each.freed_on,
        )
        for each in case.referrals.all()
    )


def _answered(referral: Referral | None, *states: str) -> date | None:
    return referral.answered_on if referral and referral.state in states else None
