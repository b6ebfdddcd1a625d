"""The digests of what a deed wrote, for its entry in the trail; and of what was there before digests.

A line is [kind, key, digest before, digest now]. A row's lines follow from each other, so in whatever
order they are read, one digest is left over: the one that the row must have (row_checks.py).
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model, TextField
from django.db.models.functions import Cast

from accounts.models import TrailEntry
from accounts.models.sealed import Sealed, Written, digests

Line = tuple[str, int, str, str]
# The entry with which tables begin to be held against the trail, and where it names them.
BEGIN, BEGIN_LABEL, TABLES, MARK = "begin_sealing", "开始核对", "数据表", "、"


def tables() -> list[type[Sealed]]:
    """Every table whose rows are held against the trail."""
    return [model for model in apps.get_models() if issubclass(model, Sealed)]


def take() -> list[Line] | None:
    """The lines of what this transaction wrote since they were last taken; None for nothing."""
    waiting = _waiting()
    if not waiting:
        return None
    transaction.on_commit(_taken)
    lines = [line for model, was in waiting.items() for line in _lines(model, was)]
    return lines or None


def _waiting() -> dict[type[Model], dict[int, str]]:
    """Each table's rows with the digest each had before the first of the writes."""
    waiting: dict[type[Model], dict[int, str]] = {}
    for _, left, _ in connection.run_on_commit:
        if left is _taken:
            waiting = {}
        elif isinstance(left, Written):
            waiting[left.model] = {**left.was, **waiting.get(left.model, {})}
    return waiting


def _taken() -> None:
    """Stands among what waits; what is before it has been taken. Goes with a savepoint, as that does."""


def _lines(model: type[Model], was: dict[int, str]) -> Iterator[Line]:
    now = dict(digests(model._base_manager.filter(pk__in=was)))
    kind = model._meta.label_lower
    for key, before in sorted(was.items()):
        if before != now.get(key, ""):
            yield [kind, key, before, now.get(key, "")]


def begun() -> set[str]:
    """Labels of the tables that are held against the trail: it says itself since when."""
    said = TrailEntry.objects.filter(act=BEGIN).values_list("changes", flat=True)
    return {label for changes in said for label in changes[TABLES][1].split(MARK)}


def is_sealed(model: type[Sealed]) -> bool:
    """Whether any row of this table ever left its digest."""
    said = TrailEntry.objects.annotate(said=Cast("sealed", TextField()))
    return said.filter(said__contains=f'"{model._meta.label_lower}"').exists()
