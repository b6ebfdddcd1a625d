"""What the law asks for where these findings stand: a proposed set of penalty items, each with its article.

No decision: who proposes one changes what he must. Amounts and tonnes are those found and not yet taken
(law.penalties.gaps), articles and what else is taken or fined come from `law.penalties`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cases.acts import FINE_NEEDS
from cases.assessing import held_of
from cases.models import Case, PenaltyItem, Violation
from cases.services import dues, guards
from common.quantities import show_money
from law import penalties
from law.facts import Decision as Penalty
from law.facts import Facts
from law.findings import Case as Held

FINE, TOOLS = "fine", "confiscate_tools"
INCOME, MINERALS = "confiscate_income", "confiscate_minerals"
BUILDINGS, DEMOLISH = "confiscate_buildings", "demolish"
# What the law calls what our kinds take.
TAKES = {
    INCOME: penalties.INCOME,
    MINERALS: penalties.MINERALS,
    TOOLS: penalties.TOOLS,
    BUILDINGS: penalties.STRUCTURES,
    DEMOLISH: penalties.STRUCTURES,
}
# By the law's word: our kind, and in which field its measure stands.
MEASURES = {penalties.INCOME: (INCOME, "amount"), penalties.MINERALS: (MINERALS, "tonnes")}
# A decision that takes nothing: what the law finds lacking in it is to be proposed.
NOTHING = Penalty(income=Decimal(0), minerals=False, ore=Decimal(0))
NO_BUILDING = "填写面积；没有建筑物和其他设施的，删去这一项"
ASKED = {
    TOOLS: "写明名称和数量，如 挖掘机1台；没有的，删去这一项",
    BUILDINGS: NO_BUILDING,
    DEMOLISH: NO_BUILDING,
}
Readings = list[tuple[Violation, list[penalties.Penalty]]]


@dataclass(frozen=True)
class Proposed:
    """One penalty that the law asks for: kind, violation, what is known of its measure (元, 吨), its
    articles, and what the handler still has to say of it."""

    kind: str
    violation: Violation | None
    article: str
    amount: Decimal | None = None
    tonnes: Decimal | None = None
    ask: str = ""


def proposed_items(case: Case) -> list[Proposed]:
    """没收 of what was found and isn't taken yet; tools, buildings and a fine where every reading of the
    law has them and no decision that stands; no fine while a referral forbids one. Constant queries."""
    held = held_of(case)
    readings = _read(case, held)
    standing = {item.kind for item in dues.standing_items(case)}
    lacking = [gap for gap in guards.gaps_of(held, NOTHING) if gap.kind in MEASURES]
    taken = [_found(gap, readings) for gap in lacking]
    things = [_thing(kind, readings) for kind in (TOOLS, _structures(held.facts)) if kind not in standing]
    barred = FINE in standing or not all(need.met(case) for need in FINE_NEEDS)
    fined = [] if barred else [_fine(*reading) for reading in readings]
    return [*taken, *filter(None, things), *filter(None, fined)]


def articles_of(case: Case, items: Iterable[PenaltyItem]) -> dict[int, str]:
    """{pk of an item: the articles under which the case's violations allow it}; "" where there are none.

    An item that names no violation is asked of those of its side.
    """
    readings = _read(case, held_of(case))
    return {item.pk: _articles(_allowing(item, readings)) for item in items}


def _read(case: Case, held: Held) -> Readings:
    violations = case.violations.all()
    return [(each, penalties.options(each.code, held.facts, held.figures)) for each in violations]


def _found(gap: penalties.Gap, readings: Readings) -> Proposed:
    """A confiscation of the amount that is left, under the first violation whose law takes it."""
    fits = [(each, group) for each, group in readings if any(gap.kind in one.takes for one in group)]
    violation, group = fits[0] if fits else (next((each for each, _ in readings), None), [])
    kind, measure = MEASURES[gap.kind]
    left = None if gap.found is None else gap.found - gap.taken
    return Proposed(kind, violation, _articles(group), **{measure: left})


def _thing(kind: str, readings: Readings) -> Proposed | None:
    for violation, group in readings:
        if group and all(TAKES[kind] in each.takes for each in group):
            return Proposed(kind, violation, _articles(group), ask=ASKED[kind])
    return None


def _structures(facts: Facts) -> str:
    """没收 what fits the plan, 拆除 what doesn't or isn't known to (土地管理法 art 77)."""
    return BUILDINGS if {each.conform for each in facts.land or ()} == {True} else DEMOLISH


def _fine(violation: Violation, group: list[penalties.Penalty]) -> Proposed | None:
    if not group or not all(each.fined and not each.optional for each in group):
        return None
    return Proposed(FINE, violation, _articles(group), ask=_between(group))


def _between(group: list[penalties.Penalty]) -> str:
    """罚款 4,500元以上22,500元以下; an end that can't be told is left out."""
    known = [each for each in group if each.bounds_known]
    lows, highs = [each.low for each in known], [each.high for each in known]
    low = f"{show_money(min(lows))}元以上" if lows and min(lows) else ""
    high = f"{show_money(max(highs))}元以下" if highs and None not in highs else ""
    return f"{low}{high}"


def _allowing(item: PenaltyItem, readings: Readings) -> list[penalties.Penalty]:
    asked = [
        one
        for each, group in readings
        for one in group
        if each.pk == item.violation_id or (item.violation_id is None and each.side == item.side)
    ]
    if item.kind == FINE:
        return [each for each in asked if each.fined]
    return [each for each in asked if TAKES.get(item.kind) in each.takes]


def _articles(group: Iterable[penalties.Penalty]) -> str:
    return "；".join(dict.fromkeys(each.article for each in group if each.article))
