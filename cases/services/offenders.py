"""How often a party was penalised within two years, over all counties: a number and no row.

The only place that counts past `visible_to` (自然资办函〔2021〕1288号二): a repeat offender is one
wherever the earlier decision was made.
"""

from datetime import date

from django.db.models import Q

from cases.models import Case, CaseParty, Decision, DecisionState, PenaltyItem
from registry.models import Party, PartyKind

YEARS = 2


def decisions_before(case: Case, on: date, side: str = "") -> int:
    """Most standing decisions of the two years before `on` that any one party of `case` received.

    A party is recognised by the keyed index of its identity number; where none is known, only the
    registry's own row counts. `side` narrows to mining or land.
    """
    return max((_decisions_of(each.party, case, on, side) for each in _parties(case)), default=0)


def _parties(case: Case) -> list[CaseParty]:
    return [each for each in case.parties.all() if each.party.kind != PartyKind.UNKNOWN]


def _decisions_of(party: Party, case: Case, on: date, side: str) -> int:
    same = Q(party=party)
    in_file = Q(case__parties__party=party)
    if party.identity_index:
        same |= Q(party__identity_index=party.identity_index)
        in_file |= Q(case__parties__party__identity_index=party.identity_index)
    items = PenaltyItem.objects.filter(Q(party=None) | same)
    if side:
        items = items.filter(side=side)
    return (
        Decision.objects.filter(in_file, state=DecisionState.MADE)
        .filter(decided_on__lte=on, decided_on__gt=two_years_before(on))
        .filter(pk__in=items.values("decision_id"))
        .exclude(case=case)
        .distinct()
        .count()
    )


def two_years_before(day: date) -> date:
    """The same day two years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - YEARS)
    except ValueError:
        return day.replace(year=day.year - YEARS, day=28)
