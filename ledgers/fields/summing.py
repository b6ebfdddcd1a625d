"""Columns that add up over the cases of an entry; what a workbook said stands in where the system
has nothing (rules 3, 6, 12)."""

from collections.abc import Callable, Iterator

from cases.models import Case
from ledgers.facts import IMPORTED, Entry, Facts, case_thing
from ledgers.fields.field import LedgerField
from ledgers.fields.kinds import Value
from ledgers.fields.sides import has_side
from ledgers.rows import Cell, Evidence

Finds = Callable[[Facts, Entry, Case, LedgerField], Iterator[tuple[Value, Evidence]]]
Draw = Callable[[Facts, Entry, LedgerField], Cell]


def summed(own: Finds) -> Draw:
    """A column that sums `own(facts, entry, case, field)`, applicable where the row has its side."""

    def draw(facts: Facts, entry: Entry, field: LedgerField) -> Cell:
        return sum_over_cases(facts, entry, field, own)

    return draw


def sum_over_cases(facts: Facts, entry: Entry, field: LedgerField, own: Finds) -> Cell:
    """Own facts of each case, else what its workbook said; summed over the cases.

    A native case joined to an imported row is about the same thing: where it has a fact of its own,
    the workbook's figure gives way, or it would count twice (rule 12).
    """
    cell = Cell(applicable=has_side(facts, entry, field.side))
    left_out = False
    for value, fact in found_or_imported(facts, entry, field, own):
        cell.evidence.append(fact)
        if fact.counted:
            cell.value = value if cell.value is None else cell.value + value
        else:
            left_out = True
    if cell.value is not None:
        cell.applicable = True
    elif left_out:
        cell.applicable = False
    return cell


def found_or_imported(
    facts: Facts, entry: Entry, field: LedgerField, own: Finds
) -> Iterator[tuple[Value, Evidence]]:
    """(value, evidence) of each case: what the system has, else what its workbook said."""
    cases = facts.cases_of(entry)
    by_case = {case.pk: list(own(facts, entry, case, field)) for case in cases}
    native = any(by_case[case.pk] for case in cases if not case.imported)
    for case in cases:
        yield from by_case[case.pk] or ([] if native else imported(facts, entry, case, field))


def imported(facts: Facts, entry: Entry, case: Case, field: LedgerField) -> Iterator[tuple[Value, Evidence]]:
    """The value of the case's latest workbook; it counts whenever it is dated (rule 12)."""
    value = facts.imported_value(case, field.key)
    if value is not None:
        yield value, imported_evidence(facts, entry, case, field, value)


def imported_evidence(facts: Facts, entry: Entry, case: Case, field: LedgerField, value: Value) -> Evidence:
    """That a workbook said so, and on which day."""
    fact = Evidence(
        f"imported:{case.pk}:{field.key}:{field.keep(value)}",
        IMPORTED,
        f"{field.label} {field.show(value)}{field.unit}",
        facts.imported[case.pk].as_of,
        case_thing(case),
    )
    return facts.mark_late(entry, fact)
