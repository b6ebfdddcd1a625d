"""How a period runs: from a day, over so many days, working days or months, with what isn't counted.

The one count for every clock: the law's own (`law.terms`), those that run on things
(`accounts.services.clocks`), those that a finding is held against. The start day is not counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from common.workdays import Calendar, add_days, add_months

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """A stretch that isn't counted: from `since` on; `until` is the day it runs again, None if it
    stands still to this day. `ground` is the one that an article names, word for word; `reason` is
    what somebody reads, and says the ground where none is given beside it."""

    since: date
    until: date | None
    reason: str
    ground: str = ""

    @property
    def named(self) -> str:
        """The ground."""
        return self.ground or self.reason

    def covers(self, day: date) -> bool:
        """Whether the period stood still on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Reckoned:
    """The last day (None while it stands still, by `standing`), and each day passed over with the reason."""

    end: date | None
    passed: tuple[tuple[date, str], ...] = ()
    standing: Pause | None = None


def reckon(
    start: date,
    count: int,
    days: Calendar,
    *,
    workdays: bool = False,
    months: bool = False,
    pauses: Sequence[Pause] = (),
) -> Reckoned:
    """The last day of a period of `count` days, working days or months (ends of months clamp).

    Days on which several stretches stand still are left out once; what begins after its end moves nothing.
    """
    if not workdays and not pauses:
        return Reckoned(add_months(start, count) if months else add_days(start, count))
    left, day, passed = (add_months(start, count) - start).days if months else count, start, []
    while left:
        day += _DAY
        pause = next((each for each in pauses if each.covers(day)), None)
        if pause and pause.until is None:
            return Reckoned(None, tuple(passed), pause)
        why = f"不计入：{pause.reason}" if pause else why_off(day, days) if workdays else ""
        if why:
            passed.append((day, why))
        else:
            left -= 1
    return Reckoned(day, tuple(passed))


def why_off(day: date, days: Calendar) -> str:
    """Why a day is not worked: 放假 by notice, or a weekend; nothing for a working day."""
    if days.is_workday(day):
        return ""
    return "节假日放假" if day in days.off else "周末"
