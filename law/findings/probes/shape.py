"""A probe: a fact that may be missing, the groups of rules that look at it, and values to try for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from law.facts import Facts
from law.figures import Figures
from law.words import is_mining

ZERO, ONE, HUGE = Decimal(0), Decimal(1), Decimal(10) ** 10
LONG_AGO = date(2000, 1, 1)

Unknown = Callable[[Facts], bool]
Values = Callable[[Facts, Figures], Iterable[Facts]]


@dataclass(frozen=True, slots=True)
class Probe:
    """A fact by the name of its input key, what it is called, who looks at it, and values to try.

    `beside` fills facts that matter only together with this one (地类 with 毁坏), where they aren't
    known either: then each of them is asked for.
    """

    fact: str
    label: str
    groups: tuple[str, ...]
    unknown: Unknown
    values: Values
    beside: Callable[[Facts], Facts] | None = None


def mining(facts: Facts) -> bool:
    """Whether a violation is of the mining side."""
    return any(is_mining(code) for code in facts.codes)


def landed(facts: Facts) -> bool:
    """Whether a violation is of the land side."""
    return any(not is_mining(code) for code in facts.codes)


def simple(fact: str, label: str, groups: str, field: str, tries: tuple, when: Unknown = mining) -> Probe:
    """A fact that is a field of its own."""

    def unknown(facts: Facts) -> bool:
        return getattr(facts, field) is None and when(facts)

    def values(facts: Facts, figures: Figures) -> Iterable[Facts]:
        return (facts.varied(**{field: value}) for value in tries)

    return Probe(fact, label, tuple(groups.split()), unknown, values)
