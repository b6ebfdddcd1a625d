"""The interval of a fine for one row of the table, and whether a fine lies inside a case's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from law.facts import Facts
from law.figures import Figures
from law.penalties.shape import (
    ARABLE_FEE,
    AREA,
    FIXED,
    LOSS,
    PROCEEDS,
    RECLAIM_FEE,
    REPAIR_FEE,
    VALUE,
    VOLUME,
    Penalty,
    Rule,
)

ZERO, _CENT = Decimal(0), Decimal("0.01")
# 亩 have no end in 平方米: what lies this near to a whole 分 is one.
_FINE_ENOUGH = Decimal("0.000001")
Span = tuple[Decimal, Decimal | None]


def span(rule: Rule, facts: Facts, figures: Figures, on: date) -> Span | None:
    """Lowest and highest fine in 元 by a row; highest None where a fact is missing; None where the
    figure itself is not held (a province's 开垦费, 复垦费 or 修复费)."""
    if rule.fine is None:
        return None
    key, base = rule.fine, _base(rule.base, facts, figures, on)
    if (
        rule.base in (ARABLE_FEE, RECLAIM_FEE, REPAIR_FEE)
        and base is None
        and not _fee(rule.base, facts, figures, on)
    ):
        return None
    if rule.without and base == 0 and figures.get(f"{rule.without}.high", facts.region, on):
        key, base = rule.without, Decimal(1)
    elif rule.small:
        return _by_value(rule, base, facts, figures, on)
    low, high = _ends(key, facts, figures, on)
    if base is None:
        return ZERO, None
    return _floor(low * base), _ceiling(high * base)


def _by_value(rule: Rule, value: Decimal | None, facts: Facts, figures: Figures, on: date) -> Span:
    """Multiples of the market value, or amounts where it is below 10万元 or nothing was taken."""
    small = _ends(rule.small, facts, figures, on)
    below = figures.value("fine_2024_small_below", facts.region, on)
    if value is None:
        return small[0], None
    if value < below:
        return small
    low, high = _ends(rule.fine, facts, figures, on)
    return _floor(low * value), _ceiling(high * value)


def _ends(key: str, facts: Facts, figures: Figures, on: date) -> tuple[Decimal, Decimal]:
    return figures.value(f"{key}.low", facts.region, on), figures.value(f"{key}.high", facts.region, on)


def _fee(base: str, facts: Facts, figures: Figures, on: date) -> Decimal | None:
    return figures.value(base, facts.region, on)


def _base(base: str, facts: Facts, figures: Figures, on: date) -> Decimal | None:
    """What the multiple is of: 元, or 平方米 or 立方米 for fines by area or volume."""
    if base == FIXED:
        return Decimal(1)
    if base in (ARABLE_FEE, RECLAIM_FEE, REPAIR_FEE):
        fee = _fee(base, facts, figures, on)
        return None if fee is None or facts.area is None else fee * facts.area
    black = [each.black_m3 for each in facts.land or () if each.black_m3 is not None]
    return {
        VALUE: facts.market_value,
        PROCEEDS: facts.income,
        LOSS: facts.destroyed_value,
        AREA: facts.area,
        VOLUME: sum(black, ZERO) if black else None,
    }[base]


def _floor(value: Decimal) -> Decimal:
    return value.quantize(_FINE_ENOUGH).quantize(_CENT, ROUND_FLOOR)


def _ceiling(value: Decimal) -> Decimal:
    return value.quantize(_FINE_ENOUGH).quantize(_CENT, ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A fine (元) against the interval: `inside`, or below (`too_low`), above or between alternatives.

    `spans` are those alternatives, each with its article, where it isn't known which one holds.
    """

    fine: Decimal
    low: Decimal
    high: Decimal | None
    inside: bool
    article: str
    unfounded: bool = False
    spans: tuple[tuple[Decimal, Decimal | None, str], ...] = ()

    @property
    def too_low(self) -> bool:
        """Below the least: a named ground of 减轻 may carry it."""
        return not self.inside and self.fine < self.low


def judge_fine(fine: Decimal, by_violation: Iterable[list[Penalty]]) -> Verdict:
    """A fine against what the violations allow, each in any of its alternatives.

    Several violations in one decision: at least the highest of what each must be fined (one act is
    fined once, by the highest: 行政处罚法 art 29), at most all together.
    """
    groups = [group for group in by_violation if group]
    articles = "；".join(
        dict.fromkeys(penalty.article for group in groups for penalty in group if penalty.bounds_known)
    )
    if len(groups) == 1:
        inside = any(penalty.accepts(fine) for penalty in groups[0])
        low, high = _outer(groups[0])
        unfounded = not any(penalty.fined for penalty in groups[0])
        spans = tuple((each.low, each.high, each.article) for each in groups[0] if each.fined)
        return Verdict(fine, low, high, inside, articles, unfounded, spans)
    low = max((min(penalty.least for penalty in group) for group in groups), default=ZERO)
    tops = [_outer(group)[1] for group in groups]
    high = None if None in tops else sum(tops, ZERO)
    inside = not groups or (low <= fine and (high is None or fine <= high))
    return Verdict(fine, low, high, inside, articles)


def _outer(group: list[Penalty]) -> Span:
    """The lowest low and the highest high of the alternatives."""
    fined = [penalty for penalty in group if penalty.fined or not penalty.bounds_known]
    if not fined:
        return ZERO, ZERO
    highs = [penalty.high if penalty.bounds_known else None for penalty in fined]
    low = min(penalty.low if penalty.bounds_known else ZERO for penalty in fined)
    return low, None if None in highs else max(highs)
