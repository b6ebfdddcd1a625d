"""Open clocks say whose thing they run on (`Clock.agency`, `Clock.origin`): told by what starts them and
by what hands a thing over, and once a day held against the things."""

from datetime import datetime

from django.db.models import F, Model, OuterRef, QuerySet, Subquery

from accounts.models import Clock
from reminders.due_sources import HANDLERS


def set_right(clocks: QuerySet, label: str, things: QuerySet) -> int:
    """Give the open clocks on one kind of thing the office of each; how many stood wrong."""
    wrong = 0
    open_ones = clocks.filter(subject_kind=label, met_at=None).order_by()
    for column, of_thing in (("agency_id", "agency_id"), ("origin_id", "origin_agency_id")):
        if not _has(things.model, of_thing):
            continue
        mine = Subquery(things.order_by().filter(pk=OuterRef("subject_id")).values(of_thing)[:1])
        other = open_ones.annotate(own=mine).filter(own__isnull=False).exclude(**{column: F("own")})
        keys = list(other.values_list("pk", flat=True))
        for begin in range(0, len(keys), 500):
            wrong += clocks.filter(pk__in=keys[begin : begin + 500]).update(**{column: mine})
    return wrong


def _has(model: type[Model], column: str) -> bool:
    return any(field.attname == column for field in model._meta.concrete_fields)


def mend(now: datetime) -> int:
    """The same for every kind of thing that runs by clocks."""
    several = HANDLERS.items()
    return sum(
        set_right(Clock.objects.all(), label, model._base_manager.all()) for label, (model, _, _) in several
    )
