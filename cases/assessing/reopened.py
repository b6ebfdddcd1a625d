"""REOPENED_SITE: 取缔 was accepted, then a clue or case came of the same place or the same party.

Looked for within one county, so that no foreign file is ever named (自然资办函〔2021〕1288号二). A place is
the same by its words in the same township, or within `SITE_METRES`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from cases.models import Case, CompletionCheck, CompletionKind
from clues.models import Clue, ClueState
from clues.services.duplicates import METRES_PER_DEGREE, metres_between
from common.words import fold
from law.facts import Told
from registry.models import Party, PartyKind

SITE_METRES = 200
PEOPLE = {Case: "parties", Clue: "suspects"}


@dataclass(frozen=True)
class Site:
    """A case or a clue by what it is recognised by, and the day it came up or was shut down."""

    thing: Case | Clue
    on: date
    people: frozenset[str]

    def likeness(self, other: "Site") -> str:
        """In which of the two it is the same; "" in none."""
        here, there = self.thing, other.thing
        if here.county_id != there.county_id:
            return ""
        if self.people & other.people:
            return "当事人相同"
        return "地点相同" if _same_words(here, there) or _near(here, there) else ""


def reopened(cases: Sequence[Case], on: date) -> dict[int, tuple[Told, ...]]:
    """By case: of one shut down what came later, of another where it is one that came later."""
    shut = _shut_down({case.county_id for case in cases}, on)
    if not shut:
        return {}
    later = _later([shut[case.pk] for case in cases if case.pk in shut], on)
    told: dict[int, tuple[Told, ...]] = {}
    for case in cases:
        came = _came_up(case, case.found_on or case.filed_on)
        notes = _after(shut[case.pk], later) if case.pk in shut else []
        notes += [note for each in shut.values() if came and (note := _before(each, came))]
        if notes:
            told[case.pk] = tuple(notes)
    return told


def _shut_down(counties: set[str], on: date) -> dict[int, Site]:
    """By case: 取缔 that the last inspection accepted."""
    checks = CompletionCheck.objects.filter(
        kind=CompletionKind.SHUTDOWN, withdrawn_at=None, happened_on__lte=on, case__county__in=counties
    )
    rows = checks.select_related("case").prefetch_related("case__parties__party")
    last = {check.case_id: check for check in rows.order_by("happened_on", "pk")}
    return {pk: _came_up(check.case, check.happened_on) for pk, check in last.items() if check.complete}


def _later(shut: list[Site], on: date) -> list[Site]:
    """Clues and cases that came up after the first of them, and may be of the same place or party."""
    if not shut:
        return []
    first = min(site.on for site in shut)
    clues = Clue.objects.filter(_alike(shut, Clue), received_on__gt=first, received_on__lte=on, cases=None)
    cases = Case.objects.filter(_alike(shut, Case), found_on__gt=first, found_on__lte=on)
    clues = clues.exclude(state=ClueState.MERGED).distinct().prefetch_related("suspects__party")
    cases = cases.distinct().prefetch_related("parties__party")
    return [
        *(_came_up(case, case.found_on) for case in cases),
        *(_came_up(clue, clue.received_on) for clue in clues),
    ]


def _alike(shut: list[Site], model: type) -> Q:
    """In the same county: of the same township or party, or within a box around the place."""
    alike = Q(pk__in=[])
    for site in shut:
        thing, people = site.thing, PEOPLE[model]
        alike |= Q(county=thing.county_id, township=thing.township_id)
        for key in site.people:
            by_number = not key.startswith("#")
            named = {f"{people}__party__identity_index": key} if by_number else {f"{people}__party": key[1:]}
            alike |= Q(county=thing.county_id, **named)
        if thing.latitude is not None:
            around = Decimal(SITE_METRES * 2) / METRES_PER_DEGREE
            alike |= Q(
                county=thing.county_id,
                latitude__range=(thing.latitude - around, thing.latitude + around),
                longitude__range=(thing.longitude - around, thing.longitude + around),
            )
    return alike


def _came_up(thing: Case | Clue, on: date | None) -> Site | None:
    if on is None:
        return None
    links = getattr(thing, PEOPLE[type(thing)]).all()
    return Site(thing, on, frozenset(_keys(link.party for link in links)))


def _keys(parties: Iterable[Party]) -> Iterable[str]:
    return (each.identity_index or f"#{each.pk}" for each in parties if each.kind != PartyKind.UNKNOWN)


def _after(shut: Site, later: list[Site]) -> list[Told]:
    return [
        Told(f"{shut.on}取缔验收，{site.on}又有{_word(site)}{site.thing}（{how}）", "", site.on)
        for site in later
        if site.thing != shut.thing and site.on > shut.on and (how := shut.likeness(site))
    ]


def _before(shut: Site, came: Site) -> Told | None:
    if shut.thing == came.thing or came.on <= shut.on or not (how := shut.likeness(came)):
        return None
    return Told(f"案件{shut.thing}{shut.on}取缔验收，本案{came.on}发现（{how}）", "", came.on)


def _word(site: Site) -> str:
    return "案件" if isinstance(site.thing, Case) else "线索"


def _same_words(one: Case | Clue, other: Case | Clue) -> bool:
    return one.township_id == other.township_id and fold(one.place) == fold(other.place) != ""


def _near(one: Case | Clue, other: Case | Clue) -> bool:
    placed = None not in (one.latitude, one.longitude, other.latitude, other.longitude)
    return (
        placed and metres_between(one.longitude, one.latitude, other.longitude, other.latitude) <= SITE_METRES
    )
