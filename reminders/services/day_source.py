"""A source of due things that are rows of any table with a day; the table needs no column for it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.services.clocks import END_OF_DAY
from reminders.models import PlannedLook
from reminders.services.row_source import FEW, GONE, RowSource
from reminders.sources import Due

# Nobody tells the engine that a day was moved: it looks again at least this often.
AT_LEAST = timedelta(days=1)
UNDATED = "已没有期限"


def end_of(day: date) -> datetime:
    """18:00 of a day: when what is due on it falls due."""
    return timezone.make_aware(datetime.combine(day, END_OF_DAY))


@dataclass(frozen=True, kw_only=True)
class DaySource(RowSource):
    """Rows of `model` while `is_open` holds, due at `end_of` the day in the field `day`.

    `agency` is the path from a row to the agency that owes it, `reads` what `due_of` needs besides.
    """

    day: str
    agency: str = "agency_id"
    reads: tuple[str, ...] = ()

    def take(self, now: datetime, limit: int) -> list[Due]:
        """Open rows never looked at, then those whose time has come; locked, others' skipped."""
        looks = PlannedLook.objects.filter(kind=self.kind, thing_id=OuterRef("pk"))
        rows = self._open().annotate(
            look_at=Subquery(looks.values("remind_at")), looked=Subquery(looks.values("reminded_at"))
        )
        rows = rows.filter(Q(look_at=None) | Q(look_at__lte=now)).order_by(
            F("look_at").asc(nulls_first=True), "pk"
        )
        rows = rows.select_for_update(skip_locked=True, of=("self",))[:limit]
        return [replace(self.due_of(row), looked_at=row.looked) for row in rows]

    def take_closed(self, now: datetime, limit: int) -> list[tuple[Due, datetime, str]]:
        """Closed rows whose look was planned for `now` or before; the plan is forgotten."""
        looks = PlannedLook.objects.filter(kind=self.kind, remind_at__lte=now)
        looks = looks.exclude(thing_id__in=self._open().values("pk")).order_by("pk")
        planned = {look.thing_id: look for look in looks.select_for_update(skip_locked=True)[:limit]}
        PlannedLook.objects.filter(pk__in=[look.pk for look in planned.values()]).delete()
        return [
            (self.due_of(row), planned[row.pk].remind_at, self.why_closed(row))
            for row in self._rows().filter(pk__in=planned, **{f"{self.day}__isnull": False})
            if self.closed_at(row) > planned[row.pk].remind_at
        ]

    def put_off(self, until: dict[int, datetime], now: datetime) -> None:
        """Plan the next look at each; `now` is remembered as the last one."""
        looks = [
            PlannedLook(kind=self.kind, thing_id=pk, remind_at=min(at, now + AT_LEAST), reminded_at=now)
            for pk, at in until.items()
        ]
        PlannedLook.objects.bulk_create(
            looks,
            batch_size=FEW,
            update_conflicts=True,
            unique_fields=["kind", "thing_id"],
            update_fields=["remind_at", "reminded_at"],
        )

    def look(self, pks: Iterable[int]) -> dict[int, Due | str]:
        """Each row as it stands now, or why nobody needs to be told any more."""
        rows = self._rows().in_bulk(list(pks))
        return {pk: self._as_it_stands(rows.get(pk)) for pk in pks}

    def within(self, agency_ids: set[int], first: datetime, last: datetime) -> list[Due]:
        """Open rows of these agencies due from `first` up to `last`, at most 500."""
        days = (timezone.localdate(first), timezone.localdate(last))
        rows = self._open().filter(**{f"{self.agency}__in": agency_ids, f"{self.day}__range": days})
        dues = [self.due_of(row) for row in rows.order_by(self.day, "pk")[:FEW]]
        return [due for due in dues if first <= due.due_at < last]

    def rewind(self, now: datetime) -> int:
        """Look again at rows looked at after `now`: the machine's clock ran ahead."""
        looks = PlannedLook.objects.filter(kind=self.kind, reminded_at__gt=now)
        return looks.update(remind_at=None, reminded_at=None)

    def _as_it_stands(self, row: Model | None) -> Due | str:
        if row is None:
            return GONE
        return self.why_closed(row) or (self.due_of(row) if getattr(row, self.day) else UNDATED)

    def _rows(self) -> QuerySet:
        return self.model._base_manager.select_related(*self.reads)

    def _open(self) -> QuerySet:
        return self._rows().filter(self.is_open, **{f"{self.day}__isnull": False})
