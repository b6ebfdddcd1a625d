"""The nearest time limit beside each thing (`Clocked.next_due_at`), as its running clocks say it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import DateTimeField, F, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.services.clocks import first_due, running

AT_ONCE = 500


def keep(things: QuerySet, ids: Sequence[int], **only: object) -> None:
    """Work it out again for the things of these keys; `only` says which clocks count.

    Called inside the deed that moved the clocks.
    """
    kind = things.model._meta.label_lower
    for begin in range(0, len(ids), AT_ONCE):
        rows = things.filter(pk__in=ids[begin : begin + AT_ONCE])
        rows.order_by().update(next_due_at=first_due(kind, **only))


def strayed(things: QuerySet, **only: object) -> QuerySet:
    """The things beside which another time stands than their clocks say; none, if all was told."""
    fresh = first_due(things.model._meta.label_lower, **only)
    long_ago = Value(datetime(1900, 1, 1, tzinfo=UTC), DateTimeField())
    both = things.alias(stands=Coalesce("next_due_at", long_ago), runs=Coalesce(fresh, long_ago))
    return both.exclude(stands=F("runs"))


def mend(things: QuerySet, **only: object) -> list[int]:
    """Set right what strayed; the keys of those things."""
    found = list(strayed(things, **only).order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(found), AT_ONCE):
        rows = things.filter(pk__in=found[begin : begin + AT_ONCE]).order_by("pk")
        with transaction.atomic():
            # A deed that is moving clocks just now ends first; only then they are asked.
            keep(things, list(rows.select_for_update(no_key=True).values_list("pk", flat=True)), **only)
    return found


def fill(things: QuerySet, clocks: QuerySet, **only: object) -> None:
    """For a migration: the column of every thing on which one of `clocks` runs."""
    there = running(clocks, things.model._meta.label_lower, **only)
    first = there.filter(subject_id=OuterRef("pk")).values("subject_id").annotate(first=Min("due_at"))
    ids = list(there.values_list("subject_id", flat=True).distinct())
    for begin in range(0, len(ids), AT_ONCE):
        rows = things.filter(pk__in=ids[begin : begin + AT_ONCE])
        rows.update(next_due_at=Subquery(first.values("first")))
