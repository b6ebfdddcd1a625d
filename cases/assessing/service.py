"""On whom a decision is to be served, and on whom it was: one rule for clocks, gates and pages.

All of it goes through the decision's own rows, so that a page that has read them asks nothing again.
"""

from collections.abc import Iterable
from datetime import date

from cases.models import Decision, PartyService
from registry.models import Party


def parties_of(decision: Decision) -> list[Party]:
    """On whom a decision is to be served: those its items name; an item that names none is every party's."""
    items = decision.items.all()
    if items and all(item.party_id for item in items):
        return list({item.party_id: item.party for item in items}.values())
    return [each.party for each in decision.case.parties.all()]


def served_days(decision: Decision) -> dict[int | None, date]:
    """{key of a party: the day on which the decision was served on it}, by the records that stand."""
    return {row.party_id: row.happened_on for row in _standing(decision)}


def served_on(decision: Decision, party_id: int) -> date | None:
    """The day on which a decision was served on one party; of one that names nobody, on whoever it was."""
    days = served_days(decision)
    return days.get(party_id, days.get(None))


def last_service(decision: Decision) -> PartyService | None:
    """The service with which all its parties had been served; None while one of them is left."""
    if left_to_serve(decision):
        return None
    return max(_standing(decision), key=lambda row: (row.happened_on, row.pk), default=None)


def left_to_serve(decision: Decision) -> list[Party]:
    """Its parties of whose service no record stands."""
    served = served_days(decision)
    return [party for party in parties_of(decision) if party.pk not in served]


def unserved(decisions: Iterable[Decision]) -> tuple[str, ...]:
    """On whom they were not served, by name; one that names nobody and was served on nobody, by its own."""
    names = [
        name
        for decision in decisions
        if last_service(decision) is None
        for name in [party.name for party in left_to_serve(decision)] or [str(decision)]
    ]
    return tuple(dict.fromkeys(names))


def _standing(decision: Decision) -> list[PartyService]:
    return [row for row in decision.served.all() if row.withdrawn_at is None]
