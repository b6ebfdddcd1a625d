"""Columns that say 是 only when the ground was inspected and found complete (rule 6)."""

from dataclasses import dataclass

from cases.models import Case, CompletionCheck, CompletionKind
from ledgers.facts import Entry, Facts, case_thing
from ledgers.fields.deciding import items_of
from ledgers.fields.field import LedgerField, Side
from ledgers.fields.sides import case_sides, has_side
from ledgers.fields.summing import Draw, imported_evidence
from ledgers.rows import WANTING, Cell, Evidence

NO_SAY = object()


def completed(kind: CompletionKind, what: str) -> Draw:
    """是 where every case was found complete, 否 where one is not; `what` heads the evidence."""

    def draw(facts: Facts, entry: Entry, field: LedgerField) -> Cell:
        cell = Cell(applicable=has_side(facts, entry, field.side))
        answers = _Question(facts, entry, field, kind, what, cell).answers()
        if any(answer is False for answer in answers):
            cell.value = False
        elif answers and all(answers):
            cell.value = True
        if cell.value is not None:
            cell.applicable = True
        return cell

    return draw


@dataclass
class _Question:
    """One 是否 of one entry, put to each of its cases."""

    facts: Facts
    entry: Entry
    field: LedgerField
    kind: CompletionKind
    what: str
    cell: Cell

    def answers(self) -> list[bool | None]:
        """是, 否 or not yet, of each case on this side that has a say.

        What was looked at in the system stands above a workbook's word, and that above a finding
        that nobody looked at again.
        """
        cases = self.facts.cases_of(self.entry)
        checked = any(self._checks(case) for case in cases if not case.imported)
        imported = not checked and any(self._imported(case) is not None for case in cases)
        answers = []
        for case in cases:
            sides = case_sides(self.facts, case)
            if sides and self.field.side not in sides:
                continue
            answers.append(self._answer(case, checked, imported))
        return [answer for answer in answers if answer is not NO_SAY]

    def _checks(self, case: Case) -> list:
        return self.facts.completion_checks.get((case.pk, self.kind), [])

    def _imported(self, case: Case) -> bool | None:
        return self.facts.imported_value(case, self.field.key)

    def _answer(self, case: Case, checked: bool, imported: bool):
        if rows := self._checks(case):
            return self._looked_at(case, rows[-1])
        value = self._imported(case)
        if value is not None and not checked:
            fact = imported_evidence(self.facts, self.entry, case, self.field, value)
            self.cell.evidence.append(fact)
            return value
        if case.imported and checked or not case.imported and imported:
            return NO_SAY
        return self._still_open(case)

    def _looked_at(self, case: Case, last: CompletionCheck) -> bool:
        words = "已完成" if last.complete else "未完成"
        fact = Evidence(f"completion_check:{last.pk}", self.what, words, last.happened_on, case_thing(case))
        self.cell.evidence.append(self.facts.mark_late(self.entry, fact))
        return last.complete

    def _still_open(self, case: Case) -> bool | None:
        """否 where something was found or decided and not found complete yet; None where nothing was."""
        findings = self.facts.land if self.field.side == Side.LAND else self.facts.minerals
        rows = findings.get(case.pk)
        items = items_of(self.facts, case, self.field.side)
        if not rows and not items:
            return None
        day = rows[0].happened_on if rows else items[0].decision.decided_on
        key = f"{WANTING}{case.pk}:{self.field.key}"
        self.cell.evidence.append(Evidence(key, self.what, "还没有验收为完成", day, case_thing(case)))
        return False
