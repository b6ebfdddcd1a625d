"""What the law finds in cases that are kept here."""

from collections.abc import Sequence
from datetime import date

from django.utils.functional import SimpleLazyObject

from accounts.models import local_today
from accounts.services.clocks import calendar
from cases.assessing.facts import facts_of_all, facts_of_read, read
from cases.assessing.figures import figures_in_force
from cases.models import Case
from law.findings import Case as Held
from law.findings import Finding, assess_held


def findings_of(case: Case, on: date | None = None) -> list[Finding]:
    """Every finding of a case as of a day (today), the blocking ones first."""
    return findings_of_all([case], on)[0]


def findings_of_all(cases: Sequence[Case], on: date | None = None) -> list[list[Finding]]:
    """The findings of each, in the order given; figures and calendar are read once for all."""
    return [findings for _, findings in looked_at_all(cases, on)]


def looked_at(case: Case, on: date | None = None) -> tuple[Held, list[Finding]]:
    """A case as the law's rules look at it, with all that the house knows, and what they find."""
    return looked_at_all([case], on)[0]


def looked_at_all(cases: Sequence[Case], on: date | None = None) -> list[tuple[Held, list[Finding]]]:
    """The same of each, in the order given."""
    figures, days = figures_in_force(), calendar()
    held = [Held(facts, figures, days) for facts in facts_of_all(cases, on)]
    return [(each, assess_held(each)) for each in held]


def held_of(case: Case, on: date | None = None) -> Held:
    """A case as the law's rules look at it."""
    return held_of_read(read([case]), on or local_today())[0]


def held_of_read(cases: Sequence[Case], on: date) -> list[Held]:
    """The same for cases that `read` gave; the working calendar is read where a rule asks it."""
    figures, days = figures_in_force(), SimpleLazyObject(calendar)
    return [Held(facts, figures, days) for facts in facts_of_read(cases, on, house=False)]
