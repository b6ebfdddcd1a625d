"""How often, when and by whom a party was penalised, over all counties: numbers, days and offices, no row.

The only place that counts past `visible_to` (自然资办函〔2021〕1288号二): a repeat offender is one
wherever the earlier decision was made.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cases.models import Case, CaseParty, Decision, DecisionState, PenaltyItem
from registry.models import Party, PartyKind

YEARS = 2


def decisions_before(case: Case, on: date, side: str = "") -> int:
    """Most decisions of the two years before `on` that any one party of `case` was served and that stand.

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
        Decision.objects.filter(in_file, state=DecisionState.MADE, served_on__isnull=False)
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


@dataclass(frozen=True)
class EarlierPenalty:
    """A penalty that was served and stands: its day and the office, nothing of the file.

    `sure` where the identity number is the same; else name and address are, to be checked by somebody.
    """

    decided_on: date
    office: str
    sure: bool


def penalties_of(party: Party) -> list[EarlierPenalty]:
    """What `party` was penalised for in every county, newest first, and what somebody alike was.

    The same by identity number or 统一社会信用代码; alike where name and address are the same and one of the
    two has no number. Two numbers that differ are two persons.
    """
    found = Q(pk=party.pk)
    if party.identity_index:
        found |= Q(identity_index=party.identity_index)
    same = {row.pk: True for row in Party.objects.filter(found)}
    alike = Party.objects.filter(kind=party.kind, name_fold=party.name_fold, address=party.address)
    if not party.address:
        alike = alike.none()
    elif party.identity_index:
        alike = alike.filter(identity_index="")
    everybody = {row.pk: False for row in alike} | same
    decisions = (
        Decision.objects.filter(
            case__parties__party__in=everybody, state=DecisionState.MADE, served_on__isnull=False
        )
        .filter(Q(items__party=None) | Q(items__party__in=everybody))
        .values_list("pk", "decided_on", "case__agency__name", "items__party", "case__parties__party")
    )
    sure: dict[tuple, bool] = {}
    for pk, on, office, fined, involved in decisions:
        if involved in everybody and fined in (None, involved):
            sure[on, pk, office] = sure.get((on, pk, office), False) or everybody[involved]
    newest_first = sorted(sure.items(), reverse=True)
    return [EarlierPenalty(on, office, same) for (on, _, office), same in newest_first]
