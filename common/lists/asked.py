"""What a list was asked for: filters, sorting, page size; from the address and the session."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpRequest, QueryDict

from common import stored
from common.columns import Column
from common.lists import order as ordering
from common.lists import places
from common.lists.declared import Listing

PAGE_SIZES = (20, 50, 100)
# Which page: its number, from the end below zero, and the row after or before which it begins.
AFTER, BEFORE = "after", "before"
TURNING = ("page", AFTER, BEFORE)
OWN_WORDS = {*TURNING, "size", "sort", "q", "drop", "export", "more"}


class Asked:
    """The question one request puts to a list."""

    def __init__(self, request: HttpRequest, listing: Listing):
        self.request, self.listing = request, listing
        self.private = listing.hidden
        self.columns = [c for c in listing.columns if not c.seen_by or c.seen_by(request.user)]
        carried = request.POST.get("_address") if request.method == "POST" else None
        self.params = request.GET if carried is None else QueryDict(carried)
        self.lost_query = False

    @cached_property
    def values(self) -> QueryDict:
        """Filter values by name: public ones of the address, private ones of the session."""
        values = QueryDict(mutable=True)
        for name in self.params:
            if name not in OWN_WORDS and name not in self.private:
                values.setlist(name, self.params.getlist(name))
        query_id = self.params.get("q", "")
        if self.private and query_id:
            query = stored.recall(self.request, self.listing.name, query_id)
            self.lost_query = query is None
            dropped = self.params.getlist("drop")
            for name, several in (query or {}).items():
                if name in self.private and name not in dropped:
                    values.setlist(name, several)
        return values

    @property
    def _sorted(self) -> tuple[str, bool]:
        """The field of the head that was pressed and whether from its end; ("", False) if none was."""
        asked = self.params.get("sort", "")
        column = next((c for c in self.columns if c.key == asked.lstrip("-")), None)
        if column is None or not column.sortable:
            return "", False
        return column.sortable.lstrip("-"), asked.startswith("-") != column.sortable.startswith("-")

    def order(self, model: type[Model]) -> tuple[ordering.Key, ...]:
        """Sorted by the head that was pressed, blanks last, ties by key, on any database."""
        field, down = self._sorted
        if not field:
            return ordering.keys(model, self.listing.usual_order)
        return ordering.key(model, field, down), ordering.Key("pk", down)

    def way(self, column: Column) -> str:
        """ascending, descending, or "" where the list isn't sorted by this column."""
        asked = self.params.get("sort", "")
        return {column.key: "ascending", f"-{column.key}": "descending"}.get(asked, "")

    @cached_property
    def size(self) -> int:
        """How many rows a page has; what was chosen is kept for the session."""
        sizes, name = self.request.session.get("list_sizes", {}), self.listing.name
        asked = self.params.get("size", "")
        if asked in map(str, PAGE_SIZES):
            if sizes.get(name) != int(asked):
                self.request.session["list_sizes"] = {**sizes, name: int(asked)}
            return int(asked)
        size = sizes.get(name)
        return size if size in PAGE_SIZES else PAGE_SIZES[0]

    @property
    def opens_all(self) -> bool:
        """Whether every filter is to be drawn, those behind 更多 too."""
        return bool(self.params.get("more"))

    @property
    def number(self) -> int:
        """The page that was asked for; it may lie past the end. Below zero it is counted from there."""
        asked = self.params.get("page", "")
        digits = asked.removeprefix("-")
        return int(asked) if digits.isdecimal() and len(digits) < 7 else 1

    def place(self, keys: Sequence[ordering.Key]) -> tuple[list[Any], bool] | None:
        """The place that a page begins after (or, True, ends before); None where none is asked for."""
        for name in (AFTER, BEFORE):
            if text := self.params.get(name):
                place = places.read(self.listing.name, keys, text)
                return None if place is None else (place, name == BEFORE)
        return None

    @cached_property
    def shown_columns(self) -> list[Column]:
        """The columns this person chose, or those shown by default."""
        chosen = self.request.session.get("list_columns", {}).get(self.listing.name)
        picked = [c for c in self.columns if c.key in chosen] if chosen else []
        return picked or [c for c in self.columns if c.default]

    @cached_property
    def _kept(self) -> list[tuple[str, str]]:
        """What every address of this list carries along: not which page, and no name."""
        left = {*TURNING, "export", "more", *self.private}
        return [(name, each) for name, several in self.params.lists() if name not in left for each in several]

    def address(self, **changes: Any) -> str:
        """This list's own address with some parameters changed; None removes one."""
        pairs = [pair for pair in self._kept if pair[0] not in changes]
        pairs += [pair for pair in changes.items() if pair[1] is not None]
        return f"?{urlencode(pairs)}" if pairs else self.request.path
