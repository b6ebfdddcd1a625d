"""The shape of a statutory term: from which event, how long, in which days, by which article."""

from dataclasses import dataclass

WORKDAYS = "workdays"
DAYS = "days"
HOURS = "hours"
MONTHS = "months"
UNIT_LABELS = {WORKDAYS: "个工作日", DAYS: "日", HOURS: "小时", MONTHS: "个月"}


@dataclass(frozen=True)
class Term:
    """One clock of the procedure. `standard` names a Standard row that may set the length.

    `warn_before` is counted in days before the end. `sure` is False where the length isn't in
    the law and is therefore data.
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
