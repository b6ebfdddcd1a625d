"""Facts of cases, read in a number of queries that doesn't grow with them."""

from collections.abc import Sequence
from copy import copy
from datetime import date

from django.utils import timezone

from accounts.models import Clock, local_today
from cases.assessing import joining, outcome, period, priors, referring, sites, weight
from cases.models import Case, DecisionState
from common import at_once
from law.facts import Decision as Penalty
from law.facts import Facts, Native, Steps, as_known_on

# What an act can record, and a reader can therefore be asked for. Not here: 告知 and 参与 (no act yet), the
# mine's scale, 生态损害, 拒不改正, 矿业权, earlier unpunished acts, when acts began, the sort of forest,
# 黑土 by 立方米, and boxes that can be ticked but not answered no.
CARRIES = frozenset(
    {
        *("violation", "county", "mineral", "value", "illegal_income", "destroyed_value", "acts_ended"),
        *("land", "land.class", "land.area", "land.destroyed", "prior_penalties"),
        *("dates.found", "dates.filed", "dates.decided"),
        *("decision.fine", "decision.confiscated_income", "decision.confiscated_minerals", "paid", "closing"),
    }
)
_RELATED = {
    "parties": ("party",),
    **dict.fromkeys(("violations", "land_findings", "mineral_findings", "referrals", "decisions"), ()),
    "decisions__items": ("party",),
    **dict.fromkeys(("decisions__items__payments", "decisions__items__carried_out"), ()),
    **dict.fromkeys(("decisions__served", "joinings"), ()),
    **dict.fromkeys(("decisions__opt_outs", "decisions__reviews", "decisions__discussions"), ()),
    **dict.fromkeys(("completion_checks", "closings", "period_changes"), ()),
}


def facts_of(case: Case, on: date | None = None) -> Facts:
    """What is known of a case at the end of a day (today)."""
    return facts_of_all([case], on)[0]


def facts_of_all(cases: Sequence[Case], on: date | None = None) -> list[Facts]:
    """The facts of each, in the order given, as the tables stand: what a case has read before isn't used."""
    return facts_of_read(read(cases), on or local_today())


def facts_of_read(cases: Sequence[Case], on: date, *, clocks: bool = True) -> list[Facts]:
    """The facts of cases that `read` gave; without `clocks` nothing is said of those that ran out."""
    earlier = priors.priors_of(cases, on)
    overdue = _overdue(cases, on) if clocks else {}
    return [_facts(case, on, earlier[case.pk], overdue.get(case.pk, ())) for case in cases]


def facts_with(case: Case, draft: outcome.Draft, on: date | None = None) -> Facts:
    """The facts as they would be with a decision beside those that stand."""
    facts = facts_of(case, on)
    return facts.varied(decisions=(*facts.decisions, *penalties_of(case, draft)))


def penalties_of(case: Case, draft: outcome.Draft) -> tuple[Penalty, ...]:
    """A decision being written as the law looks at it: for `law.gates.Draft`."""
    return outcome.penalties(case, draft)


def read(cases: Sequence[Case]) -> list[Case]:
    """Copies of the cases with all their rows as the tables stand, by one query."""
    fresh = [copy(case) for case in cases]
    for case in fresh:
        case._prefetched_objects_cache = {}
    at_once.prefetch(fresh, _RELATED)
    return fresh


def _facts(case: Case, on: date, earlier: priors.Priors, overdue: tuple[str, ...]) -> Facts:
    decided = tuple(
        penalty
        for decision in outcome.standing(case, on)
        for penalty in outcome.penalties(case, decision, decision.decided_on)
    )
    return as_known_on(
        Facts(
            as_of=on,
            id=case.number or case.public_id,
            **sites.place(case),
            **sites.acts(case),
            **sites.ore(case, on),
            land=sites.land(case, on),
            prior_penalties=earlier,
            steps=_steps(case, on),
            decisions=decided,
            paid=outcome.paid(case, on),
            **referring.deeds(case, on),
            **period.facts(case, on),
            closing=outcome.closing(case),
            carries=CARRIES,
            native=_native(case, overdue, on),
        )
    )


def _steps(case: Case, on: date) -> Steps:
    first = {"found": case.found_on, "filed": case.filed_on}
    first["joined"] = joining.asked_on(case, on)
    return Steps(**first, **outcome.steps(case, on), **referring.steps(case))


def _native(case: Case, overdue: tuple[str, ...], on: date) -> Native:
    revoked = [each.number for each in case.decisions.all() if each.state == DecisionState.REVOKED]
    unreviewed = weight.unreviewed(outcome.standing(case, on))
    return Native(
        major=unreviewed,
        reviewed=not unreviewed,
        overdue=overdue,
        revoked="、".join(filter(None, revoked)),
        undone=outcome.undone(case, on),
        unpaid=outcome.unpaid(case, on),
    )


def _overdue(cases: Sequence[Case], on: date) -> dict[int, tuple[str, ...]]:
    """Labels of clocks of the cases that ran out before the day."""
    clocks = Clock.objects.filter(
        subject_kind=Case._meta.label_lower,
        subject_id__in=[case.pk for case in cases],
        met_at=None,
        suspended_on=None,
    )
    late: dict[int, tuple[str, ...]] = {}
    for clock in clocks.order_by("due_at", "pk"):
        if timezone.localdate(clock.due_at) < on:
            late[clock.subject_id] = (*late.get(clock.subject_id, ()), clock.label)
    return late
