"""Counting days: calendar days, months, and working days under the yearly notices.

The start day is never counted (民事诉讼法 art. 85, applied by analogy). Whether a period that
ends on a day off rolls forward (a citizen's) or back (our own duty) is the caller's rule.
"""

import calendar as months
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)


def add_days(start: date, days: int) -> date:
    """The last day of a period of calendar days; the start day is not counted."""
    return start + timedelta(days=days)


def add_months(start: date, count: int) -> date:
    """The same day some months later (earlier if negative); month ends clamp, 01-31 → 02-28."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return duty_day(year, month + 1, start.day)


def last_day_of_month(year: int, month: int) -> date:
    """The month's last day."""
    return date(year, month, months.monthrange(year, month)[1])


def duty_day(year: int, month: int, day: int) -> date:
    """The day on which a duty of "the 30th" falls: the last day where the month is shorter."""
    last = last_day_of_month(year, month)
    return last.replace(day=min(day, last.day))


@dataclass(frozen=True)
class Calendar:
    """Which days are worked: `off` are days off by notice, `work` make-up working days.

    A year not in `years_known` counts as plain Monday to Friday; `unknown_years` says so.
    """

    off: frozenset[date] | set[date] = field(default_factory=frozenset)
    work: frozenset[date] | set[date] = field(default_factory=frozenset)
    years_known: frozenset[int] | set[int] = field(default_factory=frozenset)

    add_days = staticmethod(add_days)
    add_months = staticmethod(add_months)

    @classmethod
    def from_years(cls, years: Mapping[str, Mapping[str, list[str]]]) -> "Calendar":
        """From {"2026": {"off": ["2026-01-01", …], "work": […]}}, the shape of calendar.json."""

        def days(kind: str) -> frozenset[date]:
            return frozenset(date.fromisoformat(d) for y in years.values() for d in y[kind])

        return cls(days("off"), days("work"), frozenset(int(year) for year in years))

    def is_workday(self, day: date) -> bool:
        """Worked by notice, or a weekday that no notice takes off."""
        if day in self.work:
            return True
        return day.weekday() < 5 and day not in self.off

    def add_workdays(self, start: date, count: int) -> date:
        """The last day of a period of working days; the start day is not counted.

        A negative count goes back; zero gives the start day itself, worked or not.
        """
        step = _DAY if count > 0 else -_DAY
        day = start
        for _ in range(abs(count)):
            day += step
            while not self.is_workday(day):
                day += step
        return day

    def roll_forward(self, day: date) -> date:
        """The day itself if worked, else the next working day."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def roll_back(self, day: date) -> date:
        """The day itself if worked, else the last working day before."""
        while not self.is_workday(day):
            day -= _DAY
        return day

    def skipped(self, start: date, end: date) -> tuple[date, ...]:
        """The days off after `start` up to and including `end`: the reason why it ends there."""
        return tuple(day for day in _after(start, end) if not self.is_workday(day))

    def unknown_years(self, start: date, end: date) -> tuple[int, ...]:
        """The years touched from `start` to `end` for which no notice is known."""
        first, last = sorted((start.year, end.year))
        return tuple(year for year in range(first, last + 1) if year not in self.years_known)


def _after(start: date, end: date) -> Iterator[date]:
    day = start + _DAY
    while day <= end:
        yield day
        day += _DAY
