"""Facts of cases, read in a number of queries that doesn't grow with them."""

from collections.abc import Sequence
from copy import copy
from datetime import date

from accounts.models import local_today
from cases.assessing import joining, natives, outcome, period, priors, referring, service, sites, weight
from cases.models import Case, CaseState
from common import at_once
from law.facts import Decision as Penalty
from law.facts import Facts, Native, Steps, Told, as_known_on

# What an act can record, and a reader can therefore be asked for. Not here: 告知 (no act yet), and tools and
# buildings that a decision doesn't name.
CARRIES = frozenset(
    {
        *("violation", "county", "mineral", "value", "illegal_income", "destroyed_value", "special_area"),
        *(
            "acts_from",
            "acts_ended",
            "continuing",
            "life_health",
            "mine_scale",
            "right_exists",
            "refused_correct",
            "destructive",
        ),
        *("eco_damage", "unpunished", "prior_penalties"),
        *("land", "land.class", "land.area", "land.destroyed", "land.black_soil", "land.black_soil_m3"),
        "land.forest",
        *("dates.found", "dates.filed", "dates.decided"),
        *("decision.fine", "decision.confiscated_income", "decision.confiscated_minerals", "paid", "closing"),
        "joined",
    }
)
_RELATED = {
    "parties": ("party",),
    **dict.fromkeys(("circumstances", "circumstances__earlier_acts"), ()),
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


def facts_of_read(cases: Sequence[Case], on: date, *, house: bool = True) -> list[Facts]:
    """The facts of cases that `read` gave; `house` also reads what no row of the cases says (natives.py)."""
    earlier = priors.priors_of(cases, on)
    known = natives.natives_of(cases, on) if house else {}
    return [_facts(case, on, earlier[case.pk], known.get(case.pk, {})) for case in cases]


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


def _facts(case: Case, on: date, earlier: priors.Priors, told: dict[str, tuple[Told, ...]]) -> Facts:
    decided = tuple(
        penalty
        for decision in outcome.standing(case, on)
        for penalty in outcome.penalties(case, decision, decision.decided_on)
    )
    known = as_known_on(
        Facts(
            as_of=on,
            id=case.number or case.public_id,
            **sites.place(case),
            **sites.acts(case),
            prior_penalties=earlier,
            steps=_steps(case, on),
            decisions=decided,
            paid=outcome.paid(case, on),
            **referring.deeds(case, on),
            **period.facts(case, on),
            closing=outcome.closing(case),
            carries=CARRIES,
            native=_native(case, told, on),
        )
    )
    now = known.varied(**sites.found(case, on))
    return now.varied(settled=tuple(known.varied(**each) for each in referring.settled(case, on)))


def _steps(case: Case, on: date) -> Steps:
    first = {"found": case.found_on, "filed": case.filed_on}
    first["joined"] = joining.asked_on(case, on)
    return Steps(**first, **outcome.steps(case, on), **referring.steps(case, on))


def _closed(case: Case, on: date) -> bool:
    """Closed by its state, as of a day: an old file without the day counts as closed on any."""
    return case.state == CaseState.CLOSED and (case.closed_on is None or case.closed_on <= on)


def _native(case: Case, known: dict[str, tuple[Told, ...]], on: date) -> Native:
    standing = outcome.standing(case, on)
    return Native(
        unreviewed=weight.unreviewed(standing),
        undiscussed=weight.undiscussed(standing),
        revoked=natives.revoked(case),
        undone=outcome.undone(case, on),
        unpaid=outcome.unpaid(case, on),
        unserved=service.unserved(standing),
        rulings=outcome.rulings(case, on),
        sendings=referring.sendings(case),
        found=bool(case.minerals_now() or case.land_now()),
        handlers=len({case.handler_id, case.second_handler_id} - {None}),
        closed=_closed(case, on),
        **known,
    )
