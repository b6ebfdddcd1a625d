"""The period of a case to be decided in (C08) with what stopped it: one count for its clock and its flag."""

from dataclasses import dataclass
from datetime import date

from cases.assessing.figures import figures_in_force
from cases.models import SENT_STATES, Case, PeriodChange, PeriodKind
from common.workdays import Calendar
from law.periods import REFERRAL, WAITING, deciding
from law.terms import Counted, Extension, Manner, Pause, Term, count
from law.terms.manner import length_of

# While public security or a court has the case; 处罚 waits for them also in cases filed under earlier law.
REFERRED = f"{WAITING}，自然资源行政处罚办法第三十八条第二款"
# By which of the grounds that the law's clock leaves out (law.terms) a row of a kind stops it.
GROUNDS = {
    PeriodKind.APPRAISAL: "鉴定",
    PeriodKind.HEARING: "听证",
    PeriodKind.NOTICE: "公告",
    PeriodKind.POST: "邮递",
}
# The days of a period are calendar days: none is skipped.
EVERY_DAY = Calendar(off=set(), work=set(), years_known=set())


@dataclass(frozen=True)
class Period:
    """What stopped and what extended it, as of a day; `rows` are the changes that stand."""

    pauses: tuple[Pause, ...]
    extension: Extension | None
    rows: tuple[PeriodChange, ...]

    def counted(self, clock: Term, start: date) -> Counted:
        """The last day of a period that began on a day; without `due` while it stands still.

        Raises Refused for what the rule in force on that day doesn't leave out, or an extension too long.
        """
        return count(clock, start, EVERY_DAY, Manner(pauses=self.pauses, extension=self.extension))


def clock_of(case: Case, filed: date) -> Term:
    """C08 as it runs for a case filed on a day, by the figures in force where it is."""
    return deciding(filed, case.county_id, figures_in_force())


def length_in(clock: Term, filed: date) -> tuple[int, str]:
    """How many days it has, and by which article or document."""
    length = length_of(clock, "", filed)
    return length.count, length.article


def period_of(case: Case, on: date) -> Period:
    """What stopped and extended the period up to a day."""
    rows = [row for row in case.period_changes.all() if row.withdrawn_at is None and row.happened_on <= on]
    stops = [row for row in rows if row.kind != PeriodKind.EXTENSION]
    more = [row for row in rows if row.kind == PeriodKind.EXTENSION]
    pauses = [
        _pause(row.happened_on, row.until, f"{row.get_kind_display()}：{row.reason}", GROUNDS[row.kind], on)
        for row in stops
    ]
    pauses += [
        _pause(each.sent_on, each.freed_on, REFERRED, REFERRAL, on)
        for each in case.referrals.all()
        if each.state in SENT_STATES and each.sent_on and each.sent_on <= on
    ]
    extension = Extension(sum(row.days for row in more), any(row.especially_complex for row in more))
    return Period(
        tuple(sorted(pauses, key=lambda each: each.since)), extension if more else None, tuple(rows)
    )


def _pause(since: date, until: date | None, reason: str, ground: str, on: date) -> Pause:
    """As of a day: what ends later stands still on it."""
    return Pause(since, until if until and until <= on else None, reason, ground)


def facts(case: Case, on: date) -> dict[str, object]:
    """By how many days the period of a case was extended, and which stretches it leaves out."""
    period = period_of(case, on)
    return {"extended": period.extension.count if period.extension else 0, "pauses": period.pauses}
