"""The order of a list, blanks last on any database, and what lies on either side of a place in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q
from django.db.models.expressions import OrderBy


@dataclass(frozen=True)
class Key:
    """One thing that rows are ordered by: a path, an annotation or the row's own key.

    `blank` says that it may be empty, `own` that it is a column of the model's own; `at` is what the row
    has it under.
    """

    path: str
    down: bool = False
    blank: bool = False
    own: bool = True
    at: str = "pk"

    @property
    def ordered(self) -> OrderBy:
        """For order_by. Where nothing is blank, saying where blanks go would only keep an index from
        being walked back."""
        last = True if self.blank else None
        return F(self.path).desc(nulls_last=last) if self.down else F(self.path).asc(nulls_last=last)

    @property
    def filled(self) -> "Key":
        """The same among rows in which it isn't blank."""
        return replace(self, blank=False)

    def among(self, **lookups: Any) -> Q:
        """A condition on it: `among(gt=5)`."""
        return Q(**{f"{self.path}__{name}": value for name, value in lookups.items()})

    def same(self, value: Any) -> Q:
        """Rows that stand level with a value."""
        return self.among(isnull=True) if value is None else self.among(exact=value)

    def past(self, value: Any, back: bool) -> Q | None:
        """Rows that come after a value, or before it; None where none can."""
        if value is None:
            return self.among(isnull=False) if back else None
        fits = self.among(**{"gt" if self.down == back else "lt": value})
        return fits | self.among(isnull=True) if self.blank and not back else fits


def key(model: type[Model], path: str, down: bool) -> Key:
    """What rows of a model are ordered by, by its path or by the name of an annotation."""
    if path == "pk":
        return Key("pk", down)
    blank, step = False, model
    for name in path.split("__"):
        try:
            field = step._meta.get_field(name)
        except FieldDoesNotExist:
            return Key(path, down, blank=True, own=False, at=path)
        blank, step = blank or field.null, field.related_model
    if "__" in path:
        return Key(path, down, blank, own=False, at=f"order_{path.replace('__', '_')}")
    return Key(path, down, blank, at=field.attname)


def keys(model: type[Model], names: Sequence[str]) -> tuple[Key, ...]:
    """The same of several, as order_by takes them, ending with the row's own key."""
    several = [key(model, name.lstrip("-"), name.startswith("-")) for name in names]
    return (*several, *([] if any(each.path == "pk" for each in several) else [Key("pk")]))


def beyond(order: Sequence[Key], values: Sequence[Any], back: bool) -> Q:
    """Rows after a place, or before it: what it has in each of the keys.

    The first of them, if it is never blank, is given a bound of its own, by which an index is entered there.
    """
    fits: Q | None = None
    for each, value in reversed(list(zip(order, values, strict=True))):
        level = None if fits is None else each.same(value) & fits
        sides = [side for side in (each.past(value, back), level) if side is not None]
        fits = sides[0] | sides[1] if len(sides) > 1 else sides[0] if sides else Q(pk__in=[])
    first = order[0]
    if len(order) > 1 and not first.blank:
        fits &= first.among(**{"gte" if first.down == back else "lte": values[0]})
    return fits
