"""The facts of a drawing, gathered before the first row is drawn. Asks no database.

`services/reading.py` fills it in a constant number of queries; the fields draw from it.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from accounts.models import Agency
from cases.models import Case
from ledgers.rows import Evidence

OUTSIDE = "不在专项行动期间，不计入"
IMPORTED = "台账导入"


class Entry(Protocol):
    """What the fields ask of a ledger entry."""

    pk: int
    agency: Agency
    agency_id: int
    party: str
    place: str
    mineral: str
    imported: bool
    words_typed: bool
    carried_over: bool
    remark_typed: str | None


@dataclass
class Facts:
    """What belongs to each entry, case and police matter, as it stood on `as_of`.

    Keyed by primary key: links by the entry's, findings, items and imported values by the case's,
    detentions by the police matter's, completion checks by (case, kind). `first_row` is in which row a
    person counts, by (kind, person); `reported` the last submission by agency, `reported_facts` the
    facts in it.
    """

    campaign: object
    as_of: date
    entries: list[Entry] = field(default_factory=list)
    cases: dict = field(default_factory=lambda: defaultdict(list))
    clues: dict = field(default_factory=lambda: defaultdict(list))
    matters: dict = field(default_factory=lambda: defaultdict(dict))
    parties: dict = field(default_factory=lambda: defaultdict(list))
    sides: dict = field(default_factory=lambda: defaultdict(set))
    land: dict = field(default_factory=dict)
    minerals: dict = field(default_factory=dict)
    items: dict = field(default_factory=lambda: defaultdict(list))
    completion_checks: dict = field(default_factory=lambda: defaultdict(list))
    imported: dict = field(default_factory=dict)
    referrals: dict = field(default_factory=lambda: defaultdict(list))
    detentions: dict = field(default_factory=lambda: defaultdict(list))
    first_row: dict = field(default_factory=dict)
    reported: dict = field(default_factory=dict)
    reported_facts: set = field(default_factory=set)
    moved_from: dict = field(default_factory=dict)
    _worked_out: dict = field(default_factory=dict)

    def cases_of(self, entry: Entry) -> list[Case]:
        """The cases that an entry links."""
        return self.cases.get(entry.pk, [])

    def imported_value(self, case: Case, key: str) -> object:
        """What the latest workbook said of a case under a key; None where it said nothing."""
        imported = self.imported.get(case.pk)
        return imported.of(key) if imported else None

    def once(self, entry: Entry, make: Callable[["Facts", Entry], object]) -> object:
        """`make(facts, entry)`, worked out once for an entry though several columns ask."""
        place = entry.pk, make
        if place not in self._worked_out:
            self._worked_out[place] = make(self, entry)
        return self._worked_out[place]

    def counts(self, entry: Entry, day: date) -> bool:
        """Rule 3*: for an entry carried over, only what is dated within the campaign counts."""
        if not (entry.carried_over and self.campaign.counts_only_within):
            return True
        return self.campaign.covers(day)

    def evidence(self, entry: Entry, fact: Evidence) -> Evidence:
        """A fact behind a cell of `entry`, marked late and counted or not."""
        self.mark_late(entry, fact)
        if not self.counts(entry, fact.happened_on):
            fact.counted, fact.note = False, OUTSIDE
        return fact

    def mark_late(self, entry: Entry, fact: Evidence) -> Evidence:
        """Late: dated in a period already reported, and not in that report (rule 5)."""
        reported = self.reported.get(entry.agency_id)
        fact.late = (
            bool(reported) and fact.happened_on <= reported.data_as_of and fact.key not in self.reported_facts
        )
        return fact


def case_thing(case: Case) -> tuple[str, str, str]:
    """How evidence names its case."""
    return ("case", case.public_id, str(case))
