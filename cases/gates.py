"""What must be there before an act, asked of the case itself: one small question each."""

from cases.models import DecisionState, ReferralState
from clues.models import PartyKind


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


def referral_answered(case) -> bool:
    """No 以罚代移 (310号令 art 11): what must be referred was sent, or 不批准移送 stands on record.

    The flag is set anew by every deed on the case (services/flags.py).
    """
    return "must_refer" not in case.flags


def has_unknown_party(case) -> bool:
    """当事人不明 stands among the parties and may be named now."""
    return case.parties.filter(party__kind=PartyKind.UNKNOWN).exists()


def has_findings(case) -> bool:
    """There is a finding that could be withdrawn."""
    return has_facts(case)


def has_measures(thing) -> bool:
    """A referral or matter has a measure that could be withdrawn."""
    matter = thing if hasattr(thing, "measures") else getattr(thing, "matter", None)
    return matter is not None and matter.measures.filter(withdrawn_at=None).exists()


def has_standing_decision(case) -> bool:
    """A decision was made and not revoked."""
    return case.decisions.filter(state=DecisionState.MADE).exists()
