"""What every page asks on its frame, in one statement; and what is kept of it until something happens.

    pulse.register("unread", expression)      # in an app's receivers.py

puts one figure more, an expression over the person's own row, into that statement. Beside them it has the
newest deed of all: as long as that is the same, and a person's posts are, what was counted for them is
still right but for the time that passed, and is counted again after KEPT_SECONDS. Rights are never kept.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.conf import settings
from django.db.models import Expression, Subquery

from accounts.models import TrailEntry, User, local_today

MOST = 4000
_FIGURES: dict[str, Expression] = {}
_kept: OrderedDict[tuple, tuple[float, tuple, Any]] = OrderedDict()
_lock = Lock()


def register(name: str, figure: Expression) -> None:
    """Ask for one more figure with every frame; registering twice changes nothing."""
    _FIGURES[name] = figure


def of(user: User) -> dict[str, Any]:
    """The figures by name, `deed` among them: read once a request."""
    read = user.asked_along
    if read is None:
        newest = Subquery(TrailEntry.objects.order_by("-pk").values("pk")[:1])
        read = User.objects.filter(pk=user.pk).values(**_FIGURES, deed=newest).get()
        user.asked_along = read
    return read


def kept(user: User, name: str, make: Callable[[], Any]) -> Any:
    """What `make` finds out for a person under a name, as long as it holds."""
    if not settings.KEPT_SECONDS:
        return make()
    posts = tuple((post.role, post.agency_id) for post in user.current_postings)
    holds = (of(user)["deed"], posts, local_today())
    found = _kept.get((user.pk, name))
    if found and found[1] == holds and time.monotonic() - found[0] < settings.KEPT_SECONDS:
        return found[2]
    began, value = time.monotonic(), make()
    with _lock:
        _kept[user.pk, name] = (began, holds, value)
        _kept.move_to_end((user.pk, name))
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return value


def forget() -> None:
    """Keep nothing any longer."""
    with _lock:
        _kept.clear()
