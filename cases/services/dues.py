"""What decisions that stand ask for, and what of it was paid: one sum for gates, flags and pages.

All of it goes through the case's own rows, so that a page that has read them asks nothing again.
"""

from decimal import Decimal

from cases.models import (
    MONEY_KINDS,
    THING_KINDS,
    Case,
    Decision,
    DecisionState,
    PenaltyItem,
)
from common.errors import Refused


def standing(case: Case, decision: Decision) -> Decision:
    """`decision` as it stands, if it is the case's and was made; else Refused."""
    standing = case.decisions.filter(pk=decision.pk, state=DecisionState.MADE).first()
    if standing is None:
        raise Refused("这份处罚决定已撤销或者不属于本案，请刷新页面。")
    return standing


def standing_decisions(case: Case) -> list:
    """The decisions made and not revoked."""
    return [decision for decision in case.decisions.all() if decision.state == DecisionState.MADE]


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
