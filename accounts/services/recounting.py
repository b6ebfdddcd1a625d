"""The calendar was changed: open clocks in working days, and a citizen's, end on other days."""

from datetime import date, datetime, time

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from accounts.models import Clock, Posting, User
from accounts.services import clocks, trail
from accounts.signals import clocks_changed

AT_ONCE = 500
CHANGED = ["due_at", "warn_at", "explanation", "remind_at"]


def recount(*, by: User, posting: Posting | None, year: int) -> int:
    """Count again every open clock that depends on a year's days off; how many moved.

    Each move stands in the trail of what the clock is about. A clock that stands still is counted
    when it goes on. Called inside the deed that changed the calendar.
    """
    days, moved, touched = clocks.calendar(), [], []
    for clock in _running_through(year):
        old_due, old_why = clock.due_at, clock.explanation
        clocks.move_by_calendar(clock, days)
        if clock.due_at != old_due:
            moved.append((clock, old_due))
        if clock.explanation != old_why or clock.due_at != old_due:
            touched.append(clock)
    Clock.objects.bulk_update(touched, CHANGED, batch_size=AT_ONCE)
    _announce([clock for clock, _ in moved])
    _record(by, posting, moved, f"{year}年的放假和调休安排有变动")
    return len(moved)


def _announce(moved: list[Clock]) -> None:
    things: dict[str, list[int]] = {}
    for clock in moved:
        things.setdefault(clock.subject_kind, []).append(clock.subject_id)
    for kind, ids in things.items():
        clocks_changed.send(None, kind=kind, ids=ids)


def _running_through(year: int) -> list[Clock]:
    begins = timezone.make_aware(datetime.combine(date(year, 1, 1), time.min))
    return list(
        Clock.objects.select_for_update(no_key=True)
        .filter(Q(workdays__isnull=False) | Q(nominal_on__isnull=False), met_at=None, suspended_on=None)
        .filter(due_at__gte=begins, counted_from__lte=date(year, 12, 31))
        .order_by("pk")
    )


def _record(by: User, posting: Posting | None, moved: list[tuple[Clock, datetime]], reason: str) -> None:
    subjects: dict = {}
    for clock, _ in moved:
        subjects.setdefault(clock.subject_kind, set()).add(clock.subject_id)
    things = {kind: apps.get_model(kind)._base_manager.in_bulk(list(keys)) for kind, keys in subjects.items()}
    for clock, old in moved:
        thing = things[clock.subject_kind].get(clock.subject_id)
        if thing is not None:
            trail.record(
                by=by,
                posting=posting,
                act="recount_clock",
                label="重算时限",
                thing=thing,
                changes={clock.label: (_day(old), _day(clock.due_at))},
                reason=reason,
            )


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
