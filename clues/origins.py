"""Where a clue came from, when that stands in an app above: that app registers how to find it.

    register("排查", lambda user, clue: {"value": …, "url": …})

stands in the upper app's receivers.py. The clue's page shows what is found beside its content.
"""

from collections.abc import Callable

REGISTRY: dict[str, Callable] = {}


def register(label: str, find: Callable) -> None:
    """`find(user, clue)` gives a row of a summary without its label, or None; a second time
    changes nothing."""
    REGISTRY[label] = find


def rows(user, clue) -> list[dict]:
    """What the apps above know of a clue's origin, as rows of a summary."""
    found = [(label, find(user, clue)) for label, find in REGISTRY.items()]
    return [{"label": label, **row} for label, row in found if row]
