"""When a term ends and why on that day: pure counting, the calendar comes in as an argument.

The day or hour it starts from is not counted (民事诉讼法第八十五条). `due` is the last day as the
law counts it, rolled forward only where the period is a citizen's; `alarm` is the working day on
which the office is reminded: rolled back from the nominal last day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from common.reckoning import Reckoned, reckon, why_off
from common.workdays import Calendar
from law.terms.answers import Counted, Skipped
from law.terms.manner import PLAIN, WORKING, Manner, check, day_of, length_of
from law.terms.shape import Length, Term, Unit

ONE_DAY = timedelta(days=1)


def count(term: Term, start: date | datetime, days: Calendar, manner: Manner = PLAIN) -> Counted:
    """Count a term from a day, or one in hours from a moment (a bare day begins at 00:00).

    Backward ones take the day of the event. Raises Refused for a variant the term hasn't, a reading
    the article leaves no room for, a pause or an extension it doesn't know.
    """
    length = length_of(term, manner.variant, day_of(start))
    if isinstance(length, str):
        return Counted(term, None, term.article, sentence=length)
    article = length.article or term.article
    check(term, length, manner)
    if term.yearly:
        return _yearly(term, day_of(start), days, article)
    if length.count is None:
        return Counted(term, length, article, sentence=length.sentence)
    if length.unit == Unit.HOUR:
        begun = start if isinstance(start, datetime) else datetime.combine(start, time())
        due = begun + timedelta(hours=length.count)
        return Counted(term, length, article, begun, due=due, nominal=due, alarm=due)
    if term.backward:
        return _backward(term, length, day_of(start), days)
    return _forward(Walk(term, length, day_of(start), days, manner))


@dataclass(frozen=True)
class Walk:
    """A count under way: the length with its extension, in which days."""

    term: Term
    length: Length
    start: date
    days: Calendar
    manner: Manner

    @property
    def total(self) -> int:
        """The length with its extension."""
        return self.length.count + (self.manner.extension.count if self.manner.extension else 0)

    @property
    def in_workdays(self) -> bool:
        """Whether only working days count: by the law, or by the reading asked for."""
        return self.length.unit == Unit.WORKDAY or self.manner.reading == WORKING

    def reckoned(self) -> Reckoned:
        """The nominal last day, or the pause in which the term still stands."""
        months = self.length.unit == Unit.MONTH
        of = {"workdays": self.in_workdays, "months": months, "pauses": self.manner.pauses}
        return reckon(self.start, self.total + self.manner.uncounted, self.days, **of)


def _forward(walk: Walk) -> Counted:
    term, days, ran = walk.term, walk.days, walk.reckoned()
    article, nominal = walk.length.article or term.article, ran.end
    skipped = tuple(Skipped(*each) for each in ran.passed)
    if ran.standing:
        standing = f"自{ran.standing.since}起中止计算（{ran.standing.reason}），恢复后再算到期日。"
        return Counted(term, walk.length, article, walk.start, skipped=skipped, sentence=standing)
    due = days.roll_forward(nominal) if term.rolls else nominal
    rolled = tuple(Skipped(day, "末日为休息日，顺延") for day in _between(nominal, due))
    return Counted(
        term,
        walk.length,
        article,
        walk.start,
        due=due,
        nominal=nominal,
        alarm=_alarm(term, nominal, days),
        skipped=(*skipped, *rolled),
        counted=walk.total,
        in_workdays=walk.in_workdays,
        unknown_years=days.unknown_years(walk.start, due) if walk.in_workdays or term.rolls else (),
    )


def _backward(term: Term, length: Length, event: date, days: Calendar) -> Counted:
    last = days.add_workdays(event, -length.count)
    passed = (day for day in _between(last, event) if not days.is_workday(day))
    return Counted(
        term,
        length,
        length.article or term.article,
        event,
        due=last,
        nominal=last,
        alarm=_alarm(term, last, days),
        skipped=tuple(Skipped(day, why_off(day, days)) for day in passed),
        counted=length.count,
        in_workdays=True,
        unknown_years=days.unknown_years(last, event),
    )


def _yearly(term: Term, start: date, days: Calendar, article: str) -> Counted:
    month, day = term.yearly
    this = date(start.year, month, day)
    due = this if this >= start else date(start.year + 1, month, day)
    return Counted(term, term.lengths[0], article, start, due=due, nominal=due, alarm=days.roll_back(due))


def _alarm(term: Term, nominal: date, days: Calendar) -> date:
    back: Callable[[date], date] = days.roll_back
    return days.add_workdays(back(nominal), -term.spare)


def _between(first: date, end: date) -> Iterator[date]:
    while first < end:
        yield first
        first += ONE_DAY
