"""What was decided, on whom, and what came of it: penalties, service, payments, things, closing."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Protocol

from cases.models import (
    MONEY_KINDS,
    THING_KINDS,
    Case,
    CaseState,
    CompletionKind,
    Decision,
    DecisionState,
    PenaltyItem,
)
from law import mitigation
from law import penalties as penalty_law
from law.facts import Decision as Penalty
from law.facts import Ruling

ZERO = Decimal(0)
BUILDINGS, DEMOLISH = "confiscate_buildings", "demolish"
FINE, INCOME, MINERALS, TOOLS = "fine", "confiscate_income", "confiscate_minerals", "confiscate_tools"
SOIL, REVOKE = "confiscate_other", "revoke_licence"
# A kind of item whose lack may have its reason → the gap as the law names it.
GAPS = {MINERALS: penalty_law.MINERALS, SOIL: penalty_law.SOIL}
GOODS = frozenset({MINERALS, TOOLS, SOIL})
STRUCTURES = frozenset({BUILDINGS, DEMOLISH})
RESTORE = "restore_land"
CLOSING = {
    "transferred": "移送管辖",
    "terminated": "终止调查",
    "no_penalty": "决定不予处罚",
    "executed": "执行完毕",
    "execution_ended": "终结执行",
    "enforcement_applied": "已申请法院或政府强制执行",
    "other": "其他应当结案情形",
}


class Draft(Protocol):
    """A decision being written: a content as services take it, or a decision that waits for approval."""

    items: object
    orders: Iterable[str]
    opt_outs: object
    mitigation: str
    serious: bool


def standing(case: Case, on: date) -> list[Decision]:
    """Decisions made and not revoked, as of a day."""
    made = [each for each in case.decisions.all() if each.state == DecisionState.MADE]
    return [each for each in made if each.decided_on is None or each.decided_on <= on]


def penalties(case: Case, draft: Draft, on: date | None = None) -> tuple[Penalty, ...]:
    """A decision by party, each with its own penalty; what names no party is joint (party "").

    The party of a case that has one alone is meant wherever none is named. What a decision doesn't
    fine or confiscate is known not to be; whether there were tools or buildings no table says.
    """
    groups: dict[str, list] = {}
    for item in items_of(draft):
        groups.setdefault(_name(case, item), []).append(item)
    fined = any(get(item, "kind") == FINE for items in groups.values() for item in items)
    open_fine = {"": fined or len(groups) > 1}
    return tuple(
        _penalty(case, name, items, draft, on, open_fine.get(name, False)) for name, items in groups.items()
    )


def items_of(draft: Draft) -> list:
    """The items of a decision, or of one that is being written."""
    return list(draft.items.all()) if isinstance(draft, Decision) else list(draft.items)


def get(item: PenaltyItem | dict, name: str) -> object:
    """A field of an item, written down or not yet."""
    return item.get(name) if isinstance(item, dict) else getattr(item, name)


def _name(case: Case, item: PenaltyItem | dict) -> str:
    parties = list(case.parties.all())
    party = get(item, "party") or (parties[0].party if len(parties) == 1 else None)
    return party.name if party else ""


def _penalty(case: Case, name: str, items: list, draft: Draft, on: date | None, open_fine: bool) -> Penalty:
    """`open_fine`: that these items hold no fine says nothing, for others of the decision do or may."""
    fines = [get(item, "amount") or ZERO for item in items if get(item, "kind") == FINE]
    kinds = {get(item, "kind") for item in items}
    return Penalty(
        fine=sum(fines, ZERO) if fines or not open_fine else None,
        income=sum((get(item, "amount") or ZERO for item in items if get(item, "kind") == INCOME), ZERO),
        minerals=_taken(MINERALS, kinds, draft),
        soil=_taken(SOIL, kinds, draft),
        revokes=REVOKE in kinds,
        tools=TOOLS in kinds or None,
        structures=bool(kinds & STRUCTURES) or RESTORE in draft.orders or None,
        buildings=BUILDINGS in kinds,
        excused=frozenset(opt_outs(draft)[0]),
        ore=_ore(items, draft),
        acts=_fined_acts(case, items),
        fines=_fines(items),
        mitigation=mitigation.article_of(draft.mitigation),
        party=name,
        on=on,
    )


def _ore(items: list, draft: Draft) -> Decimal | None:
    """How many 吨 are confiscated; with a reason written down it isn't said how many should have been."""
    if _says_why(draft, MINERALS):
        return None
    return sum((get(item, "tonnes") or ZERO for item in items if get(item, "kind") == MINERALS), ZERO)


def _fined_acts(case: Case, items: list) -> frozenset[str]:
    """The violations that are fined: the one that an item names, else all of its side."""
    every, fined = list(case.violations.all()), [item for item in items if get(item, "kind") == FINE]
    sides = {get(item, "side") for item in fined if not get(item, "violation")}
    named = {get(item, "violation").code for item in fined if get(item, "violation")}
    return frozenset(named | {each.code for each in every if each.side in sides})


def _fines(items: list) -> tuple[tuple[str, Decimal], ...]:
    """What is fined for each violation, in 元; nothing where a fine names none."""
    by_code: dict[str, Decimal] = {}
    for item in items:
        if get(item, "kind") == FINE:
            code = get(item, "violation").code if get(item, "violation") else ""
            by_code[code] = by_code.get(code, ZERO) + (get(item, "amount") or ZERO)
    return () if "" in by_code else tuple(sorted(by_code.items()))


def _taken(kind: str, kinds: set, draft: Draft) -> bool | None:
    """Taken, or not; with a reason written down it isn't said what the reason covers."""
    if kind in kinds:
        return True
    return None if _says_why(draft, kind) else False


def _says_why(draft: Draft, kind: str) -> bool:
    reasons, text = opt_outs(draft)
    return GAPS[kind] in reasons or bool(text)


def opt_outs(draft: Draft) -> tuple[dict[str, str], str]:
    """{kind: reason} of what a decision takes less of; and the one text for all of an older decision."""
    if not isinstance(draft, Decision):
        return dict(draft.opt_outs), ""
    return {row.kind: row.reason for row in draft.opt_outs.all()}, draft.opt_out_reason.strip()


def rulings(case: Case, on: date) -> tuple[Ruling, ...]:
    """The days of each decision that stands."""
    return tuple(
        Ruling(each.decided_on, _first_served(each), _first_paid(each.items.all()))
        for each in standing(case, on)
    )


def _first_served(decision: Decision) -> date | None:
    parties = (row.happened_on for row in decision.served.all() if row.withdrawn_at is None)
    return min(filter(None, (decision.served_on, *parties)), default=None)


def _first_paid(items: Iterable[PenaltyItem]) -> date | None:
    payments = (each for item in items for each in item.payments.all() if each.withdrawn_at is None)
    return min((each.paid_on for each in payments), default=None)


def paid(case: Case, on: date) -> Decimal | None:
    """What was paid on decisions that stand, in 元; None where nothing was decided."""
    decisions = standing(case, on)
    if not decisions:
        return None
    return sum((_paid(item, on) for item in _all_items(decisions) if item.kind in MONEY_KINDS), ZERO)


def unpaid(case: Case, on: date) -> Decimal:
    """What is still to be paid on them, item by item, in 元."""
    asked = [item for item in _all_items(standing(case, on)) if item.kind in MONEY_KINDS]
    return sum((max((item.amount or ZERO) - _paid(item, on), ZERO) for item in asked), ZERO)


def _paid(item: PenaltyItem, on: date) -> Decimal:
    payments = (each for each in item.payments.all() if each.withdrawn_at is None and each.paid_on <= on)
    return sum((each.amount for each in payments), ZERO)


def _all_items(decisions: list[Decision]) -> list[PenaltyItem]:
    return [item for decision in decisions for item in decision.items.all()]


def steps(case: Case, on: date) -> dict[str, date | None]:
    """When it was decided (first), served (all of it), handed over, carried out (all of it) and closed."""
    decisions = standing(case, on)
    items = _all_items(decisions)
    goods = [_done(item, on) for item in items if item.kind in GOODS]
    rest = [_done(item, on) for item in items if item.kind in STRUCTURES]
    if any(RESTORE in decision.orders for decision in decisions):
        rest.append(_restored(case, on))
    return {
        "decided": min((each.decided_on for each in decisions if each.decided_on), default=None),
        "served": _last([each.served_on for each in decisions]),
        "handed_over": _last(goods),
        "carried_out": _last([*goods, *rest]),
        "closed": case.closed_on,
    }


def _last(days: list[date | None]) -> date | None:
    """The day on which the last of it was done; None while something is open, or there is nothing."""
    return max(days) if days and None not in days else None


def _done(item: PenaltyItem, on: date) -> date | None:
    days = [row.happened_on for row in item.carried_out.all() if row.withdrawn_at is None]
    return max((day for day in days if day <= on), default=None)


def undone(case: Case, on: date) -> tuple[str, ...]:
    """What decisions that stand take, pull down or have restored, and no record says is done."""
    decisions = standing(case, on)
    things = [item for item in _all_items(decisions) if item.kind in THING_KINDS and _done(item, on) is None]
    words = [item.get_kind_display() for item in things]
    if any(RESTORE in decision.orders for decision in decisions) and not _restored(case, on):
        words.append("恢复原状的验收")
    return tuple(dict.fromkeys(words))


def _restored(case: Case, on: date) -> date | None:
    """The day of the newest inspection that stands, where it found the restoration complete."""
    checks = [
        check
        for check in case.completion_checks.all()
        if check.kind == CompletionKind.RESTORATION and check.withdrawn_at is None and check.happened_on <= on
    ]
    return checks[0].happened_on if checks and checks[0].complete else None


def closing(case: Case) -> str | None:
    """The ground on which it was closed; None while open, and where an old case doesn't say."""
    if case.state != CaseState.CLOSED:
        return None
    grounds = [each.ground for each in case.closings.all() if each.approved]
    return CLOSING.get(grounds[0], CLOSING["other"]) if grounds else None
