"""Removing what an import wrote, some of its rows at a time: entries that it made go, those that it
changed get back what they said before."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Self

from accounts.models import IssuedNumber
from cases.models import Case, CaseParty
from ledgers.models import EntryCheck, EntryLink, ImportBatch, ImportedValues, LedgerEntry
from ledgers.services.import_standing import BATCH
from ledgers.services.import_write import NUMBER_KIND
from ledgers.services.marking import mark
from registry.models import Party
from registry.services import words


@dataclass(frozen=True)
class Parts:
    """Entries (by pk) that an import made, and those that it changed."""

    created: list[int]
    updated: list[int]

    @classmethod
    def of(cls, batch: ImportBatch) -> Self:
        """All of an import, always in the same order."""
        return cls(list(batch.created), sorted(map(int, batch.undo)))

    def __len__(self):
        return len(self.created) + len(self.updated)

    def part(self, start: int, size: int) -> Self:
        """So many of them from a place on."""
        several = [*self.created, *self.updated][start : start + size]
        made = max(min(len(self.created) - start, size), 0)
        return type(self)(several[:made], several[made:])

    def without(self, entries: set[int]) -> Self:
        """Those that are not among `entries`."""
        return type(self)(
            [pk for pk in self.created if pk not in entries], [pk for pk in self.updated if pk not in entries]
        )

    def one_by_one(self) -> list[Self]:
        """Each of them by itself."""
        return [self.part(place, 1) for place in range(len(self))]


def touched_of(batch: ImportBatch, parts: Parts) -> set[int]:
    """The entries that aren't as the import left them, locked: those made must stand at their first
    version with their own case alone, those changed at the versions of entry and case that were kept at
    the time."""
    rows = LedgerEntry.objects.select_for_update().filter(pk__in=[*parts.created, *parts.updated])
    versions = dict(rows.values_list("pk", "version"))
    cases, of_entry = _cases_of(batch, parts), defaultdict(list)
    links = EntryLink.objects.filter(entry__in=parts.created)
    for entry, version, imported in links.values_list("entry_id", "case__version", "case__imported"):
        of_entry[entry].append(version == 1 or not imported)
    touched = {pk for pk in parts.created if versions.get(pk) != 1 or of_entry[pk] != [True]}
    for pk in parts.updated:
        was = batch.undo[str(pk)]
        known = was.get("case") is None or cases.get(was["case"]) == was["case_version"]
        if versions.get(pk) != was["version"] or not known:
            touched.add(pk)
    return touched


def _cases_of(batch: ImportBatch, parts: Parts) -> dict[int, int]:
    """The versions of the cases of entries that the import changed."""
    cases = [batch.undo[str(pk)].get("case") for pk in parts.updated]
    return dict(Case.objects.filter(pk__in=cases).values_list("pk", "version"))


def remove(batch: ImportBatch, parts: Parts) -> None:
    """Remove what the import wrote of these entries. Raises ProtectedError where something else points
    at them by now; call within a transaction of its own."""
    links = EntryLink.objects.filter(entry__in=parts.created)
    made = list(links.values_list("case_id", flat=True))
    known = [batch.undo[str(pk)] for pk in parts.updated]
    attached = [was["case"] for was in known if was.get("attached")]
    said_of = [*made, *(was["case"] for was in known if was.get("case"))]
    mark(parts.updated)  # the line in the trail is about the ledger, not about each of them
    ImportedValues.objects.filter(batch_id=batch.pk, case_id__in=said_of).delete()
    _restore(batch, list(LedgerEntry.objects.filter(pk__in=parts.updated)))
    EntryLink.objects.filter(case_id__in=attached).delete()
    links.delete()
    # That somebody checked rows which nobody reported goes with the rows.
    EntryCheck.objects.filter(entry__in=parts.created).delete()
    LedgerEntry.objects.filter(pk__in=parts.created).delete()
    _remove_cases([*made, *attached])
    words.renew(LedgerEntry._meta.label_lower, parts.updated)


def _restore(batch: ImportBatch, updated: list[LedgerEntry]) -> None:
    """Entries that stood before get back their words, and the version that an earlier import
    knows them by."""
    changed = []
    for entry in updated:
        before = batch.undo[str(entry.pk)].get("before")
        if before:
            entry.opened_on, entry.mineral = before["opened_on"], before["mineral"]
            entry.version = before["version"]
            changed.append(entry)
    LedgerEntry.objects.bulk_update(changed, ["opened_on", "mineral", "version"], batch_size=BATCH)


def _remove_cases(case_ids: list[int]) -> None:
    """The imported cases that this import alone made; their numbers stay listed as voided."""
    cases = Case.objects.filter(pk__in=case_ids)
    numbers = list(cases.values_list("agency_id", "number"))
    party_ids = list(CaseParty.objects.filter(case_id__in=case_ids).values_list("party_id", flat=True))
    CaseParty.objects.filter(case_id__in=case_ids).delete()
    cases.delete()
    Party.objects.filter(pk__in=party_ids, clue_links=None, case_links=None).delete()
    for agency_id in {agency_id for agency_id, _ in numbers}:
        IssuedNumber.objects.filter(
            agency_id=agency_id, kind=NUMBER_KIND, text__in=[text for _, text in numbers]
        ).update(voided_reason="撤回导入")
