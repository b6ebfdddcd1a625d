"""What waits for a person: the rows of 工作台, in the words its page uses.

Each app's desk.py offers `waiting(user, now)` and `sent(user)`, parts whose rows all desks have read by one
statement (`told`), and `counts_for(user) -> int` (the badge in the navigation); config/home.py sets them side
by side.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from threading import Lock
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts import roles
from accounts.models import Agency, Confirmation, ConfirmationState, User, local_today
from accounts.people_acts import CONFIRMATION_ACTS
from common import at_once

MOST = 50
KEPT_READY = 60  # people, for each desk of an app


@dataclass(frozen=True)
class Task:
    """One thing to do: what it is about, what is due, by when, and the way straight to the act."""

    thing: str
    url: str
    what: str
    act_url: str = ""
    verb: str = "办理"
    due: datetime | None = None
    article: str = ""
    note: str = ""
    # The key of what its app says more of where the line is shown (cases/desk.py).
    subject: int | None = None


@dataclass(frozen=True)
class Sent:
    """One thing I sent and wait for: to whom, since when, by when."""

    thing: str
    url: str
    what: str
    to: str
    at: datetime
    due: datetime | None = None


@dataclass(frozen=True)
class SearchHit:
    """One hit of the top bar's search."""

    kind: str
    thing: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Part:
    """Rows that wait, and the line of each; or lines that are told already."""

    rows: QuerySet | list
    line: Callable[[Any], Task | Sent] = lambda row: row


def kept_ready(make: Callable[[User], list[Part]]) -> Callable[[User], list[Part]]:
    """`make`, asked once for a person with these posts, this reach, on this day: to put its statements
    together costs more than to ask them. They alone are kept; what they find is read anew each time.
    """
    kept: OrderedDict[tuple, list[tuple[Callable, Callable]]] = OrderedDict()
    lock = Lock()

    def parts(user: User) -> list[Part]:
        key = _standing(user)
        if key is None:
            return make(user)
        with lock:
            found = kept.get(key)
        if found is None:
            found = [(at_once.ready(part.rows), part.line) for part in make(user)]
            with lock:
                kept[key] = found
                while len(kept) > KEPT_READY:
                    kept.popitem(last=False)
        return [Part(again(), line) for again, line in found]

    return wraps(make)(parts)


def _standing(user: User) -> tuple | None:
    """All that what a person's desk asks for follows from; None where their reach isn't a list of keys."""
    reach = user.reach_ids()
    if not isinstance(reach, list):
        return None
    posts = tuple((post.role, post.agency_id, post.agency.path) for post in user.current_postings)
    return user.pk, posts, tuple(reach), Agency.written, local_today()


def read(parts: Iterable[Part]) -> None:
    """Read the rows of several parts; one query."""
    at_once.read(*(part.rows for part in parts if isinstance(part.rows, QuerySet)))


def told(parts: Iterable[Part]) -> list:
    """The lines of several parts, in their order."""
    return [part.line(row) for part in parts for row in part.rows]


def how_many(parts: list[QuerySet]) -> int:
    """How many rows there are in several querysets together, each found along its own index; one query."""
    keys = [rows.order_by().values("pk") for rows in parts]
    if len(keys) < 2:
        return sum(rows.count() for rows in keys)
    return keys[0].union(*keys[1:]).count()


WHAT = {
    ConfirmationState.WAITING: "等您作为第二人确认",
    ConfirmationState.CODE: "凭安装码确认的，请您核实",
}


def waiting(user: User, now: datetime) -> list[Part]:
    """What a second person is asked: nobody's own, and nothing one asked for."""
    if not user.holds(*roles.CONFIRMERS):
        return []
    rows = Confirmation.objects.askable(user).select_related("person").order_by("recorded_at")
    return [Part(rows[:MOST], _task)]


def _task(row: Confirmation) -> Task:
    return Task(
        thing=str(row),
        url=row.get_absolute_url(),
        what=WHAT[row.state],
        act_url=reverse("accounts:confirm", args=[row.public_id]),
        verb=CONFIRMATION_ACTS.get("confirm").label,
    )


def sent(user: User) -> list[Part]:
    """What one asked of a second person and is still waiting for."""
    rows = Confirmation.objects.filter(asked_by=user, state=ConfirmationState.WAITING)
    return [Part(rows.select_related("person", "agency")[:MOST], _sent)]


def _sent(row: Confirmation) -> Sent:
    return Sent(
        thing=str(row),
        url=row.get_absolute_url(),
        what="待第二人确认",
        to=str(row.agency),
        at=row.recorded_at,
    )
