"""What a count answers: the day, the alarm, and why on that day."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from law.terms.shape import UNIT_LABELS, Length, Term, Unit


@dataclass(frozen=True)
class Skipped:
    """A day that was passed over, and why."""

    day: date
    why: str


@dataclass(frozen=True)
class Counted:
    """When a term ends. `due`, `nominal` and `alarm` are days, or moments where it is in hours;
    None with a `sentence` where there is no such day. `counted` includes an extension."""

    term: Term
    length: Length | None
    article: str
    start: date | datetime | None = None
    due: date | datetime | None = None
    nominal: date | datetime | None = None
    alarm: date | datetime | None = None
    skipped: tuple[Skipped, ...] = ()
    sentence: str = ""
    counted: int = 0
    in_workdays: bool = False
    unknown_years: tuple[int, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether the length was read in the text itself."""
        return self.length is not None and self.length.sure

    def why(self) -> tuple[str, ...]:
        """为什么是这一天, as sentences."""
        sentences = [self._counting()] if self.due is not None else []
        sentences += [self.sentence] if self.sentence else []
        sentences += [_stretch(why, days) for why, days in _by_reason(self.skipped)]
        if self.unknown_years:
            years = "、".join(str(year) for year in self.unknown_years)
            sentences.append(f"{years}年的放假安排还没有录入，暂按周一至周五计算。")
        if self.term.either_reading and self.due is not None and self.length.unit == Unit.DAY:
            reading = "按工作日" if self.in_workdays else "按自然日"
            sentences.append(f"规定没有说明“日”是不是工作日，这里{reading}计算。")
        return tuple(note for note in sentences if note)

    def _counting(self) -> str:
        if self.term.yearly or not self.length.count:
            return self.length.sentence
        event = self.length.counted_from or self.term.counted_from
        if self.length.unit == Unit.HOUR:
            return f"自{event}（{self.start:%Y-%m-%d %H:%M}）起{self.length.count}小时（{self.article}）。"
        if self.term.backward:
            return f"{event}（{self.start}）的{self._so_much()}以前（{self.article}）。"
        return f"自{event}（{self.start}）的次日起{self._so_much()}（{self.article}）。"

    def _so_much(self) -> str:
        if self.length.unit == Unit.MONTH and self.counted % 12 == 0:
            return f"{self.counted // 12}年"
        return f"{self.counted}{UNIT_LABELS[Unit.WORKDAY if self.in_workdays else self.length.unit]}"


def _by_reason(skipped: tuple[Skipped, ...]) -> list[tuple[str, list[date]]]:
    in_order = sorted(skipped, key=lambda skip: (skip.why, skip.day))
    return [(why, [skip.day for skip in some]) for why, some in groupby(in_order, lambda skip: skip.why)]


def _stretch(why: str, days: list[date]) -> str:
    return f"{why}：{'、'.join(f'{day:%m-%d}' for day in days)}，共{len(days)}日。"
