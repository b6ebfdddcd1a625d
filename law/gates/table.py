"""All gates, and what they say of a deed."""

from collections.abc import Iterable
from datetime import date

from law.facts import Facts, Native
from law.figures import SEEDED
from law.findings import Case
from law.findings.codes import Level
from law.gates import closing, decision, filing, investigation, recorded
from law.gates.shape import Asked, Draft, Gate, Stop, stop_of
from law.shipped import calendar

GATES: tuple[Gate, ...] = (
    *filing.GATES,
    *investigation.GATES,
    *decision.GATES,
    *closing.GATES,
    *recorded.GATES,
)
_BY_CODE = {each.code: each for each in GATES}


def armed() -> list[Gate]:
    """Gates that guard a deed."""
    return [each for each in GATES if each.armed]


def unarmed() -> list[Gate]:
    """Gates whose facts no act records yet."""
    return [each for each in GATES if not each.armed]


def stops(case: Case, draft: Draft, gates: Iterable[Gate] = GATES) -> list[Stop]:
    """What the armed gates say of a deed about to be done, hard ones first."""
    stopping = _stopping([each for each in gates if each.armed], Asked(case, draft))
    return sorted(stopping, key=lambda stop: stop.level != Level.BLOCK)


def stops_by_record(draft: Draft, native: Native, on: date) -> list[Stop]:
    """What they say where only what the system itself recorded is asked: no amounts, no other facts."""
    return stops(Case(Facts(as_of=on, native=native), SEEDED, calendar()), draft)


def remarks(case: Case, draft: Draft) -> list[Stop]:
    """What the unarmed gates would say: for information, never a guard."""
    return _stopping(unarmed(), Asked(case, draft), Level.INFO)


def unchecked(case: Case, draft: Draft) -> list[Gate]:
    """The unarmed gates that stand before a deed at this place and day: nobody records what they ask."""
    asked = Asked(case, draft)
    return [each for each in unarmed() if each.holds(asked)]


def gate(code: str) -> Gate:
    """The gate of a code. KeyError for one that isn't in the table."""
    return _BY_CODE[code]


def _stopping(gates: list[Gate], asked: Asked, level: Level | None = None) -> list[Stop]:
    answers = [(each, each.check(asked)) for each in gates if each.holds(asked)]
    return [stop_of(each, answer, level) for each, answer in answers if answer]
