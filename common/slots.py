"""Chairs: a lower page leaves a place, an upper app seats one of its addresses there.

    seat("clue.side", "cases:of_clue")          # in the upper app's AppConfig.ready()
    {% slot "clue.side" clue.public_id %}       # in the lower app's template

The address is fetched by the browser on its own (htmx) or followed as a link without scripts, so
it passes its own policy entry; whom that would refuse is not shown it (accounts/templatetags/slots.py).
The lower app never learns who sits there.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

_SEATS: dict[str, list["Guest"]] = {}


@dataclass(frozen=True)
class Guest:
    """Who sits in a chair: the address's name and the words of its link."""

    url_name: str
    label: str = "查看"

    def url(self, *args: Any) -> str:
        """The guest's address for what the page is about."""
        return reverse(self.url_name, args=args)


def seat(chair: str, url_name: str, *, label: str = "查看") -> None:
    """Give a chair to an address."""
    guests = _SEATS.setdefault(chair, [])
    if all(guest.url_name != url_name for guest in guests):
        guests.append(Guest(url_name, label))


def unseat(chair: str, url_name: str) -> None:
    """Take an address out of a chair again (tests)."""
    _SEATS[chair] = [guest for guest in _SEATS.get(chair, []) if guest.url_name != url_name]


def guests(chair: str) -> list[Guest]:
    """Who sits in a chair, in the order of being seated."""
    return list(_SEATS.get(chair, []))
