"""Which sides, land or mining, an entry and its cases have."""

from cases.models import Case
from clues.models import Clue
from ledgers.facts import Entry, Facts
from ledgers.fields.field import Side
from ledgers.fields.registry import FIELDS
from registry import codes

BOTH = frozenset({Side.LAND, Side.MINING})


def sides_of(facts: Facts, entry: Entry) -> frozenset[str]:
    """The sides that an entry has; both while nothing tells, none for a police-only row."""
    return facts.once(entry, _sides_of)


def _sides_of(facts: Facts, entry: Entry) -> frozenset[str]:
    cases, clues = facts.cases_of(entry), facts.clues.get(entry.pk, [])
    if not cases and not clues:
        return frozenset()
    sides = set().union(*(case_sides(facts, case) for case in cases))
    if not cases:
        sides = set().union(*(clue_sides(clue) for clue in clues))
    return frozenset(sides) or BOTH


def has_side(facts: Facts, entry: Entry, side: Side) -> bool:
    """Whether an entry has a side; `Side.NONE` asks for any."""
    sides = sides_of(facts, entry)
    return bool(sides) if side == Side.NONE else side in sides


def case_sides(facts: Facts, case: Case) -> set[str]:
    """The sides of one case: its violations, findings and items, and its imported columns."""
    imported = facts.imported.get(case.pk)
    brought = {FIELDS[key].side for key in imported.filled()} if imported else set()
    return facts.sides.get(case.pk, set()) | (brought & BOTH)


def clue_sides(clue: Clue) -> set[str]:
    """The sides of a clue's suspected violations."""
    by_code = codes.by_code("violations")
    return {by_code[code]["side"] for code in clue.violations if code in by_code}
