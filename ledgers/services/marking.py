"""Marks on entries whose kept cells are to be drawn anew: set by whatever deed touches what they show.

Every deed stands in the trail, in its own transaction, with the thing it is about: one receiver hears
of all of them. What changes without a deed (a day passes, a report is sent or returned, a campaign is
amended, the program itself) needs no mark: a kept row says for which of these it holds (`refreshing.py`).
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from accounts.models import Agency, TrailEntry
from cases.models import PoliceSubject
from ledgers.models import EntryMark, LedgerEntry
from registry.models import Party

BATCH = 500
# By what each kind of thing is found behind an entry.
PATHS = {
    "ledgers.ledgerentry": ("pk",),
    "cases.case": ("links__case",),
    "cases.referral": ("links__case__referrals",),
    "cases.policematter": ("links__matter", "links__case__referrals__matter"),
    "clues.clue": ("links__clue",),
    "registry.party": ("links__case__parties__party",),
}
AGENCY = "accounts.agency"
NAMED_BY = ("agency", "links__case__agency", "links__case__referrals__to_agency", "links__matter__agency")
NAME = str(Agency._meta.get_field("name").verbose_name)


def mark_deed(entries: Iterable[TrailEntry]) -> None:
    """Mark what a deed touched, as its trail says what it was about."""
    touched = defaultdict(set)
    for entry in entries:
        if entry.subject_kind in PATHS:
            touched[entry.subject_kind].add(entry.subject_id)
        elif entry.subject_kind == AGENCY and NAME in entry.changes:
            touched[AGENCY].add(entry.subject_id)
    if touched:
        several = LedgerEntry.objects.filter(_behind(touched))
        mark(several.order_by().values_list("pk", flat=True).distinct())


def mark_party(party: Party) -> None:
    """Mark the rows that name a party, whichever of its cases the deed was about."""
    several = LedgerEntry.objects.filter(_behind({"registry.party": {party.pk}}))
    mark(several.order_by().values_list("pk", flat=True).distinct())


def mark_regions(codes: Iterable[str]) -> None:
    """Mark the rows that name a division, their own county's or the one they came from."""
    offices = Agency.objects.filter(region_id__in=codes).order_by().values("pk")
    several = LedgerEntry.objects.filter(Q(agency__in=offices) | Q(moved_from__agency__in=offices))
    mark(several.order_by().values_list("pk", flat=True).distinct())


def mark(ids: Iterable[int]) -> None:
    """Mark entries, and with them those that count the same persons: who counts in one of them doesn't
    in another (rule 7)."""
    ids = set(ids)
    if ids:
        ids |= _counting_the_same(ids)
        EntryMark.objects.bulk_create([EntryMark(entry_id=pk) for pk in sorted(ids)], batch_size=BATCH)


def _behind(touched: dict[str, set[int]]) -> Q:
    found = Q(pk__in=[])
    for kind, ids in touched.items():
        for path in NAMED_BY if kind == AGENCY else PATHS[kind]:
            found |= Q(**{f"{path}__in": ids})
    return found


def _counting_the_same(ids: set[int]) -> set[int]:
    """Entries with a person who stands behind one of these. A person whose number was learnt had an
    index of the name before."""
    subjects = PoliceSubject.objects.filter(
        Q(matter__entry_links__entry__in=ids) | Q(matter__referral__case__entry_links__entry__in=ids)
    )
    known = {index for pair in subjects.values_list("person_index", "name_index") for index in pair if index}
    if not known:
        return set()
    same = PoliceSubject.objects.filter(Q(person_index__in=known) | Q(name_index__in=known))
    matters = list(same.values_list("matter_id", flat=True).distinct())
    held = Q(links__matter__in=matters) | Q(links__case__referrals__matter__in=matters)
    return set(LedgerEntry.objects.filter(held).order_by().values_list("pk", flat=True))
