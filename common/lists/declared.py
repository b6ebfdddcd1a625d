"""What a list shows and offers, declared once where its view stands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from common.columns import Column


@dataclass(frozen=True)
class Empty:
    """An empty list says why it is empty and what to do."""

    why: str = "这里还没有记录。"
    what_to_do: str = ""
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class BulkAct:
    """A button of the bulk bar: posts `pick` (row keys) or `_all` to `url`, which shows the exact
    rows again before anything is done (see ListPage.picked). Without `url` it is the export."""

    label: str
    url: str = ""


# Hands out the workbook of the picked rows; asked by the list itself.
EXPORT_PICKED = BulkAct("导出所选")


@dataclass(frozen=True)
class Listing:
    """A list as its view declares it; `name` is its own among all lists.

    `search_fields` are the paths the free text looks into, or `find` narrows the rows to those with these
    words; `private` names filters whose values
    must not stand in an address; `link` takes a row and gives where Enter leads (default: the
    first linked column); `key` is the attribute by which a ticked row is posted; `on_export` is
    told how many rows went out; `first_filters` is how many stand in the bar, the search included.
    """

    columns: Iterable[Column]
    name: str
    filterset: type | None = None
    ordering: str | tuple[str, ...] = "-pk"
    search_fields: tuple[str, ...] = ()
    find: Callable[[QuerySet, list[str]], QuerySet] | None = None
    search_label: str = "查找"
    private: tuple[str, ...] = ()
    empty: Empty | str = Empty()
    export_name: str = ""
    on_export: Callable[[int], None] | None = None
    bulk: Iterable[BulkAct] = ()
    key: str = "pk"
    link: Callable[[Any], str] | None = None
    noun: str = "条"
    first_filters: int = 5

    @property
    def usual_order(self) -> tuple[str, ...]:
        """The order in which nobody has sorted."""
        return (self.ordering,) if isinstance(self.ordering, str) else tuple(self.ordering)

    @property
    def hidden(self) -> set[str]:
        """The parameters whose values never stand in an address; free text may name people."""
        return {*self.private, "text"} if self.searches else {*self.private}

    @property
    def searches(self) -> bool:
        """Whether there is a box for free text."""
        return bool(self.search_fields or self.find)

    @property
    def empty_text(self) -> Empty:
        """Why there is nothing, when nothing was asked for."""
        return Empty(self.empty) if isinstance(self.empty, str) else self.empty
