"""What people are reminded of: due sources registered by any app, and makers of what falls due.

    register("duty", DUTIES)             in an app's receivers.py; clocks are registered already
    register_maker(duties.make_ahead)    called first in each sweep, returns how many it made
    register_handlers(Case, "handler")   whose fields say who handles a thing that a Due is about

A due source answers for a whole batch at once, so that a sweep costs the same number of queries per
1,000 things whatever they are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import Model

from reminders.stages import LEADS


@dataclass(frozen=True)
class Due:
    """One thing that falls due, as the engine needs it. `label` names its kind, never a person.

    `subject` is what it is about (model label, primary key): who handles that, as its app declared by
    `register_handlers`, stands on the first level. `looked_at` is when the engine last looked, None
    if never. `leads` are the days ahead of the due day on which the first level is told, `desk` the
    posts that stand there (the usual ones if empty), `upper_id` the agency above, where that isn't
    the next in the tree.
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


DUE_SOURCES: dict[str, DueSource] = {}
MAKERS: list[Callable[[datetime], int]] = []
# A model's label: the model, and the paths from a row of it to the people who handle it.
HANDLERS: dict[str, tuple[type[Model], tuple[str, ...]]] = {}


def register(kind: str, source: DueSource) -> None:
    """Make a kind of due thing part of every sweep; a second time changes nothing."""
    DUE_SOURCES[kind] = source


def register_maker(make: Callable[[datetime], int]) -> None:
    """Have `make(now)` called before each sweep; it returns how many duties it made."""
    if make not in MAKERS:
        MAKERS.append(make)


def register_handlers(model: type[Model], *paths: str) -> None:
    """Say who handles a row of `model`: its foreign keys to people, e.g. "case__handler"."""
    HANDLERS[model._meta.label_lower] = model, paths


def handlers_of(subjects: Iterable[tuple[str, int]]) -> dict[tuple[str, int], list[int]]:
    """The people who handle each subject, in the order of its app's paths; one query per kind."""
    by_kind = defaultdict(list)
    for kind, pk in subjects:
        by_kind[kind].append(pk)
    handlers = {}
    for kind in by_kind.keys() & HANDLERS.keys():
        model, paths = HANDLERS[kind]
        rows = model._base_manager.filter(pk__in=by_kind[kind]).values_list("pk", *paths)
        handlers |= {(kind, pk): [person for person in people if person] for pk, *people in rows}
    return handlers
