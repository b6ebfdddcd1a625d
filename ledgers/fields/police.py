"""公安部门处理情况: distinct persons ever, by date of execution (rule 7)."""

from collections.abc import Iterable
from datetime import date

from cases.models import Detention, DetentionKind, PoliceMatter
from ledgers.facts import Entry, Facts
from ledgers.fields.field import LedgerField, Side
from ledgers.fields.kinds import Kind
from ledgers.fields.summing import imported_evidence
from ledgers.rows import Cell, Evidence

COUNTED_ELSEWHERE = "此人已计入另一条目，不重复计数"
Named = tuple[date, bool]
Counted = tuple[date, int]


def _persons(facts: Facts, entry: Entry, field: LedgerField) -> Cell:
    """max(base, persons named up to its day) + those after; a base is a count that names nobody.

    A workbook's count is the base of all before its day; a paper count (a detention without a
    person) of the days since the count before. Naming people consumes a base; a person who
    counts in an earlier row of the campaign is taken off here. Arrest doesn't reduce 刑拘.
    """
    cell = Cell(applicable=_is_with_police(facts, entry))
    named, counts = _detentions(facts, entry, field.key, cell)
    base, base_day = _base(facts, entry, field, cell)
    if base is None and not named and not counts:
        return cell
    cell.applicable = True
    events = _Events(named, counts)
    if base is None:
        cell.value = events.total(date.min, date.max)
    else:
        before = events.total(date.min, base_day, minimum=base)
        cell.value = before + events.total(base_day, date.max)
    return cell


class _Events:
    """Persons (day, counts here) and paper counts (day, how many), in the order of days."""

    def __init__(self, named: Iterable[Named], counts: Iterable[Counted]):
        self.named, self.counts = named, sorted(counts)

    def total(self, after: date, until: date, minimum: int = 0) -> int:
        """Persons of the days after `after` up to `until`, at least `minimum`, less those who
        count elsewhere."""
        persons_counted, start = 0, after
        for day, persons in self.counts:
            if after < day <= until:
                persons_counted += max(persons, self._persons(start, day))
                start = day
        persons_counted += self._persons(start, until)
        return max(max(minimum, persons_counted) - self._elsewhere(after, until), 0)

    def _persons(self, after: date, until: date) -> int:
        return sum(1 for day, _here in self.named if after < day <= until)

    def _elsewhere(self, after: date, until: date) -> int:
        return sum(1 for day, here in self.named if after < day <= until and not here)


def _detentions(facts: Facts, entry: Entry, kind: str, cell: Cell) -> tuple[list[Named], list[Counted]]:
    """(day, counts here) of each person's first detention of this kind, and the paper counts."""
    first, counts = {}, []
    for matter, detention in _detentions_of(facts, entry, kind):
        fact = _evidence(facts, entry, matter, detention)
        cell.evidence.append(fact)
        if not fact.counted:
            continue
        if detention.subject is None:
            counts.append((detention.happened_on, detention.persons))
            continue
        person = detention.subject.person_index
        earlier = first.get(person)
        if earlier is None or detention.happened_on < earlier[0]:
            here = facts.first_row.get((kind, person), entry.pk) == entry.pk
            first[person] = (detention.happened_on, here)
        if not first[person][1]:
            fact.counted, fact.note = False, COUNTED_ELSEWHERE
    return list(first.values()), counts


def _detentions_of(facts: Facts, entry: Entry, kind: str) -> Iterable[tuple[PoliceMatter, Detention]]:
    for matter in facts.matters.get(entry.pk, {}).values():
        for detention in facts.detentions.get(matter.pk, []):
            if detention.kind == kind:
                yield matter, detention


def _evidence(facts: Facts, entry: Entry, matter: PoliceMatter, detention: Detention) -> Evidence:
    who = detention.subject.name_masked if detention.subject else f"{detention.persons}人（书面反馈）"
    referral = matter.referral
    thing = ("referral" if referral else "matter", (referral or matter).public_id, str(matter))
    key, kind = f"detention:{detention.pk}", detention.get_kind_display()
    fact = Evidence(key, kind, who, detention.happened_on, thing)
    return facts.evidence(entry, fact)


def _base(facts: Facts, entry: Entry, field: LedgerField, cell: Cell) -> tuple[int | None, date | None]:
    """The workbook's count and its day; (None, None) where no workbook told one."""
    base, day = None, None
    for case in facts.cases_of(entry):
        value = facts.imported_value(case, field.key)
        if value is None:
            continue
        as_of = facts.imported[case.pk].as_of
        base = value if base is None else base + value
        day = as_of if day is None else max(day, as_of)
        cell.evidence.append(imported_evidence(facts, entry, case, field, value))
    return base, day


def _is_with_police(facts: Facts, entry: Entry) -> bool:
    """Whether public security has anything to do with the entry."""
    return bool(facts.matters.get(entry.pk)) or any(
        facts.referrals.get(case.pk) for case in facts.cases_of(entry)
    )


def _column(kind: DetentionKind, *words: str) -> LedgerField:
    return LedgerField(
        key=kind.value,
        label=kind.label,
        kind=Kind.PERSONS,
        words=words,
        unit="人",
        above=("公安",),
        side=Side.POLICE,
        draw=_persons,
        how="公安机关登记措施，或者登记书面反馈后自动填上。",
    )


POLICE = (
    _column(DetentionKind.ADMINISTRATIVE_DETENTION, "行政拘留"),
    _column(DetentionKind.CRIMINAL_DETENTION, "刑事拘留", "刑拘"),
    _column(DetentionKind.ARREST, "逮捕", "批捕"),
)
