"""What waits for a person: the rows of 工作台, in the words its page uses.

Each app's desk.py offers `waiting_for(user, now) -> list[Task]`, `sent_by(user) -> list[Sent]`
and `counts_for(user) -> int` (the badge in the navigation); config/home.py sets them side by side.
"""

from dataclasses import dataclass
from datetime import datetime


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
