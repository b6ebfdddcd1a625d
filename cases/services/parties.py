"""当事人 of a case: one typed wrongly is set right or taken off; the sealed number is opened.

The registry's row may stand in other cases too: what would make another person of it is entered
as a row of its own for this case, and the case's penalty items and services follow.
"""

from django.db import transaction

from accounts.models import Posting, User
from accounts.services import deeds, trail
from cases.acts import ACTS
from cases.models import Case, CaseParty, DecisionState, PartyService, PenaltyItem
from cases.services import flags
from clues.services.suspects import in_other_clues
from common.errors import Refused
from common.words import fold
from registry.models import Party, PartyKind
from registry.services.parties import PartyDetails, find_or_add_party
from registry.services.party_facts import (
    PartyFacts,
    changed,
    opened_party,
    rewrite_party,
    shown_party,
)
from registry.services.sealing import identity_of

WAITING_OR_MADE = (DecisionState.PROPOSED, DecisionState.MADE)


@transaction.atomic
def correct_party(
    *, by: User, case: Case, version: int | str | None = None, row: CaseParty, reason: str, **who: str
) -> Case:
    """Set right what was typed wrongly of a party; an empty number or phone stays as it is."""
    case = deeds.lock(case, version)
    posting = ACTS.require("correct_party", by, case)
    row = _row(case, row)
    if not reason.strip():
        raise Refused("请写明更正的理由。")
    if row.party.kind == PartyKind.UNKNOWN:
        raise Refused("还没有查明的当事人，请用“查明当事人”登记。")
    party, details = Party.objects.select_for_update().get(pk=row.party_id), PartyDetails(**who)
    if other := _somebody_else(by, case, party, details):
        changes = _put_in_place(case, row, party, other)
    else:
        changes = rewrite_party(party, details)
    if not changes:
        raise Refused("没有改动，不必提交。")
    flags.save(case)
    _record(by, posting, "correct_party", case, {"更正的当事人": ("", str(party)), **changes}, reason)
    return case


def _row(case: Case, row: CaseParty) -> CaseParty:
    return case.parties.select_for_update(of=("self",)).select_related("party").get(pk=row.pk)


def _somebody_else(by: User, case: Case, party: Party, details: PartyDetails) -> Party | None:
    """The registry's row that this case must point at instead; None where its own is set right.

    Another row, where the office knows the number under it already, or where other cases or clues
    name the present row and the correction would make another person of it.
    """
    number = identity_of(details.kind, details.identity)
    moved = bool(number) and number.index != party.identity_index
    named_elsewhere = moved and Party.objects.filter(
        agency=case.agency, kind=details.kind, identity_index=number.index
    ).exclude(pk=party.pk)
    unsure = not party.identity_index and not number and fold(details.name) != party.name_fold
    if named_elsewhere and named_elsewhere.exists() or ((moved or unsure) and _elsewhere(case, party)):
        return find_or_add_party(by=by, agency=case.agency, details=details)
    return None


def _elsewhere(case: Case, party: Party) -> bool:
    in_cases = CaseParty.objects.filter(party=party).exclude(case=case).exists()
    return in_cases or in_other_clues(party, case.clue)


def _put_in_place(case: Case, row: CaseParty, party: Party, other: Party) -> dict:
    if case.parties.filter(party=other).exists():
        raise Refused(f"{other}已经是本案当事人，请去掉重复登记的一项。")
    row.party = other
    row.save(update_fields=["party"])
    PenaltyItem.objects.filter(decision__case=case, party=party).update(party=other)
    made = {"decision__case": case, "decision__state": DecisionState.MADE}
    PartyService.objects.filter(**made, party=party).update(party=other)
    return changed(shown_party(party), shown_party(other)) or {"证件号码": ("", "已更正")}


@transaction.atomic
def remove_party(
    *, by: User, case: Case, version: int | str | None = None, row: CaseParty, reason: str
) -> Case:
    """Take off a party entered by mistake; refused where a penalty names it, or all jointly."""
    case = deeds.lock(case, version)
    posting = ACTS.require("remove_party", by, case)
    row = _row(case, row)
    if not reason.strip():
        raise Refused("请写明去掉的理由。")
    if case.parties.count() == 1:
        raise Refused("案件至少要有一名当事人。登记错了的，请用“更正当事人”。")
    items = PenaltyItem.objects.filter(decision__case=case, decision__state__in=WAITING_OR_MADE)
    if items.filter(party=row.party).exists():
        raise Refused(f"{row.party}有处罚项，不能去掉。请先更正或者撤销处罚决定。")
    if items.filter(party=None).exists():
        raise Refused("本案有当事人共同承担的处罚项，不能去掉当事人。请先更正或者撤销处罚决定。")
    gone = str(row.party)
    row.delete()
    flags.save(case)
    _record(by, posting, "remove_party", case, {"当事人": (gone, "去掉")}, reason)
    return case


@transaction.atomic
def unmask_party(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    reason: str,
    row: CaseParty | None = None,
    purpose: str = "",
) -> list[PartyFacts]:
    """Open numbers and phones once, for a reason: of one party, or of all for a paper to be signed.

    The trail keeps who asked, for whose and why; never the number.
    """
    case = deeds.lock(case, version)
    posting = ACTS.require("unmask_party", by, case)
    if not reason.strip():
        raise Refused("请写明查看的事由。")
    links = case.parties.select_related("party")
    links = links.filter(pk=row.pk) if row else links
    parties = [each.party for each in links]
    changes = {"查看证件号码": ("", [str(party) for party in parties])}
    if purpose:
        changes["用途"] = ("", purpose)
    deeds.save(case)
    _record(by, posting, "unmask_party", case, changes, reason)
    return [opened_party(party) for party in parties]


def _record(by: User, posting: Posting, name: str, case: Case, changes: dict, reason: str) -> None:
    trail.record(
        by=by, posting=posting, act=ACTS.get(name), thing=case, changes=changes, reason=reason.strip()
    )
