"""The shape of a statutory term: how long, in which unit, from what, by which article, whose."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Unit(StrEnum):
    """What a length is counted in."""

    WORKDAY = "workday"
    DAY = "day"
    HOUR = "hour"
    MONTH = "month"


UNIT_LABELS = {Unit.WORKDAY: "个工作日", Unit.DAY: "日", Unit.HOUR: "小时", Unit.MONTH: "个月"}


class Whose(StrEnum):
    """Who has to be done by the end."""

    CITIZEN = "citizen"
    OFFICE = "office"
    POLICE = "police"
    COURT = "court"
    REVIEW = "review"  # 行政复议机关


@dataclass(frozen=True)
class Length:
    """How long a term is: `count` of `unit`, or None with a `sentence` that says why.

    `key` and `label` name a variant; `since` and `until` (exclusive) the days from which it may be
    counted; `extension` is how much an approval may add, `excludes` what stops it meanwhile, as the
    article words it. An empty `article` or `counted_from` is that of the term.
    """

    count: int | None
    unit: Unit = Unit.DAY
    sentence: str = ""
    key: str = ""
    label: str = ""
    article: str = ""
    counted_from: str = ""
    since: date = date.min
    until: date = date.max
    extension: int = 0
    unbounded: bool = False  # 案情特别复杂的除外: an extension may be longer
    excludes: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True)
class Term:
    """One clock of the law. Only a citizen's last day rolls forward (`rolls`, 民事诉讼法第八十五条).

    `backward` ones are counted back from the day of an event; `spare` is by how many working days
    the alarm comes earlier. `either_reading`: the text says 日 and nothing about working days.
    `yearly` is a fixed (month, day). `default` is the variant meant when none is named.
    """

    code: str
    name: str
    counted_from: str
    article: str
    whose: Whose
    lengths: tuple[Length, ...]
    rolls: bool = False
    backward: bool = False
    spare: int = 0
    either_reading: bool = False
    yearly: tuple[int, int] | None = None
    default: str = ""

    @property
    def variants(self) -> dict[str, str]:
        """The variants by the word that names them, with their Chinese names."""
        return {length.key: length.label for length in self.lengths if length.key}


def workdays(count: int, **more: object) -> Length:
    """So many working days."""
    return Length(count, Unit.WORKDAY, **more)


def days(count: int, **more: object) -> Length:
    """So many calendar days."""
    return Length(count, Unit.DAY, **more)


def hours(count: int, **more: object) -> Length:
    """So many hours."""
    return Length(count, Unit.HOUR, **more)


def months(count: int, **more: object) -> Length:
    """So many months; month ends clamp."""
    return Length(count, Unit.MONTH, **more)


def years(count: int, **more: object) -> Length:
    """So many years, as twelve months each."""
    return Length(count * 12, Unit.MONTH, **more)


def no_length(sentence: str, **more: object) -> Length:
    """The law gives no figure, or a formula."""
    return Length(None, sentence=sentence, **more)
