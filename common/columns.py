"""A column, declared once: how it is headed, read, shown on the page and written to Excel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from common.showing import figures, times

NUMERIC = {"money", "area", "tonnes", "number", "days"}
SHOWN = {
    "date": times.day,
    "due": lambda due: times.day(due) if due else "—",
    "datetime": times.moment,
    "money": figures.money,
    "area": figures.area,
    "tonnes": figures.tonnes,
    "number": figures.number,
    "days": lambda days: "—" if days is None else figures.number(days),
}


class Several:
    """What a column reads of the rows that hang on a row by `path`: a tuple of each one's value under a
    name, of tuples of values under several names."""

    def __init__(self, path: str, *names: str):
        self.path, self.names = path, names

    def read(self, row: Any) -> tuple:
        """Of a row, in the order in which they hang there."""
        before, _, last = self.path.rpartition(".")
        owner = follow(row, before) if before else row
        held = () if owner is None else getattr(owner, last)
        several = held.all() if hasattr(held, "all") else held
        return tuple(self.told([follow(each, name) for name in self.names]) for each in several)

    def told(self, values: Sequence[Any]) -> Any:
        """One of them by its values under the names."""
        return values[0] if len(self.names) == 1 else tuple(values)


@dataclass(frozen=True)
class Column:
    """One column of a list.

    `value` is a path such as "party.name" (default: the key), or a callable that takes the row; with `of`,
    the paths of what it needs, it takes their values instead: a file reads those alone and makes no rows.
    `sortable` is the field to order by, or None; with a minus where a later day is a smaller figure.
    `link` takes the row and gives an address. `beside` takes the row and gives a (word, tone) pair
    shown behind the figure, or nothing.
    kind "flag" takes a word, a (word, tone) pair, or a list of them; tones: red, amber, green, "".
    kind "name" is a person, never broken over two lines; "due" a day on which something is due, a dash
    where nothing is.
    `reads` are the paths that it reads beside the row, prefetched where it is shown.
    `seen_by` takes the user; a column not seen is neither shown nor exported.
    """

    key: str
    label: str
    value: Callable[..., Any] | str | None = None
    of: tuple[str | Several, ...] = ()
    kind: str = "text"
    unit: str = ""
    sortable: str | None = None
    default: bool = True
    link: Callable[[Any], str] | None = None
    seen_by: Callable[[Any], bool] | None = None
    beside: Callable[[Any], Any] | None = None
    reads: tuple[str | Prefetch, ...] = ()

    @property
    def is_figure(self) -> bool:
        return self.kind in NUMERIC

    @property
    def heading(self) -> str:
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    @property
    def paths(self) -> tuple[str | Several, ...]:
        """What it reads; nothing where only the whole row will do."""
        return self.of or (() if callable(self.value) else (self.value or self.key,))

    def read(self, row: Any) -> Any:
        """The row's own value, unformatted."""
        if not self.paths:
            return self.value(row)
        return self.made(*(p.read(row) if isinstance(p, Several) else follow(row, p) for p in self.paths))

    def made(self, *values: Any) -> Any:
        """The same of the values under its paths."""
        return self.value(*values) if self.of else values[0]

    def cell(self, row: Any) -> dict:
        """What the page shows: text or flags, and where it leads."""
        value = self.read(row)
        href = self.link(row) if self.link else ""
        if self.kind == "flag":
            return {"column": self, "flags": flags(value), "text": "", "href": href, "hint": ""}
        show = SHOWN.get(self.kind, figures.blank)
        text = show(value)
        hint = text if self.kind == "text" and len(str(text)) > 10 and text != figures.NOTHING else ""
        beside = flags(self.beside(row)) if self.beside else []
        return {"column": self, "flags": None, "text": text, "href": href, "hint": hint, "beside": beside}

    def excel(self, row: Any) -> Any:
        """What a file has of the row: numbers as numbers, days as days, all else as text."""
        return self._kept(self.read(row))

    def excel_of(self, *values: Any) -> Any:
        """The same of the values under its paths."""
        return self._kept(self.made(*values))

    def _kept(self, value: Any) -> Any:
        if self.kind == "flag":
            return "、".join(word for word, _tone in flags(value))
        if isinstance(value, datetime) and timezone.is_aware(value):
            return timezone.make_naive(value)
        if value is None or isinstance(value, Decimal | int | datetime) or self.kind == "date":
            return value
        return str(value)


def follow(row: Any, path: str) -> Any:
    """Walk "party.name" through attributes and dict keys; a missing link on the way is None."""
    for step in path.split("."):
        if row is None:
            return None
        row = row.get(step) if isinstance(row, dict) else getattr(row, step)
        if callable(row):
            row = row()
    return row


def flags(value: Any) -> list[tuple[str, str]]:
    """Bring a word, a (word, tone) pair or a list of either into (word, tone) pairs."""
    if not value:
        return []
    if isinstance(value, str):
        return [(value, "")]
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(v, str) for v in value):
        return [value]
    return [pair for item in value for pair in flags(item)]
