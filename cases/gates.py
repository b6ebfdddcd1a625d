"""What must be there before an act, asked of the case itself: one small question each.

Asked through the case's own rows, so that a page that has read them asks nothing again.
"""

from accounts.models import local_today
from accounts.services import paper_reading
from cases.models import HALF_WAY, THING_KINDS, WITH_POLICE, DecisionState
from law.facts import Native
from law.gates import Draft, Stop, stops_by_record
from law.gates.shape import INQUIRY
from law.words import is_measured as rests_on_a_measure
from registry.models import PartyKind


def has_parties(case) -> bool:
    """Somebody is named, or 当事人不明 is entered as the party."""
    return case.parties.exists()


def has_named_party(case) -> bool:
    """G01, G16: somebody is known; where nobody is entered, that is what is said."""
    kinds = [each.party.kind for each in case.parties.all()]
    return not kinds or any(kind != PartyKind.UNKNOWN for kind in kinds)


def has_violations(case) -> bool:
    """At least one violation."""
    return case.violations.exists()


def has_handlers(case) -> bool:
    """Two handlers (行政处罚法 art 42)."""
    return bool(case.handler_id and case.second_handler_id) and case.handler_id != case.second_handler_id


def has_investigators(case) -> bool:
    """Two handlers; what an imported case says was found before it came here."""
    return case.imported or has_handlers(case)


def is_certified(case) -> bool:
    """G03 today; where a handler is missing, that is what is said."""
    return not has_handlers(case) or not inquiry_stops(case, local_today())


def inquiry_stops(case, on) -> list[Stop]:
    """G03: what stops an investigation on the day `on` (自然资源行政处罚办法 art 17)."""
    certified = [each for each in handlers_of(case) if not each.certificate_fault(on)]
    return stops_by_record(Draft(INQUIRY, on=on), Native(officers=len(certified)), on)


def handlers_of(case) -> list:
    """Those of the two who are named."""
    return [person for person in dict.fromkeys((case.handler, case.second_handler)) if person]


def has_facts(case) -> bool:
    """An area or a quantity was found."""
    return bool(case.land_now() or case.minerals_now())


def is_measured(case) -> bool:
    """What was done is measured, where it rests on a measure: an area, a quantity (law.words.MEASURED)."""
    return has_facts(case) or not rests_on_a_measure(each.code for each in case.violations.all())


def referral_settled(case) -> bool:
    """No referral stands half way: those proposed are sent, refused or answered (办法 art 46)."""
    return all(referral.state not in HALF_WAY for referral in case.referrals.all())


def referral_answered(case) -> bool:
    """No 以罚代移 (310号令 art 11): what must be referred was sent, or 不批准移送 stands on record.

    The flag is worked out by every deed on the case and once a day (services/flags.py).
    """
    return "must_refer" not in case.flags


def no_paper_denied(case) -> bool:
    """No named signer denies what was typed as signed on paper: what isn't approved carries nothing."""
    return "paper_denied" not in case.flags


def approved(referral) -> bool:
    """The head whose approval was typed from paper doesn't deny it (310号令 art 5)."""
    return not paper_reading.denied([referral]).exists()


def police_decided(case) -> bool:
    """Public security has no referral of the case before it (行政处罚法 art 35, 310号令 art 10).

    A fine waits from the sending on; 不予立案, 撤案, 不起诉, 无罪 and 免予刑事处罚 set it free.
    """
    return all(referral.state not in WITH_POLICE for referral in case.referrals.all())


def where_fined(gate):
    """The gate, asked only where the decision that waits for approval has a fine."""

    def met(case) -> bool:
        waits = any(item.kind == "fine" for item in _items(case, DecisionState.PROPOSED))
        return not waits or gate(case)

    return met


def _items(case, *states) -> list:
    return [i for decision in case.decisions.all() if decision.state in states for i in decision.items.all()]


def is_reviewed(case) -> bool:
    """G10: no decision waits that must still pass 法制审核 (services/weighing.py)."""
    return "to_review" not in case.flags


def is_discussed(case) -> bool:
    """G11: no decision waits that must still be discussed."""
    return "to_discuss" not in case.flags


def has_review(case) -> bool:
    """The decision that waits has passed a review that could be taken back."""
    return any(each.stands for decision in _waiting(case) for each in decision.reviews.all())


def has_discussion(case) -> bool:
    """The decision that waits has a discussion on record that could be taken back."""
    return any(
        each.withdrawn_at is None for decision in _waiting(case) for each in decision.discussions.all()
    )


def _waiting(case) -> list:
    return [each for each in case.decisions.all() if each.state == DecisionState.PROPOSED]


def has_service(case) -> bool:
    """A decision that stands has a service on record that could be taken back."""
    made = [each for each in case.decisions.all() if each.state == DecisionState.MADE]
    return any(row.withdrawn_at is None for decision in made for row in decision.served.all())


def has_payments(case) -> bool:
    """There is a payment that could be withdrawn."""
    return any(
        paid.withdrawn_at is None for item in _items(case, *DecisionState) for paid in item.payments.all()
    )


def has_completion_checks(case) -> bool:
    """There is an inspection that could be withdrawn."""
    return any(check.withdrawn_at is None for check in case.completion_checks.all())


def has_things_to_carry_out(case) -> bool:
    """A decision that stands has a penalty on things (没收实物、拆除)."""
    return any(item.kind in THING_KINDS for item in _items(case, DecisionState.MADE))


def has_carried_out(case) -> bool:
    """There is a carrying out that could be withdrawn."""
    return any(
        done.withdrawn_at is None for item in _items(case, *DecisionState) for done in item.carried_out.all()
    )


def is_asked(case) -> bool:
    """The prefecture was asked to take part and hasn't answered."""
    return any(each.is_open for each in case.joinings.all())


def is_stopped(case) -> bool:
    """Days that aren't counted have begun and not ended."""
    return any(row.is_open for row in case.period_changes.all())


def has_period_changes(case) -> bool:
    """There is a change of the period that could be withdrawn."""
    return any(row.withdrawn_at is None for row in case.period_changes.all())


def is_closed_unsigned(case) -> bool:
    """How it was closed nobody signed in the system: an old case, one that was imported."""
    answered = next((each for each in case.closings.all() if each.approved), None)
    return answered is None or answered.entered


def has_number(case) -> bool:
    """The case has its number."""
    return bool(case.number)


def has_unknown_party(case) -> bool:
    """当事人不明 stands among the parties and may be named now."""
    return any(each.party.kind == PartyKind.UNKNOWN for each in case.parties.all())


def has_findings(case) -> bool:
    """There is a finding that could be withdrawn."""
    return has_facts(case) or case.circumstances_now() is not None


def has_subjects(thing) -> bool:
    """A referral or matter has people whose names are sealed."""
    matter = thing if hasattr(thing, "subjects") else getattr(thing, "matter", None)
    return matter is not None and matter.subjects.exists()


def has_detentions(thing) -> bool:
    """A referral or matter has a detention that could be withdrawn."""
    matter = thing if hasattr(thing, "detentions") else getattr(thing, "matter", None)
    return matter is not None and matter.detentions.filter(withdrawn_at=None).exists()


def has_standing_decision(case) -> bool:
    """A decision was made and not revoked."""
    return any(decision.state == DecisionState.MADE for decision in case.decisions.all())
