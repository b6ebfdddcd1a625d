"""All that is known of one case, and what follows from it without any law."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property

from common.reckoning import Pause
from law.facts.parts import Batch, Decision, Earlier, Land, Native, Party, Prior, Steps, Violation
from law.facts.times import day_of

ZERO = Decimal(0)


@dataclass(frozen=True)
class Facts:
    """One case as of a day. Amounts in 元, quantities in 吨 or 立方米, areas in 平方米.

    `pauses` are the stretches that the period to decide leaves out, by their days (None: not said by days);
    `excluded_days` those of which only the number is known. `settled` is the case as it was known at each
    answer to the duty to refer that stands: when it came back, when 不批准移送 was put on record.
    """

    as_of: date
    id: str = ""
    province: str | None = None
    county: str | None = None
    parties: tuple[Party, ...] = ()
    violations: tuple[Violation, ...] = ()
    mineral: str | None = None
    mine_scale: str | None = None
    quantity: Decimal | None = None
    value: Decimal | None = None
    illegal_income: Decimal | None = None
    batches: tuple[Batch, ...] = ()
    value_estimated: bool = False
    destroyed_value: Decimal | None = None
    special_area: bool | tuple[str, ...] | None = None
    destructive: bool | None = None
    eco_damage: bool | None = None
    acts_from: date | None = None
    acts_ended: date | None = None
    continuing: bool | None = None
    life_health: bool | None = None
    right_exists: bool | None = None
    refused_correct: bool | None = None
    unpunished: tuple[Earlier, ...] | None = None
    land: tuple[Land, ...] | None = None
    prior_penalties: tuple[Prior, ...] | None = None
    steps: Steps = Steps()
    notice_waived: bool = False
    plea_answered: bool = False
    extended: bool | int = False
    excluded_days: int = 0
    pauses: tuple[Pause, ...] | None = None
    decisions: tuple[Decision, ...] = ()
    paid: Decimal | None = None
    sent: bool = False
    not_referred: bool = False
    settled: tuple["Facts", ...] = ()
    took_part: bool = False
    closing: str | None = None
    carries: frozenset[str] | None = None
    native: Native | None = None

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of the violations."""
        return frozenset(each.code for each in self.violations)

    @cached_property
    def region(self) -> str | None:
        """The nearest division known: the county, else the province (six digits)."""
        return self.county or self.province

    @cached_property
    def decided(self) -> bool:
        """Whether a penalty stands as of the day."""
        return bool(self.decisions) or self.steps.decided is not None

    @cached_property
    def decided_on(self) -> date | None:
        """The day of the decision, None while there is none or its day is not known."""
        return day_of(self.steps.decided)

    @cached_property
    def judged_on(self) -> date:
        """The day of the decision, else the day as of which the case is looked at."""
        return self.decided_on or self.as_of

    @cached_property
    def closed(self) -> bool:
        """Whether the case is closed as of the day; an old file may be without its ground and its day."""
        if self.native is not None and self.native.closed:
            return True
        return self.closing is not None or self.steps.closed is not None

    @cached_property
    def was_sent(self) -> bool:
        """Whether public security has the case: sent to it, or taken up by itself."""
        steps = self.steps
        return self.sent or any((steps.referred, steps.police_filed, steps.police_declined))

    @cached_property
    def freed_on(self) -> date | None:
        """The day on which public security or a court gave the case back, one of five ways."""
        return day_of(self.steps.freed or self.steps.police_declined)

    @cached_property
    def act_end(self) -> date | None:
        """The day that decides which law holds: the last day of the acts; a continuing act's is the
        day it is judged."""
        if self.acts_ended:
            return self.acts_ended
        days = [each.until for each in self.violations if each.until]
        if days:
            return max(days)
        return self.judged_on if self.continuing else None

    @cached_property
    def income(self) -> Decimal | None:
        """违法所得 in 元: the total, or the sum of the batches' proceeds."""
        if self.illegal_income is not None or not self.batches:
            return self.illegal_income
        incomes = [each.income for each in self.batches if each.income is not None]
        if incomes or all(each.value is not None for each in self.batches):
            return sum(incomes, ZERO)
        return None

    @cached_property
    def market_value(self) -> Decimal | None:
        """Market value of all the ore taken, in 元; None where part of it is not known."""
        if not self.batches:
            return ZERO if self.value is None and self.quantity == 0 else self.value
        parts = [each.value if each.value is not None else each.income for each in self.batches]
        return None if None in parts else sum(parts, ZERO)

    @cached_property
    def area(self) -> Decimal | None:
        """The whole area in 平方米; None where there is no land or part of it is not known."""
        areas = [each.area for each in self.land or ()]
        return None if not areas or None in areas else sum(areas, ZERO)

    def varied(self, **changes: object) -> "Facts":
        """The same case with some facts otherwise. TypeError for a fact that there is not.

        What is worked out of facts (cached) is left behind. Rules vary a case by the dozen: five times as
        fast as `dataclasses.replace`, which gives each fact anew.
        """
        if unknown := changes.keys() - _NAMES:
            raise TypeError(f"no such fact: {', '.join(sorted(unknown))}")
        fresh = object.__new__(Facts)
        known = self.__dict__
        fresh.__dict__.update({name: known[name] for name in _NAMES}, **changes)
        return fresh


_NAMES = frozenset(each.name for each in fields(Facts))
