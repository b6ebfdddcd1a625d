"""What waits for a person: the rows of 工作台, in the words its page uses.

Each app's desk.py offers `waiting(user, now)` and `sent(user)`, parts whose rows all desks have read by one
statement (`told`), and `counts_for(user) -> int` (the badge in the navigation); config/home.py sets them side
by side.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts import roles
from accounts.models import Confirmation, ConfirmationState, User
from accounts.people_acts import CONFIRMATION_ACTS
from common import at_once

MOST = 50


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
