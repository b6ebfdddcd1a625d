"""What an upper app offers on the board of a round, to the person who looks at it.

offers.register(offers_of_round)        # in the upper app's receivers.py
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Link:
    """Words, and where they lead."""

    label: str
    url: str


@dataclass(frozen=True)
class Offer:
    """A button of its own where `words` are empty; else a line of words with a link for each office."""

    links: tuple[Link, ...]
    words: str = ""


_OFFERING: list[Callable[..., Iterable[Offer]]] = []


def register(of: Callable[..., Iterable[Offer]]) -> None:
    """Have `of(user, the_round, now)` asked for each board; a second time changes nothing."""
    if of not in _OFFERING:
        _OFFERING.append(of)


def offers_for(user: Any, the_round: Any, now: Any) -> list[Offer]:
    """What is offered to a person on this round's board."""
    return [offer for of in _OFFERING for offer in of(user, the_round, now)]
