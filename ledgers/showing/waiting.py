"""What waits to be taken into a county's ledger, with what is suggested for it."""

from django.urls import reverse

from ledgers.acts import LEDGER_ACTS
from ledgers.models import Exclusion
from ledgers.services.candidates import candidates
from ledgers.showing.behind import KINDS, addresses


def page_of(user, ledger) -> dict:
    """The context of ledgers/entries/candidates.html."""
    found = candidates(ledger.campaign, ledger.agency)
    seen = addresses(user, [(one.kind, one.thing.public_id) for one in found])
    args = [ledger.campaign.code, ledger.agency.code]
    may = LEDGER_ACTS.openness("include_matter", user, ledger).posting is not None
    return {
        "ledger": ledger,
        "waiting": [_line(one, seen) for one in found],
        "may": may,
        "include_url": reverse("ledgers:include_matter", args=args),
        "exclude_url": reverse("ledgers:exclude_matter", args=args),
        "left_out": left_out(user, ledger),
    }


def _line(one, seen) -> dict:
    return {
        "pick": one.key,
        "kind": KINDS[one.kind][0],
        "words": str(one.thing),
        "url": seen.get((one.kind, one.thing.public_id), ""),
        "party": one.party,
        "place": one.place,
        "mineral": one.mineral,
        "opened_on": one.opened_on,
        "flags": [("结转", "")] if one.carried_over else [],
        "joint": one.joint,
        "near": one.near,
    }


def left_out(user, ledger) -> list[dict]:
    """不纳入 so far, with who said so and why."""
    rows = (
        Exclusion.objects.filter(campaign=ledger.campaign)
        .select_related("clue__agency", "case__agency", "matter__agency", "recorded_by")
        .order_by("-pk")
    )
    mine = [
        one
        for one in rows
        if (one.case or one.clue or one.matter).agency.region_id == ledger.agency.region_id
    ]
    things = {one.pk: _thing(one) for one in mine}
    seen = addresses(user, [(kind, thing.public_id) for kind, thing in things.values()])
    return [
        {
            "kind": KINDS[things[one.pk][0]][0],
            "words": str(things[one.pk][1]),
            "url": seen.get((things[one.pk][0], things[one.pk][1].public_id), ""),
            "reason": one.reason,
            "who": one.recorded_by.name,
            "at": one.recorded_at,
        }
        for one in mine
    ]


def _thing(one):
    if one.case_id:
        return "case", one.case
    return ("clue", one.clue) if one.clue_id else ("matter", one.matter)
