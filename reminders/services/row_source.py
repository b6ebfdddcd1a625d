"""A due source: things that are rows of a Remindable model."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, Q

from reminders.due_sources import Due

GONE = "已不存在"
# What take and look read; a subclass's due_of may need no more.
FEW = 500


@dataclass(frozen=True)
class DueRowSource:
    """Rows of `model` while `is_open` holds; `due_of` shows a row as a Due.

    `why_closed` says why nobody needs to be told of a row any more, or "" while it is open;
    `closed_at` gives the moment it was closed, to tell what an outage left out from what was
    simply done in time.
    """

    kind: str
    model: type[Model]
    is_open: Q
    due_of: Callable[[Model], Due]
    why_closed: Callable[[Model], str]
    closed_at: Callable[[Model], datetime]

    def take(self, now: datetime, limit: int) -> list[Due]:
        """Open rows never looked at, then those whose time has come; locked, others' skipped."""
        rows = self.model._base_manager.select_for_update(skip_locked=True).filter(self.is_open)
        taken = list(rows.filter(remind_at=None).order_by("pk")[:limit])
        if len(taken) < limit:
            due = rows.filter(remind_at__lte=now).order_by("remind_at", "pk")
            taken += due[: limit - len(taken)]
        return [self.due_of(row) for row in taken]

    def take_closed(self, now: datetime, limit: int) -> list[tuple[Due, datetime, str]]:
        """Closed rows whose look was planned for `now` or before, and no longer planned."""
        rows = self.model._base_manager.select_for_update(skip_locked=True)
        rows = list(rows.exclude(self.is_open).filter(remind_at__lte=now).order_by("pk")[:limit])
        ids = [row.pk for row in rows]
        self.model._base_manager.filter(pk__in=ids).update(remind_at=None)
        return [
            (self.due_of(row), row.remind_at, self.why_closed(row))
            for row in rows
            if self.closed_at(row) > row.remind_at
        ]

    def put_off(self, until: dict[int, datetime], now: datetime) -> None:
        """Plan the next look at each; `now` is remembered as the last one."""
        rows = [self.model(pk=pk, remind_at=at, reminded_at=now) for pk, at in until.items()]
        manager = self.model._base_manager
        manager.bulk_update(rows, ["remind_at", "reminded_at"], batch_size=FEW)

    def look(self, pks: Iterable[int]) -> dict[int, Due | str]:
        """Each row as it stands now, or why nobody needs to be told any more."""
        rows = self.model._base_manager.in_bulk(list(pks))
        return {
            pk: (self.why_closed(rows[pk]) or self.due_of(rows[pk])) if pk in rows else GONE for pk in pks
        }

    def within(self, agency_ids: set[int], first: datetime, last: datetime) -> list[Due]:
        """Open rows of these agencies due from `first` up to `last`, at most 500."""
        rows = self.model._base_manager.filter(self.is_open, agency_id__in=agency_ids)
        rows = rows.filter(due_at__gte=first, due_at__lt=last).order_by("due_at", "pk")
        return [self.due_of(row) for row in rows[:FEW]]

    def rewind(self, now: datetime) -> int:
        """Look again at rows looked at after `now`: the machine's clock ran ahead."""
        rows = self.model._base_manager.filter(self.is_open, reminded_at__gt=now)
        return rows.update(remind_at=None, reminded_at=None)
