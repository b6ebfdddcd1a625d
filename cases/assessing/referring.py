"""What was sent to public security, what it answered, and what was found afterwards.

不予立案 is `police_declined`, the other four ways back (撤案、不起诉、无罪、免予刑事处罚) are `freed`.
"""

from datetime import date, datetime

from django.utils import timezone

from cases.models import HALF_WAY, SENT_STATES, Case, Fact, Referral, ReferralState
from law.facts import Sending


def deeds(case: Case, on: date) -> dict[str, bool]:
    """Whether it was sent by a day; whether 不批准移送 stands for all that has been found."""
    referrals = list(case.referrals.all())
    states = {each.state for each in referrals}
    refused = [each.changed_at for each in referrals if each.state == ReferralState.REFUSED]
    sent = any(each.state in SENT_STATES and _by(each.sent_on, on) for each in referrals)
    # A refusal speaks of what was found when it was given, not of what was found later.
    stands = refused and not states & set(HALF_WAY) and not _found_since(case, max(refused))
    return {"sent": sent, "not_referred": bool(stands) and not sent}


def _by(day: date | None, on: date) -> bool:
    return day is None or day <= on


def _found(case: Case) -> list[Fact]:
    return [*case.land_now(), *case.minerals_now(), *filter(None, [case.circumstances_now()])]


def _found_since(case: Case, moment: datetime) -> bool:
    return any(row.recorded_at > moment for row in _found(case))


def steps(case: Case) -> dict[str, date | datetime | None]:
    """The days of the newest referral that left the house, else of the one that is approved."""
    referrals = list(case.referrals.all())
    gone = next((each for each in referrals if each.state in SENT_STATES), None)
    waits = next((each for each in referrals if each.state == ReferralState.APPROVED), None)
    approved = (gone or waits) and (gone or waits).approved_at
    return {
        "referral_approved": approved and timezone.localtime(approved).replace(tzinfo=None),
        "referred": gone and gone.sent_on,
        "police_filed": _answered(gone, ReferralState.POLICE_FILED, ReferralState.GIVEN_BACK),
        "police_declined": _answered(gone, ReferralState.DECLINED),
        "freed": gone and gone.outcome_on,
        "new_facts": _new_facts(case, gone),
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


def _new_facts(case: Case, referral: Referral | None) -> date | None:
    """The day of what was found after the case had come back (认定日期, for old files are entered
    late); on that very day the times of entering tell before from after."""
    freed = referral and referral.freed_on
    if not freed:
        return None
    entered = referral.outcome_at or referral.changed_at
    later = [row.happened_on for row in _found(case) if _comes_after(row, freed, entered)]
    return max(later, default=None)


def _comes_after(row: Fact, freed: date, entered: datetime) -> bool:
    return row.happened_on > freed or (row.happened_on == freed and row.recorded_at > entered)
