"""What must be there before an act, asked of the case itself: one small question each."""

from cases.models import ReferralState


def has_parties(case) -> bool:
    """Somebody is named, or 当事人不明 is entered as the party."""
    return case.parties.exists()


def has_violations(case) -> bool:
    """At least one violation."""
    return case.violations.exists()


def has_handlers(case) -> bool:
    """Two handlers (行政处罚法 art 42)."""
    return bool(case.handler_id and case.second_handler_id)


def has_facts(case) -> bool:
    """An area or a quantity was found."""
    return (
        case.land_findings.filter(withdrawn_at=None).exists()
        or case.mineral_findings.filter(withdrawn_at=None).exists()
    )


def referral_settled(case) -> bool:
    """No referral stands half way: those proposed are sent, refused or answered (办法 art 46)."""
    return not case.referrals.filter(
        state__in=[ReferralState.PROPOSED, ReferralState.APPROVED]
    ).exists()
