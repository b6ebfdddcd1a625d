"""Days in the wrong order: recorded as they were, and said on the case's head.

Filing comes before the decision (行政处罚法 arts 54, 57), the decision before its service and its
payment (arts 61, 67), the head's approval before the sending (310号令 art 5), the sending before
what public security answers (arts 7, 8).
"""

from datetime import date

from django.utils import timezone

from cases.models import Case, Decision, Referral
from cases.services.dues import served_days, standing_decisions


def flags_of(case: Case) -> list[str]:
    """The codes that hold now (cases/flags.py)."""
    made, referrals = standing_decisions(case), list(case.referrals.all())
    held = {
        "decided_before_filing": any(_before(decision.decided_on, case.filed_on) for decision in made),
        "served_before_decision": any(_served_before(decision) for decision in made),
        "paid_before_decision": any(_paid_before(decision) for decision in made),
        "sent_before_approval": any(_before(referral.sent_on, _approved(referral)) for referral in referrals),
        "answered_before_sending": any(_answered_before(referral) for referral in referrals),
    }
    return [code for code, holds in held.items() if holds]


def _before(day: date | None, other: date | None) -> bool:
    return bool(day and other and day < other)


def _served_before(decision: Decision) -> bool:
    days = [decision.served_on, *served_days(decision).values()]
    return any(_before(day, decision.decided_on) for day in days)


def _paid_before(decision: Decision) -> bool:
    return any(
        payment.withdrawn_at is None and _before(payment.paid_on, decision.decided_on)
        for item in decision.items.all()
        for payment in item.payments.all()
    )


def _approved(referral: Referral) -> date | None:
    return referral.approved_at and timezone.localdate(referral.approved_at)


def _answered_before(referral: Referral) -> bool:
    days = (referral.received_on, referral.answered_on)
    return any(_before(day, referral.sent_on) for day in days)
