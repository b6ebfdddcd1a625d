"""Earlier penalties of a case's parties, over all counties: days and kinds, never a foreign file.

With services/offenders.py the only place that looks past `visible_to` (自然资办函〔2021〕1288号二). A party
is found again by the keyed index of its number; where it has none, the registry's own row alone counts.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q

from cases.assessing import service
from cases.models import Case, CaseParty, Decision, DecisionState, PenaltyItem
from law.facts import Prior
from law.words import ART_3, GRASS, is_mining
from registry import codes
from registry.models import Party, PartyKind

MINING, LAND, FARMLAND, GRASSLAND, OTHER = (
    *("illegal_mining", "illegal_land", "illegal_farmland", "illegal_grassland", "other"),
)
# 有采矿权未取得采矿许可证: whether it is 非法采矿 isn't settled, so the kind isn't known.
UNSETTLED = "K26"
NOT_OCCUPYING = frozenset({"T24", "T31", "T32", "T51"})
TILLED = frozenset({"T21", "T22", "T23"})
_ITEMS = Prefetch("items", PenaltyItem._base_manager.select_related("violation"))
Priors = tuple[Prior, ...] | None


def priors_of(cases: list[Case], on: date) -> dict[int, Priors]:
    """By case: penalties on that one of its parties who has most of the case's own sort.

    None where nothing was found and somebody can't be looked for by number.
    """
    people = {case.pk: _named(case) for case in cases}
    earlier = _earlier({party for each in people.values() for party in each}, on)
    return {case.pk: _of_case(case, people[case.pk], earlier) for case in cases}


def _named(case: Case) -> list[Party]:
    return [each.party for each in case.parties.all() if each.party.kind != PartyKind.UNKNOWN]


def _key(party_id: int, identity_index: str) -> str:
    return identity_index or f"#{party_id}"


def _earlier(parties: set[Party], on: date) -> dict[str, list[tuple[int, Prior]]]:
    """By person: (case, penalty) of every decision that stands."""
    indexes = {party.identity_index for party in parties if party.identity_index}
    links = CaseParty.objects.filter(Q(party__in=parties) | Q(party__identity_index__in=indexes)).values_list(
        "case_id", "party_id", "party__identity_index"
    )
    keys: dict[int, dict[int, str]] = {}
    met: dict[str, set[int]] = {}
    for case_id, party_id, index in links:
        key = _key(party_id, index)
        keys.setdefault(case_id, {})[party_id] = key
        met.setdefault(key, set()).add(case_id)
    # Who stands in one case alone has nothing earlier: most people, and then nothing is read.
    keys = {pk: people for pk, people in keys.items() if any(len(met[key]) > 1 for key in people.values())}
    if not keys:
        return {}
    by_key: dict[str, list[tuple[int, Prior]]] = {}
    for decision in _decisions(keys, on):
        for party_id, key in keys[decision.case_id].items():
            penalties = _penalties(decision, party_id, on)
            by_key.setdefault(key, []).extend((decision.case_id, each) for each in penalties)
    return by_key


def _decisions(case_ids: Iterable[int], on: date) -> Iterable[Decision]:
    return (
        Decision.objects.filter(case__in=list(case_ids), state=DecisionState.MADE, decided_on__lte=on)
        .select_related("case")
        .prefetch_related(_ITEMS, "served", "case__violations", "case__land_findings")
        .order_by("decided_on", "pk")
    )


def _penalties(decision: Decision, party_id: int, on: date) -> list[Prior]:
    """One per sort of act: two sorts of land count as one, for a decision is one penalty. It was received
    by whom it was served on, whoever else of the decision was or wasn't."""
    kinds = set()
    for item in decision.items.all():
        if item.party_id in (None, party_id):
            kinds |= {_kind(code, decision.case) for code in _codes(item, decision.case)}
    land = next((kind for kind in (GRASSLAND, FARMLAND, LAND) if kind in kinds), None)
    sorts = [kind for kind in (MINING, land) if kind and kind in kinds]
    if not sorts:
        sorts = [None if None in kinds else OTHER] if kinds else []
    served = service.served_on(decision, party_id)
    reached = served is not None and served <= on
    return [Prior(decision.decided_on, kind, served=reached) for kind in sorts]


def _codes(item, case: Case) -> list[str]:
    """The violation that a penalty is for, else all of its side."""
    if item.violation:
        return [item.violation.code]
    return [each.code for each in case.violations.all() if each.side == item.side]


def _kind(code: str, case: Case) -> str | None:
    if is_mining(code):
        return MINING if code in ART_3 else None if code == UNSETTLED else OTHER
    if code in NOT_OCCUPYING:
        return OTHER
    classes = [codes.by_code("land_classes")[row.land_class] for row in case.land_now()]
    if any(each["name"] == GRASS for each in classes):
        return GRASSLAND
    tilled = code in TILLED or any(each["group"] == "农用地" for each in classes)
    return FARMLAND if tilled else LAND


def _of_case(case: Case, people: list[Party], earlier: dict) -> Priors:
    mining = any(is_mining(each.code) for each in case.violations.all())
    counts = {MINING} if mining else {FARMLAND, GRASSLAND}
    lists = [
        [prior for other, prior in earlier.get(_key(each.pk, each.identity_index), ()) if other != case.pk]
        for each in people
    ]
    most = max(
        lists, key=lambda priors: (sum(each.what in counts for each in priors), len(priors)), default=[]
    )
    searched = bool(people) and all(each.identity_index for each in people)
    return tuple(most) if most or searched else None
