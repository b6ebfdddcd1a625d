"""What decisions that stand ask for, and what of it was paid: one sum for gates, flags and pages.

All of it goes through the case's own rows, so that a page that has read them asks nothing again.
"""

from datetime import date
from decimal import Decimal

from cases.models import (
    MONEY_KINDS,
    THING_KINDS,
    Case,
    Decision,
    DecisionState,
    PartyService,
    PenaltyItem,
)
from registry.models import Party


def standing_decisions(case: Case) -> list:
    """The decisions made and not revoked."""
    return [decision for decision in case.decisions.all() if decision.state == DecisionState.MADE]


def parties_of(decision: Decision) -> list[Party]:
    """On whom a decision is to be served: those its items name; an item that names none is every party's."""
    items = decision.items.all()
    if items and all(item.party_id for item in items):
        return list({item.party_id: item.party for item in items}.values())
    return [each.party for each in decision.case.parties.all()]


def served_days(decision: Decision) -> dict[int | None, date]:
    """{key of a party: the day on which the decision was served on it}, by the records that stand."""
    return {row.party_id: row.happened_on for row in decision.served.all() if row.withdrawn_at is None}


def last_service(decision: Decision) -> PartyService | None:
    """The service with which all its parties had been served; None while one of them is left."""
    rows = [row for row in decision.served.all() if row.withdrawn_at is None]
    left = {party.pk for party in parties_of(decision)} - {row.party_id for row in rows}
    return max(rows, key=lambda row: (row.happened_on, row.pk)) if rows and not left else None


def standing_items(case: Case) -> list:
    """The penalty items of decisions that stand."""
    return [item for decision in standing_decisions(case) for item in decision.items.all()]


def paid(item: PenaltyItem) -> Decimal | int:
    """What was paid on one item, in 元, without payments withdrawn."""
    return sum(payment.amount for payment in item.payments.all() if payment.withdrawn_at is None)


def owed(item: PenaltyItem) -> Decimal | int:
    """What is still to be paid on one item; below zero where more was paid than it asks."""
    return (item.amount or 0) - paid(item) if item.kind in MONEY_KINDS else 0


def is_carried_out(item: PenaltyItem) -> bool:
    """Whether a penalty on things (没收实物、拆除) stands as carried out, wholly or in part."""
    return any(done.withdrawn_at is None for done in item.carried_out.all())


def to_carry_out(case: Case) -> list:
    """Penalties on things of decisions that stand, of which no carrying out stands on record."""
    return [item for item in standing_items(case) if item.kind in THING_KINDS and not is_carried_out(item)]


def outstanding(case: Case) -> Decimal | int:
    """What is still to be paid on decisions that stand, in 元 (never below zero for an item)."""
    return sum(max(owed(item), 0) for item in standing_items(case))
