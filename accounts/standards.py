"""The values that the law leaves to a place (标准): registered by the apps that compute with them.

    register("referral_decide_days", "决定移送的期限", "日")

stands in an app's receivers.py; the page 标准 lists them, with the law's own rows, which hold where no
office has entered another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

TERMS = "期限和程序"


@dataclass(frozen=True)
class LawRow:
    """A value that the law gives by itself: where ("" everywhere), from when till when, by what.

    `stands_in` says that it is the strictest one, used where a province's own isn't known.
    """

    value: Decimal
    article: str
    region: str = ""
    since: date | None = None
    until: date | None = None
    document: str = ""
    sure: bool = True
    stands_in: bool = False


def nothing_against(value: Decimal, region: str, document: str) -> str | None:
    """A kind of which the law says no more."""
    return None


@dataclass(frozen=True)
class StandardKind:
    """What a standard may be of: its key in the table, its name and unit on screen, its part of the page.

    `own` are the law's rows. `fixed` ones hold for the whole country: no office enters another.
    `refuse` is told a value, a division's code and the document, and gives the sentence why it can't stand.
    """

    key: str
    label: str
    unit: str
    part: str = TERMS
    own: tuple[LawRow, ...] = ()
    fixed: bool = False
    refuse: Callable[[Decimal, str, str], str | None] = nothing_against

    @property
    def choice(self) -> str:
        """Its name among others to choose from: many are called 罚款下限, and told apart by their article."""
        return f"{self.label}（{'，'.join([self.unit, *(row.article for row in self.own[:1])])}）"


REGISTRY: dict[str, StandardKind] = {}


def register(key: str, label: str, unit: str, **more: object) -> None:
    """Register a kind of standard; a second time changes nothing."""
    REGISTRY[key] = StandardKind(key, label, unit, **more)


def parts() -> dict[str, list[StandardKind]]:
    """Every kind by the part of the page it stands in, in the order they were registered."""
    found: dict[str, list[StandardKind]] = {}
    for kind in REGISTRY.values():
        found.setdefault(kind.part, []).append(kind)
    return found
