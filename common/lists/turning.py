"""Which page of a list is shown, and what leads to the others.

A step to the next page or the one before goes on from a row, so that no row is missed or shown twice when
others come in meanwhile, and no page costs more for lying deep. The number beside it only says how far one
is: by itself it is a jump, within what is counted. Where the end isn't counted, pages are numbered from it
below zero: -1 is the last.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model

from common.lists import places
from common.lists.asked import AFTER, BEFORE, PAGE_SIZES, Asked
from common.lists.paging import Ordered


@dataclass(frozen=True)
class _Shown:
    """A page's rows, its number, and whether there are more on either side."""

    rows: list[Model]
    number: int
    before: bool
    after: bool


class Turned:
    """The page that was asked for. `count` is how many rows there are, None where more than `most`."""

    def __init__(self, asked: Asked, ordered: Ordered, count: int | None, most: int):
        self._asked, self._ordered, self._count = asked, ordered, count
        self._size = asked.size
        self._last = max(-(-(most if count is None else count) // asked.size), 1)

    @property
    def rows(self) -> list[Model]:
        return self._shown.rows

    @cached_property
    def _shown(self) -> _Shown:
        place = self._asked.place(self._ordered.order) if self._ordered.has_places else None
        if place is None:
            return self._numbered(self._number)
        found = self._stepped(*place)
        # Nothing is left on that side: the page at its end.
        return found or self._numbered(1 if place[1] else self._end)

    @property
    def _end(self) -> int:
        """The number of the last page."""
        return -1 if self._count is None else self._last

    @property
    def _number(self) -> int:
        """The number that was asked for, as far as was counted."""
        number, last = self._asked.number, self._last
        if number < 0 and self._count is not None:
            number += last + 1
        return max(number, -last) if number < 0 and self._count is None else max(min(number, last), 1)

    def _numbered(self, number: int) -> _Shown:
        size = self._size
        start = (abs(number) - 1) * size
        if number < 0:
            rows = self._ordered.from_end(start, start + size + 1)
            return _Shown(rows[-size:], number, len(rows) > size, number < -1)
        rows = self._ordered.numbered(start, start + size + 1, self._count)
        return _Shown(rows[:size], number, number > 1, len(rows) > size)

    def _stepped(self, place: list[Any], back: bool) -> _Shown | None:
        size, rows = self._size, self._ordered.on_from(place, self._size + 1, back=back)
        if not rows:
            return None
        # How deep one has come by steps isn't bounded by what is counted.
        number = self._number if self._count is not None else self._asked.number or 1
        if back:
            return _Shown(rows[-size:], number, len(rows) > size, True)
        return _Shown(rows[:size], number, True, len(rows) > size)

    @cached_property
    def links(self) -> dict[str, Any]:
        """What parts/pager.html shows."""
        shown, number = self._shown, self._shown.number
        start = (abs(number) - 1) * self._size
        address = self._asked.address
        return {
            "number": abs(number),
            "from_end": number < 0,
            "last": self._last if self._count is not None else None,
            "start": start + 1 if shown.rows else 0,
            "end": start + len(shown.rows),
            "first_url": address(page=1) if shown.before and number != 2 else "",
            "previous_url": self._step(BEFORE) if shown.before else "",
            "next_url": self._step(AFTER) if shown.after else "",
            "last_url": address(page=self._end) if shown.after and number + 1 != self._end else "",
            "sizes": [
                {"size": size, "url": address(size=size), "current": size == self._size}
                for size in PAGE_SIZES
            ],
        }

    def _step(self, name: str) -> str:
        """The address of the page after this one, or before it."""
        shown, ordered, back = self._shown, self._ordered, name == BEFORE
        number = shown.number - 1 if back else shown.number + 1
        if not number:  # rows have come in at that end since
            number = shown.number
        if not ordered.has_places:
            return self._asked.address(page=number)
        place = ordered.place_of(shown.rows[0 if back else -1])
        text = places.written(self._asked.listing.name, ordered.order, place)
        return self._asked.address(page=number, **{name: text})
