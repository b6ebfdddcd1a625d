"""Columns that come from the penalty items of decisions (rules 6 and 8)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cases.models import Case, Decision, DecisionState, PenaltyItem
from ledgers.facts import Entry, Facts, case_thing
from ledgers.fields.field import LedgerField, Side
from ledgers.fields.kinds import Kind
from ledgers.fields.summing import Draw, sum_over_cases
from ledgers.rows import Cell, Evidence

REVOKED = "已撤销，不计入"


def decided(penalty: str) -> Draw:
    """Sums over the items of one penalty kind decided on or before the day and not revoked by then.

    On the decision's date: paid amounts are for statistics only.
    """

    def own(facts: Facts, entry: Entry, case: Case, field: LedgerField) -> Iterator[tuple[Decimal, Evidence]]:
        for item in items_of(facts, case, field.side):
            if item.kind == penalty:
                yield from _amount(facts, entry, case, field, item)

    def draw(facts: Facts, entry: Entry, field: LedgerField) -> Cell:
        cell = sum_over_cases(facts, entry, field, own)
        if cell.value is None and cell.applicable and _decided_without(facts, entry, field.side, penalty):
            cell.applicable = False
        return cell

    return draw


def items_of(facts: Facts, case: Case, side: Side) -> list[PenaltyItem]:
    """The items of a case on one side; all of them for no side."""
    return [item for item in facts.items.get(case.pk, []) if side in (item.side, Side.NONE)]


def stands(decision: Decision, as_of: date) -> bool:
    """Whether a decision made was not revoked by the day."""
    if decision.state == DecisionState.MADE:
        return True
    return bool(decision.revoked_on and decision.revoked_on > as_of)


def _amount(
    facts: Facts, entry: Entry, case: Case, field: LedgerField, item: PenaltyItem
) -> Iterator[tuple[Decimal, Evidence]]:
    value = item.amount if field.kind == Kind.MONEY else item.tonnes
    if value is None:
        return
    decision = item.decision
    detail = f"{decision.number or '决定书'} {item.get_kind_display()} {field.show(value)}{field.unit}"
    fact = Evidence(f"item:{item.pk}", "处罚决定", detail, decision.decided_on, case_thing(case))
    fact = facts.evidence(entry, fact)
    if not stands(decision, facts.as_of):
        fact.counted, fact.note = False, REVOKED
    yield value, fact


def _decided_without(facts: Facts, entry: Entry, side: Side, penalty: str) -> bool:
    """A decision on this side stands and has no such item: 不适用, nothing is left to fill in."""
    items = [
        item
        for case in facts.cases_of(entry)
        for item in items_of(facts, case, side)
        if stands(item.decision, facts.as_of)
    ]
    return bool(items) and all(item.kind != penalty for item in items)
