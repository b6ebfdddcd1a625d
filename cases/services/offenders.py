"""How often, when and by whom a party was penalised, over all counties: numbers, days and offices, no row.

The only place that counts past `visible_to` (自然资办函〔2021〕1288号二): a repeat offender is one
wherever the earlier decision was made.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cases.models import Decision, DecisionState
from law.crimes import illegal_mining_priors
from law.facts import day_of
from law.findings import Case as Held
from law.words import ART_3
from registry.models import Party


def illegal_mining_before(held: Held) -> int | None:
    """Most penalties for 非法采矿 that any one party was served before the new act, within the law's years
    of it (法释〔2016〕25号 art 3①(三)); None where the case itself is no such act.

    Where nobody says when the act ended, the day it was found stands in for this hint alone.
    """
    facts = held.facts
    if not facts.codes & ART_3:
        return None
    if facts.acts_ended is None:
        facts = facts.varied(acts_ended=day_of(facts.steps.found or facts.steps.filed))
    return len(illegal_mining_priors(facts, held.figures))


@dataclass(frozen=True)
class EarlierPenalty:
    """A penalty that was served and stands: its day and the office, nothing of the file.

    `sure` where the identity number is the same; else name and address are, to be checked by somebody.
    """

    decided_on: date
    office: str
    sure: bool


def penalties_of(party: Party) -> list[EarlierPenalty]:
    """What `party` was penalised for in every county, newest first, and what somebody alike was: where it
    was served on that very party, whoever else of the decision was or wasn't (行政处罚法 art 61).

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
        Decision.objects.filter(case__parties__party__in=everybody, state=DecisionState.MADE)
        .filter(Q(items__party=None) | Q(items__party__in=everybody))
        .filter(served__isnull=False, served__withdrawn_at=None)
        .values_list(
            *("pk", "decided_on", "case__agency__name"),
            *("items__party", "served__party", "case__parties__party"),
        )
    )
    sure: dict[tuple, bool] = {}
    for pk, on, office, fined, served, involved in decisions:
        if involved in everybody and {fined, served} <= {None, involved}:
            sure[on, pk, office] = sure.get((on, pk, office), False) or everybody[involved]
    newest_first = sorted(sure.items(), reverse=True)
    return [EarlierPenalty(on, office, same) for (on, _, office), same in newest_first]
