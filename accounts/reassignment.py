"""What open work a leaving person holds, and how it is reassigned: registered by the apps above.

    register("承办的案件", open_cases_of, reassigning.reassign_cases)

stands in an app's receivers.py. The page of 离岗交接 lists every kind before it moves.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """One kind of open work.

    `open_work_of(user)` is a queryset of what the person holds; `move(by, from_user, to_user)`
    reassigns all of it, writes the trail, and returns (taken, left open): how many went to the
    other, and how many now wait to be assigned because the other holds no fitting post.
    """

    label: str
    open_work_of: Callable
    move: Callable


REGISTRY: dict[str, Work] = {}


def register(label: str, open_work_of: Callable, move: Callable) -> None:
    """Make a kind of work part of 离岗交接; the label is its key, so a second time changes nothing."""
    REGISTRY[label] = Work(label, open_work_of, move)


def kinds() -> list[Work]:
    """Every kind of work, in the order the apps told them."""
    return list(REGISTRY.values())
