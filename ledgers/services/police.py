"""The police half: distinct persons ever, by date of execution (rule 7)."""

from datetime import date

from cases.models import DetentionKind
from ledgers.definitions import FIELDS
from ledgers.rows import Cell, Source
from ledgers.services.facts import Facts, case_thing


def police_cells(facts: Facts, entry) -> dict[str, Cell]:
    """The three figures of an entry. Arrest doesn't reduce 刑拘; a person counts in one row."""
    return {kind.value: _figure(facts, entry, kind.value) for kind in DetentionKind}


def _figure(facts: Facts, entry, kind) -> Cell:
    """max(base, persons named up to its day) + those after; a base is a count that names nobody.

    A workbook's count is the base of all before its day; a paper count (a measure without a
    person) of the days since the count before. Naming people consumes a base; a person who
    counts in an earlier row of the campaign is taken off here.
    """
    cell = Cell(applicable=_is_with_police(facts, entry))
    named, counts = _measures(facts, entry, kind, cell)
    base, base_day = _base(facts, entry, kind, cell)
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

    def __init__(self, named, counts):
        self.named, self.counts = named, sorted(counts)

    def total(self, after: date, until: date, minimum: int = 0) -> int:
        """Persons of the days after `after` up to `until`, at least `minimum`, less those who
        count elsewhere."""
        found, start = 0, after
        for day, persons in self.counts:
            if after < day <= until:
                found += max(persons, self._persons(start, day))
                start = day
        found += self._persons(start, until)
        return max(max(minimum, found) - self._elsewhere(after, until), 0)

    def _persons(self, after, until) -> int:
        return sum(1 for day, _here in self.named if after < day <= until)

    def _elsewhere(self, after, until) -> int:
        return sum(1 for day, here in self.named if after < day <= until and not here)


def _measures(facts, entry, kind, cell):
    """(day, counts here) of each person's first measure of this kind, and the paper counts."""
    first, counts = {}, []
    for matter in facts.matters.get(entry.pk, {}).values():
        for measure in facts.measures.get(matter.pk, []):
            if measure.kind != kind:
                continue
            source = _source(facts, entry, matter, measure)
            cell.sources.append(source)
            if not source.counted:
                continue
            if measure.subject is None:
                counts.append((measure.happened_on, measure.persons))
                continue
            person = measure.subject.person_index
            earlier = first.get(person)
            if earlier is None or measure.happened_on < earlier[0]:
                here = facts.first_row.get((kind, person), entry.pk) == entry.pk
                first[person] = (measure.happened_on, here)
            if not first[person][1]:
                source.counted, source.note = False, "此人已计入另一条目，不重复计数"
    return list(first.values()), counts


def _source(facts, entry, matter, measure) -> Source:
    who = measure.subject.name_masked if measure.subject else f"{measure.persons}人（书面反馈）"
    referral = matter.referral
    thing = ("referral" if referral else "matter", (referral or matter).public_id, str(matter))
    return facts.source(
        entry, f"measure:{measure.pk}", measure.get_kind_display(), who, measure.happened_on, thing
    )


def _base(facts, entry, kind, cell):
    """The workbook's count and its day; (None, None) where no workbook told one."""
    base, day = None, None
    for case in facts.cases.get(entry.pk, []):
        imported = facts.imported.get(case.pk)
        value = getattr(imported, kind) if imported else None
        if value is None:
            continue
        base = value if base is None else base + value
        day = imported.as_of if day is None else max(day, imported.as_of)
        fact = f"imported:{case.pk}:{kind}:{value}"
        source = Source(fact, "台账导入", f"{FIELDS[kind].label} {value}人", imported.as_of, case_thing(case))
        source.late = facts.is_late(entry, fact, imported.as_of)
        cell.sources.append(source)
    return base, day


def _is_with_police(facts, entry) -> bool:
    """Whether public security has anything to do with the entry."""
    return bool(facts.matters.get(entry.pk)) or any(
        facts.referrals.get(case.pk) for case in facts.cases.get(entry.pk, [])
    )
