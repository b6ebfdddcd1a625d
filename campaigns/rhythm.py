"""When a duty falls due: the days of a rule's rhythm, moved off holidays as the rule says.

Every month on the 15th and the 30th at 18:00 (交自然资字〔2021〕62号六（五）) is one such rhythm.
In a month without that day it falls on the last one. Nothing here knows a database.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from common.workdays import Calendar, duty_day

MONTHLY, WEEKLY, QUARTERLY, HALF_YEARLY, YEARLY, ONCE, EVERY = (
    "monthly",
    "weekly",
    "quarterly",
    "half_yearly",
    "yearly",
    "once",
    "every",
)
PATTERNS = {
    MONTHLY: "每月",
    WEEKLY: "每周",
    QUARTERLY: "每季度",
    HALF_YEARLY: "每半年",
    YEARLY: "每年",
    ONCE: "一次",
    EVERY: "每隔几天",
}
MONTHS_OF = {MONTHLY: 1, QUARTERLY: 3, HALF_YEARLY: 6, YEARLY: 12}
STAY, BEFORE, AFTER = "stay", "before", "after"
HOLIDAYS = {STAY: "不变", BEFORE: "提前到前一个工作日", AFTER: "顺延到后一个工作日"}
WEEKDAYS = dict(enumerate("一二三四五六日", 1))
DAY = timedelta(days=1)
# No period is longer, from one of its days to the next.
LONGEST = {WEEKLY: 7 * DAY, MONTHLY: 62 * DAY}
AT_MOST = 400 * DAY


@dataclass(frozen=True)
class Rhythm:
    """`days` are days of the month, or of the week from 1 (Monday).

    `month` is the month within the quarter, half-year or year; `every` a number of days, counted
    from `begins`, which is also the day of a duty that comes once.
    """

    pattern: str
    begins: date
    days: tuple[int, ...] = ()
    month: int = 1
    every: int = 1
    at: time = time(18)
    holidays: str = STAY

    def days_between(self, first: date, last: date) -> list[date]:
        """The rhythm's own days from `first` to `last` (both counted), none before it begins."""
        first = max(first, self.begins)
        return sorted({day for day in self._around(first, last) if first <= day <= last})

    def since(self, day: date) -> date:
        """The first day of the period that ends with one of the rhythm's days, though it began before
        the rhythm did; 400 days back where it comes once."""
        if self.pattern == EVERY:
            return day - (self.every - 1) * DAY
        first = day - LONGEST.get(self.pattern, AT_MOST)
        before = replace(self, begins=first).days_between(first, day - DAY)
        return (before[-1] if before else first) + DAY

    def _around(self, first: date, last: date) -> Iterator[date]:
        if self.pattern == ONCE:
            yield self.begins
        elif self.pattern == EVERY:
            steps = max((first - self.begins).days, 0) // self.every
            day = self.begins + steps * self.every * DAY
            while day <= last:
                yield day
                day += self.every * DAY
        elif self.pattern == WEEKLY:
            for n in range((last - first).days + 1):
                if (first + n * DAY).isoweekday() in self.days:
                    yield first + n * DAY
        else:
            yield from self._of_months(first, last)

    def _of_months(self, first: date, last: date) -> Iterator[date]:
        length = MONTHS_OF[self.pattern]
        for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
            year, month = divmod(n, 12)
            if month % length == (self.month - 1) % length:
                for day in self.days:
                    yield duty_day(year, month + 1, day)

    def due_at(self, day: date, calendar: Calendar) -> datetime:
        """The moment at which the duty of one of the rhythm's days is due."""
        if self.holidays == BEFORE:
            day = calendar.roll_back(day)
        elif self.holidays == AFTER:
            day = calendar.roll_forward(day)
        return timezone.make_aware(datetime.combine(day, self.at))

    def why(self, day: date, calendar: Calendar) -> str:
        """为什么是这一天, in Chinese."""
        return f"{self.words}。{self.remarks(day, calendar)}"

    def remarks(self, day: date, calendar: Calendar) -> str:
        """What is out of the ordinary about a day; nothing for most."""
        due, words = timezone.localdate(self.due_at(day, calendar)), ""
        if self.pattern in MONTHS_OF and day.day not in self.days:
            words += f"{day.year}年{day.month}月没有{max(self.days)}日，为月末。"
        if due != day:
            words += f"{day}不是工作日，{HOLIDAYS[self.holidays]}，为{due}。"
        elif self.holidays == STAY and not calendar.is_workday(day):
            words += "遇休息日不变。"
        if self.holidays != STAY and calendar.unknown_years(day, due):
            words += f"{day.year}年的放假安排还没有录入，暂按周一至周五计算。"
        return words

    @property
    def words(self) -> str:
        """每月15、30日18:00."""
        days = "、".join(str(day) for day in self.days)
        at = f"{self.at:%H:%M}"
        if self.pattern == ONCE:
            return f"{self.begins} {at}"
        if self.pattern == EVERY:
            return f"自{self.begins}起每{self.every}天{at}"
        if self.pattern == WEEKLY:
            return "每周" + "、".join(WEEKDAYS[day] for day in self.days) + at
        if self.pattern == MONTHLY:
            return f"每月{days}日{at}"
        if self.pattern == YEARLY:
            return f"每年{self.month}月{days}日{at}"
        return f"{PATTERNS[self.pattern]}第{self.month}个月{days}日{at}"
