"""All gates, and what they say of a deed."""

from collections.abc import Iterable
from datetime import date

from law.facts import Facts, Native
from law.figures import SEEDED
from law.findings import Case
from law.findings.codes import Level
from law.gates import closing, decision, filing, investigation, recorded
from law.gates.shape import Asked, Draft, Gate, Stop
from law.shipped import calendar

GATES: tuple[Gate, ...] = (
    *filing.GATES,
    *investigation.GATES,
    *decision.GATES,
    *closing.GATES,
    *recorded.GATES,
)


def armed() -> list[Gate]:
    """Gates that guard a deed."""
    return [gate for gate in GATES if gate.armed]


def unarmed() -> list[Gate]:
    """Gates whose facts no act records yet."""
    return [gate for gate in GATES if not gate.armed]


def stops(case: Case, draft: Draft, gates: Iterable[Gate] = GATES) -> list[Stop]:
    """What the armed gates say of a deed about to be done, hard ones first."""
    stopping = _stopping([gate for gate in gates if gate.armed], Asked(case, draft))
    return sorted(stopping, key=lambda stop: stop.level != Level.BLOCK)


def stops_by_record(draft: Draft, native: Native, on: date) -> list[Stop]:
    """What they say where only what the system itself recorded is asked: no amounts, no other facts."""
    return stops(Case(Facts(as_of=on, native=native), SEEDED, calendar()), draft)


def remarks(case: Case, draft: Draft) -> list[Stop]:
    """What the unarmed gates would say: for information, never a guard."""
    return [Stop(stop.gate, stop.sentence, Level.INFO) for stop in _stopping(unarmed(), Asked(case, draft))]


def _stopping(gates: list[Gate], asked: Asked) -> list[Stop]:
    stopping = []
    for gate in gates:
        answer = gate.check(asked) if gate.holds(asked) else None
        if answer:
            detail = answer if isinstance(answer, str) else ""
            stopping.append(Stop(gate, gate.sentence + detail, gate.level))
    return stopping
