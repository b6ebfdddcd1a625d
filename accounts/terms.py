"""The shape of a statutory term: from which event, how long, in which days, by which article."""

from dataclasses import dataclass
from datetime import date

WORKDAYS = "workdays"
DAYS = "days"
HOURS = "hours"
MONTHS = "months"
UNIT_LABELS = {WORKDAYS: "个工作日", DAYS: "日", HOURS: "小时", MONTHS: "个月"}


@dataclass(frozen=True)
class Before:
    """How long a term was until the law changed: from `since` up to and without `until`."""

    length: int
    article: str
    since: date
    until: date


@dataclass(frozen=True)
class Term:
    """One clock of the procedure. `standard` names a Standard row that may set the length.

    `warn_before` is counted in days before the end. `sure` is False where the length isn't in
    the law and is therefore data. `rolls`: the period is a citizen's, so that one that would end on a day
    off ends on the next working day (民事诉讼法第八十五条). `before` is what held under earlier law.
    """

    kind: str
    label: str
    length: int
    unit: str
    counted_from: str
    article: str
    warn_before: int = 3
    standard: str = ""
    sure: bool = True
    rolls: bool = False
    before: tuple[Before, ...] = ()

    def on(self, day: date) -> tuple[int, str]:
        """The length and the article of a period that is counted from a day."""
        for each in self.before:
            if each.since <= day < each.until:
                return each.length, each.article
        return self.length, self.article
