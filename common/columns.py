"""A column, declared once: how it is headed, read, shown on the page and written to Excel."""

from collections.abc import Callable
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


@dataclass(frozen=True)
class Column:
    """One column of a list.

    `value` is a callable taking the row, or a path such as "party.name" (default: the key).
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
    value: Callable[[Any], Any] | str | None = None
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

    def read(self, row: Any) -> Any:
        """The row's own value, unformatted."""
        return self.value(row) if callable(self.value) else follow(row, self.value or self.key)

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
        """What the workbook gets: numbers as numbers, days as days, all else as text."""
        value = self.read(row)
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
