"""What was sent to public security, what it answered, and what was found afterwards.

Of the five ways back only 不予立案 has an act and a place in the tables; 撤案, 不起诉, 无罪 and 免予刑事处罚
will be `Steps.freed`.
"""

from datetime import date, datetime

from django.utils import timezone

from cases.models import HALF_WAY, SENT_STATES, Case, LandFinding, MineralFinding, Referral, ReferralState


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


def _found(case: Case) -> list[LandFinding | MineralFinding]:
    return [*case.land_now(), *case.minerals_now()]


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
        "police_filed": _answered(gone, ReferralState.POLICE_FILED),
        "police_declined": _answered(gone, ReferralState.DECLINED),
        "new_facts": _new_facts(case, gone),
    }


def _answered(referral: Referral | None, state: str) -> date | None:
    return referral.answered_on if referral and referral.state == state else None


def _new_facts(case: Case, referral: Referral | None) -> date | None:
    """The day of what was found after public security had declined (认定日期, for old files are entered
    late); on that very day the times of entering tell before from after."""
    declined = _answered(referral, ReferralState.DECLINED)
    if declined is None:
        return None
    later = [row.happened_on for row in _found(case) if _comes_after(row, declined, referral.changed_at)]
    return max(later, default=None)


def _comes_after(row: LandFinding | MineralFinding, declined: date, entered: datetime) -> bool:
    return row.happened_on > declined or (row.happened_on == declined and row.recorded_at > entered)
