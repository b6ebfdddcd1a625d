"""What the law asks for where these findings stand: a proposed set of penalty items, each with its article.

No decision: who proposes one changes what he must. Amounts and tonnes are those found and not yet taken
(confiscation.py), articles and what else is taken or fined come from `law.penalties`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cases.assessing import facts_of, figures_in_force
from cases.models import Case, PenaltyItem, Violation
from cases.services import confiscation, dues, fines
from common.quantities import show_money
from law import penalties
from law.facts import Facts
from law.figures import Figures

FINE, TOOLS = "fine", "confiscate_tools"
BUILDINGS, DEMOLISH = "confiscate_buildings", "demolish"
# What the law calls what our kinds take.
TAKES = {
    **confiscation.BY_LAW,
    TOOLS: penalties.TOOLS,
    BUILDINGS: penalties.STRUCTURES,
    DEMOLISH: penalties.STRUCTURES,
}
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
    facts, figures, readings = _read(case)
    law = confiscation.asked_in(facts, figures)
    standing = {item.kind for item in dues.standing_items(case)}
    taken = [_found(gap, readings) for gap in confiscation.gaps(case, (), law)]
    things = [_thing(kind, readings) for kind in (TOOLS, _structures(facts)) if kind not in standing]
    fined = [] if FINE in standing or fines.missing(case) else [_fine(*reading) for reading in readings]
    return [*taken, *filter(None, things), *filter(None, fined)]


def articles_of(case: Case, items: Iterable[PenaltyItem]) -> dict[int, str]:
    """{pk of an item: the articles under which the case's violations allow it}; "" where there are none.

    An item that names no violation is asked of those of its side.
    """
    *_, readings = _read(case)
    return {item.pk: _articles(_allowing(item, readings)) for item in items}


def _read(case: Case) -> tuple[Facts, Figures, Readings]:
    facts, figures = facts_of(case), figures_in_force()
    readings = [(each, penalties.options(each.code, facts, figures)) for each in case.violations.all()]
    return facts, figures, readings


def _found(gap: confiscation.Gap, readings: Readings) -> Proposed:
    """A confiscation of the amount that is left, under the first violation whose law takes it."""
    fits = [(each, group) for each, group in readings if any(TAKES[gap.kind] in one.takes for one in group)]
    violation, group = fits[0] if fits else (next((each for each, _ in readings), None), [])
    measure = confiscation.AMOUNTS[gap.kind][0]
    return Proposed(gap.kind, violation, _articles(group), **{measure: gap.found - gap.taken})


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
    return "；".join(dict.fromkeys(each.article for each in group))
