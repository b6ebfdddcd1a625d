"""What a clue may be merged into besides a clue: a case, which stands in an app above.

That app registers how to find one by its number and how it takes a clue in.
"""

from collections.abc import Callable
from dataclasses import dataclass

from clues.models import Clue


@dataclass(frozen=True)
class Target:
    """A filed case by its key (public id); `clue` is the one it came from, which then goes on."""

    key: str
    number: str
    url: str
    clue: Clue | None = None

    def __str__(self):
        return self.number

    def get_absolute_url(self) -> str:
        """The case's page."""
        return self.url


_HOOKS: dict[str, Callable] = {}


def register(find: Callable, receive: Callable) -> None:
    """`find(user, agency, number)` gives a Target or None; `receive(by=, posting=, key=, clue=,
    reason=)` takes a clue in, inside the merge's transaction."""
    _HOOKS["find"], _HOOKS["receive"] = find, receive


def find(user, agency, number: str) -> Target | None:
    """The case of this office with this number that the person sees."""
    return _HOOKS["find"](user, agency, number) if "find" in _HOOKS else None


def receive(**deed) -> None:
    """Let the case take the clue in; raises Refused where it can't."""
    _HOOKS["receive"](**deed)
