"""The rows of one page: on from a place, or by number, their keys first and from whichever end is nearer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, Model, QuerySet

from common.lists import fetching
from common.lists.order import Key, beyond


@dataclass(frozen=True)
class _Part:
    """Rows that an index has in this order, both ways."""

    rows: QuerySet
    order: tuple[Key, ...]

    def ordered(self, back: bool) -> QuerySet:
        rows = self.rows.order_by(*(each.ordered for each in self.order))
        return rows.reverse() if back else rows

    def beyond(self, place: Sequence[Any], back: bool) -> "_Part":
        return _Part(self.rows.filter(beyond(self.order, place[-len(self.order) :], back)), self.order)


class Ordered:
    """Rows in an order. A place in it is what a row has in each of its keys."""

    def __init__(self, rows: QuerySet, order: tuple[Key, ...]):
        self.order = order
        beside = {each.at: F(each.path) for each in order if "__" in each.path}
        self._beside = rows._prefetch_related_lookups
        self._rows = rows.annotate(**beside) if beside and self.has_places_of(rows) else rows
        self.has_places = self.has_places_of(rows)

    @staticmethod
    def has_places_of(rows: QuerySet) -> bool:
        """Whether one can walk on from a row: not from what is no row of one table."""
        return rows._fields is None and not rows.query.combinator and not rows.query.distinct

    def place_of(self, row: Model) -> list[Any]:
        """Where a row stands."""
        return [getattr(row, each.at) for each in self.order]

    @cached_property
    def _parts(self) -> list[_Part]:
        """Blanks, a part by themselves: they stand last, and an index has them so in one direction only."""
        first, rows = self.order[0], self._rows.prefetch_related(None)
        if not (first.blank and first.own):
            return [_Part(rows, self.order)]
        filled, empty = rows.filter(first.among(isnull=False)), rows.filter(first.among(isnull=True))
        return [_Part(filled, (first.filled, *self.order[1:])), _Part(empty, self.order[1:])]

    def on_from(self, place: Sequence[Any] | None, most: int, *, back: bool = False) -> list[Model]:
        """So many rows after a place, or before it, in the list's order; from its end where none is given."""
        found: list[Model] = []
        for part in self._from(place, back):
            if len(found) < most:
                found += part.ordered(back)[: most - len(found)]
        self._read_beside(found)
        return found[::-1] if back else found

    def _from(self, place: Sequence[Any] | None, back: bool) -> list[_Part]:
        parts = self._parts[::-1] if back else list(self._parts)
        if place is None:
            return parts
        if len(parts) > 1 and (place[0] is None) != back:
            parts = parts[1:]
        return [parts[0].beyond(place, back), *parts[1:]]

    def all_of(self, most: int) -> list[Model]:
        """The rows where there are no more than that: no index is needed to sort them."""
        return list(self._rows.order_by(*(each.ordered for each in self.order))[:most])

    def numbered(self, start: int, stop: int, count: int | None) -> list[Model]:
        """Rows from `start` to `stop`. `count` is how many there are, None where that isn't known."""
        if not self.has_places:
            return self.all_of(stop)[start:]
        if count is not None and count <= stop - start:
            return self.all_of(stop)[start:]
        if not start:
            return self.on_from(None, stop)
        if count is not None and start > count // 2:
            return self.from_end(max(count - stop, 0), max(count - start, 0))
        return self._of(self._keys(self._parts, start, stop, back=False))

    def from_end(self, start: int, stop: int) -> list[Model]:
        """The same, counted from the end; in the order of the list."""
        if not start:
            return self.on_from(None, stop, back=True)
        return self._of(self._keys(self._parts[::-1], start, stop, back=True)[::-1])

    def _keys(self, parts: list[_Part], start: int, stop: int, back: bool) -> list:
        keys: list = []
        for place, part in enumerate(parts, 1):
            if start >= stop:
                break
            some = list(part.ordered(back).values_list("pk", flat=True)[start:stop])
            keys += some
            if place < len(parts):
                there = start + len(some) if some or not start else part.rows.count()
                start, stop = max(start - there, 0), stop - there
        return keys

    def _of(self, keys: list) -> list[Model]:
        found = {row.pk: row for row in self._rows.order_by().filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]

    def _read_beside(self, rows: list[Model]) -> None:
        if rows and self._beside:
            fetching.beside(rows, self._beside)
