"""What people are reminded of: due sources registered by any app, and makers of what falls due.

    register("duty", DUTIES)             in an app's receivers.py; clocks are registered already
    register_maker(duties.make_ahead)    called first in each sweep, returns how many it made
    register_handlers(Case, "handler")   whose fields say who handles a thing that a Due is about, and
                                         its number, which the inbox alone is told
    register_terms(TERMS)                which time limits can run on the things of an app
    register_gathered("round", look)     a line that stands for many dues: those above get one, not one each

A due source answers for a whole batch at once, so that a sweep costs the same number of queries per
1,000 things whatever they are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import Model

from accounts.terms import Term
from reminders.stages import LEADS


@dataclass(frozen=True)
class Due:
    """One thing that falls due, as the engine needs it. `label` names its kind, never a person.

    `subject` is what it is about (model label, primary key): who handles that, as its app declared by
    `register_handlers`, stands on the first level. `looked_at` is when the engine last looked, None
    if never. `leads` are the days ahead of the due day on which the first level is told, `desk` the
    posts that stand there (the usual ones if empty), `upper_id` the agency above, where that isn't
    the next in the tree. `gathered` names the line that stands for this and others to those above
    ("round:12"); such a line tells `levels` at every stage, and `owing` says in an inbox whose it is.
    """

    kind: str
    pk: int
    label: str
    agency_id: int
    due_at: datetime
    url: str = ""
    by_hours: bool = False
    subject: tuple[str, int] | None = None
    looked_at: datetime | None = None
    leads: tuple[int, ...] = LEADS
    desk: tuple[str, ...] = ()
    upper_id: int | None = None
    gathered: str = ""
    levels: tuple[str, ...] = ()
    owing: str = ""

    @property
    def about(self) -> str:
        """Its name in the outbox."""
        return f"{self.kind}:{self.pk}"

    def meaning(self, stage: str) -> str:
        """What makes a reminder of it unique: the thing, the date it was due then, the stage."""
        return f"{self.about}:{self.due_at:%Y%m%d%H%M}:{stage}"


class DueSource(Protocol):
    """Where due things come from. Every method is a constant number of queries."""

    def take(self, now: datetime, limit: int) -> list[Due]:
        """Open things to be looked at now, locked until the transaction's end."""

    def take_closed(self, now: datetime, limit: int) -> list[tuple[Due, datetime, str]]:
        """Things closed with a look still planned: (thing, planned for, why); forgets the plan."""

    def put_off(self, until: dict[int, datetime], now: datetime) -> None:
        """Plan the next look at each."""

    def look(self, pks: Iterable[int]) -> dict[int, Due | str]:
        """Each as it stands now, or the sentence why nobody needs to be told any more."""

    def within(self, agency_ids: set[int], first: datetime, last: datetime) -> list[Due]:
        """Open things of these agencies due from `first` up to `last`, the earliest first."""

    def rewind(self, now: datetime) -> int:
        """Look again at what was looked at after `now`: the machine's clock ran ahead."""


# How things of one kind stand now: each as a Due, or the sentence why nobody needs to be told any more.
Look = Callable[[Iterable[int]], dict[int, Due | str]]

DUE_SOURCES: dict[str, DueSource] = {}
GATHERED: dict[str, Look] = {}
MAKERS: list[Callable[[datetime], int]] = []
# A model's label: the model, and the paths from a row of it to the people who handle it and its number.
HANDLERS: dict[str, tuple[type[Model], tuple[str, ...], str]] = {}
# Time limits that can run: the name of each kind.
KINDS: dict[str, str] = {}


@dataclass(frozen=True)
class Handled:
    """Who handles a thing, and its kind and number as the inbox names it; "" while it has none."""

    people: tuple[int, ...] = ()
    words: str = ""


def register(kind: str, source: DueSource) -> None:
    """Make a kind of due thing part of every sweep; a second time changes nothing."""
    DUE_SOURCES[kind] = source


def register_gathered(kind: str, look: Look) -> None:
    """Let lines of a kind stand for many dues to the people above; a second time changes nothing."""
    GATHERED[kind] = look


def standing(abouts: Iterable[str]) -> dict[str, Due | str]:
    """Each thing as it stands now, or why nobody needs to be told of it."""
    by_kind = defaultdict(set)
    for about in abouts:
        kind, _, pk = about.partition(":")
        by_kind[kind].add(int(pk))
    looked_at = {}
    for kind, pks in by_kind.items():
        look = DUE_SOURCES[kind].look if kind in DUE_SOURCES else GATHERED.get(kind)
        looked = look(pks) if look else dict.fromkeys(pks, "已不再提醒")
        looked_at |= {f"{kind}:{pk}": each for pk, each in looked.items()}
    return looked_at


def register_maker(make: Callable[[datetime], int]) -> None:
    """Have `make(now)` called before each sweep; it returns how many duties it made."""
    if make not in MAKERS:
        MAKERS.append(make)


def register_handlers(model: type[Model], *paths: str, number: str = "number") -> None:
    """Say who handles a row of `model`: its foreign keys to people, e.g. "case__handler"; and where its
    number stands."""
    HANDLERS[model._meta.label_lower] = model, paths, number


def register_terms(terms: Iterable[Term]) -> None:
    """Say which time limits can run on the things of an app; a second time changes nothing."""
    KINDS.update({term.kind: term.label for term in terms})


def handlers_of(subjects: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Handled]:
    """Who handles each subject, in the order of its app's paths, and its number; one query per kind."""
    by_kind = defaultdict(list)
    for kind, pk in subjects:
        by_kind[kind].append(pk)
    handlers = {}
    for kind in by_kind.keys() & HANDLERS.keys():
        model, paths, number = HANDLERS[kind]
        rows = model._base_manager.filter(pk__in=by_kind[kind]).values_list("pk", number, *paths)
        for pk, told, *people in rows:
            words = f"{model._meta.verbose_name} {told}" if told else ""
            handlers[kind, pk] = Handled(tuple(person for person in people if person), words)
    return handlers
