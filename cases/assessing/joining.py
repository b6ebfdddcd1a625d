"""Whether the prefecture takes part, or was asked to: the county's part is met by asking."""

from datetime import date

from accounts.models import Agency
from cases.models import Case

PREFECTURE = "prefecture"


def asked_on(case: Case, on: date) -> date | None:
    """The first day on which it was asked, by a day; None where nobody asked."""
    days = [each.asked_on for each in case.joinings.all() if each.withdrawn_at is None]
    return min((day for day in days if day <= on), default=None)


def is_silent(case: Case, on: date) -> bool:
    """Whether an answer is owed since before a day."""
    return any(each.is_open and each.answer_due < on for each in case.joinings.all())


def prefecture_above(case: Case) -> Agency | None:
    """The prefecture's office above the case's own; None where there is none, or it is the prefecture's."""
    office = case.agency.parent
    while office is not None and office.region.level != PREFECTURE:
        office = office.parent
    return office
