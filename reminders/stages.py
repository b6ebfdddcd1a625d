"""When people are told of what falls due, and who at each stage: two tables and nothing else.

A stage happens at a moment computed from the due time alone, so a stopped machine, a second
sweep or a moved clock changes nothing about what ought to have been told.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts import roles
from common.workdays import Calendar

MORNING, AFTERNOON = time(9), time(15)
DAY = timedelta(days=1)

# To whom, from the desk upwards. Whoever handles the thing stands for the first level.
DESK, HEAD, PREFECTURE = "desk", "head", "prefecture"
LEVELS = {
    DESK: (roles.LIAISON, roles.POLICE, roles.PROCURATOR, roles.DEPARTMENT),
    HEAD: (roles.BRIGADE_HEAD,),
    PREFECTURE: (roles.PREFECTURE,),
}
# Who takes in what is owed to an office that has no reviewer: a county gets what its townships owe.
RECEIVING = (roles.LIAISON, roles.CHECKER)
# Who is told instead where a level has nobody in service, in this order.
INSTEAD = (LEVELS[DESK], (roles.INTAKE, roles.HANDLER), LEVELS[HEAD], (roles.DEPUTY, roles.CHIEF))


@dataclass(frozen=True)
class Stage:
    """One moment of telling.

    `days` before the due day (None: by `before` or at the due time itself), at `at` o'clock;
    `levels` are told; what isn't `alone` comes in one message per person and day.
    """

    code: str
    label: str
    levels: tuple[str, ...]
    days: int | None = None
    at: time | None = None
    before: timedelta | None = None
    last_workday: bool = False
    daily: bool = False
    alone: bool = True


LEADS = (7, 3)


def lead(days: int) -> Stage:
    """Recipient some days ahead; which ones may differ from one kind of due thing to another."""
    return Stage(f"d{days}", f"到期前{days}天", (DESK,), days=days, at=MORNING, alone=False)


BY_DAYS = (
    *map(lead, LEADS),
    Stage("eve", "到期前最后一个工作日", (DESK, HEAD), at=MORNING, last_workday=True),
    Stage("day09", "到期当天上午", (DESK, HEAD), days=0, at=MORNING),
    Stage("day15", "到期当天下午", (DESK, HEAD), days=0, at=AFTERNOON),
    Stage("over", "到期未办", (DESK, HEAD, PREFECTURE), before=timedelta()),
    Stage("after", "超期每日", (DESK, HEAD, PREFECTURE), at=MORNING, daily=True, alone=False),
)
# Clocks of hours: told when they start and as they run out, whatever the hour.
BY_HOURS = (
    Stage("start", "开始计时", (DESK, HEAD), before=timedelta(hours=24)),
    Stage("h4", "到期前四小时", (DESK, HEAD), before=timedelta(hours=4)),
    Stage("h1", "到期前一小时", (DESK, HEAD), before=timedelta(hours=1)),
    Stage("over", "到期未办", (DESK, HEAD, PREFECTURE), before=timedelta()),
    Stage("after", "超期每日", (DESK, HEAD, PREFECTURE), at=MORNING, daily=True, alone=False),
)
# Asked for by hand, at a moment of its own: the prefecture presses 提醒未报单位.
URGED = Stage("urged", "上级提醒", (DESK, HEAD))
BY_CODE = {stage.code: stage for stage in (*BY_HOURS, *BY_DAYS, URGED)}


@dataclass(frozen=True)
class Occurrence:
    """A stage at its moment; a daily stage has one each day, with the day in its code."""

    stage: Stage
    at: datetime

    @property
    def code(self) -> str:
        """What makes it unique among the moments of one due time."""
        if self.stage.daily:
            return f"{self.stage.code}{timezone.localtime(self.at):%Y%m%d}"
        if self.stage is URGED:
            return f"{self.stage.code}{timezone.localtime(self.at):%Y%m%d%H%M}"
        return self.stage.code


def stage_of(code: str) -> Stage:
    """The stage of an occurrence's code."""
    if code not in BY_CODE and re.fullmatch(r"d\d+", code):
        return lead(int(code[1:]))
    return BY_CODE.get(code) or BY_CODE[code.rstrip("0123456789")]


def table(by_hours: bool, leads: Iterable[int] = LEADS) -> tuple[Stage, ...]:
    """The stages of one due thing, in the order of their moments."""
    if by_hours:
        return BY_HOURS
    return (*map(lead, sorted(leads, reverse=True)), *BY_DAYS[len(LEADS) :])


def once(
    due_at: datetime, by_hours: bool, calendar: Calendar, leads: Iterable[int] = LEADS
) -> list[Occurrence]:
    """Every moment up to the due time, in order; of two at one moment the later in the table.

    A stage of the due day that would come after the due time doesn't happen.
    """
    moments = {}
    for stage in table(by_hours, leads):
        if not stage.daily and (at := _moment(stage, due_at, calendar)) <= due_at:
            moments[at] = Occurrence(stage, at)
    return [moments[at] for at in sorted(moments)]


def occurrences(
    due_at: datetime, by_hours: bool, calendar: Calendar, since: datetime, leads: Iterable[int] = LEADS
) -> Iterator[Occurrence]:
    """Every moment after `since`, in order, without end: after the due time one a day."""
    yield from (each for each in once(due_at, by_hours, calendar, leads) if each.at > since)
    daily = (BY_HOURS if by_hours else BY_DAYS)[-1]
    day = timezone.localdate(max(due_at, since - DAY))
    while True:
        at = _at(day, daily.at)
        if at > due_at and at > since:
            yield Occurrence(daily, at)
        day += DAY


def latest(
    due_at: datetime, by_hours: bool, calendar: Calendar, now: datetime, leads: Iterable[int] = LEADS
) -> Occurrence | None:
    """The stage one is in at `now`; None before the first."""
    today = timezone.localdate(now)
    daily = (BY_HOURS if by_hours else BY_DAYS)[-1]
    for day in (today, today - DAY):
        at = _at(day, daily.at)
        if due_at < at <= now:
            return Occurrence(daily, at)
    past = [each for each in once(due_at, by_hours, calendar, leads) if each.at <= now]
    return past[-1] if past else None


def following(
    due_at: datetime, by_hours: bool, calendar: Calendar, now: datetime, leads: Iterable[int] = LEADS
) -> Occurrence:
    """The first stage after `now`."""
    return next(occurrences(due_at, by_hours, calendar, now, leads))


def between(
    due_at: datetime,
    by_hours: bool,
    calendar: Calendar,
    since: datetime,
    until: datetime,
    leads: Iterable[int] = LEADS,
) -> list[Occurrence]:
    """The stages after `since` up to and with `until`."""
    reached = []
    for each in occurrences(due_at, by_hours, calendar, since, leads):
        if each.at > until:
            return reached
        reached.append(each)
    return reached


def _moment(stage: Stage, due_at: datetime, calendar: Calendar) -> datetime:
    if stage.before is not None:
        return due_at - stage.before
    due_day = timezone.localdate(due_at)
    if stage.last_workday:
        return _at(calendar.add_workdays(due_day, -1), stage.at)
    return _at(due_day - stage.days * DAY, stage.at)


def _at(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
