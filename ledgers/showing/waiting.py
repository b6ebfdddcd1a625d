"""What waits to be taken into a county's ledger, with what is suggested for it."""

from django.urls import reverse

from ledgers.acts import LEDGER_ACTS
from ledgers.models import Exclusion
from ledgers.services.candidates import SHOWN, candidates, count_waiting
from ledgers.showing.behind import KINDS, addresses


def page_of(user, ledger) -> dict:
    """The context of ledgers/entries/candidates.html."""
    waiting = candidates(ledger.campaign, ledger.agency)
    urls = addresses(user, [(candidate.kind, candidate.thing.public_id) for candidate in waiting])
    args = [ledger.campaign.code, ledger.agency.code]
    may = LEDGER_ACTS.openness("include_candidate", user, ledger).posting is not None
    return {
        "ledger": ledger,
        "count": count_waiting(ledger.campaign, ledger.agency) if len(waiting) == SHOWN else len(waiting),
        "waiting": [_line(candidate, urls) for candidate in waiting],
        "may": may,
        "include_url": reverse("ledgers:include_candidate", args=args),
        "exclude_url": reverse("ledgers:exclude_candidate", args=args),
        "left_out": left_out(user, ledger),
    }


def _line(candidate, urls) -> dict:
    return {
        "pick": candidate.key,
        "kind": KINDS[candidate.kind][0],
        "words": str(candidate.thing),
        "url": urls.get((candidate.kind, candidate.thing.public_id), ""),
        "party": candidate.party,
        "place": candidate.place,
        "mineral": candidate.mineral,
        "opened_on": candidate.opened_on,
        "flags": [("结转", "")] if candidate.carried_over else [],
        "joint": candidate.joint,
        "near": candidate.near,
    }


def left_out(user, ledger) -> list[dict]:
    """不纳入 so far, with who said so and why."""
    rows = (
        Exclusion.objects.filter(campaign=ledger.campaign)
        .select_related("clue__agency", "case__agency", "matter__agency", "recorded_by")
        .order_by("-pk")
    )
    mine = [
        exclusion
        for exclusion in rows
        if (exclusion.case or exclusion.clue or exclusion.matter).agency.region_id == ledger.agency.region_id
    ]
    things = {exclusion.pk: _thing(exclusion) for exclusion in mine}
    urls = addresses(user, [(kind, thing.public_id) for kind, thing in things.values()])
    return [
        {
            "kind": KINDS[things[exclusion.pk][0]][0],
            "words": str(things[exclusion.pk][1]),
            "url": urls.get((things[exclusion.pk][0], things[exclusion.pk][1].public_id), ""),
            "reason": exclusion.reason,
            "who": exclusion.recorded_by.name,
            "at": exclusion.recorded_at,
        }
        for exclusion in mine
    ]


def _thing(exclusion):
    if exclusion.case_id:
        return "case", exclusion.case
    return ("clue", exclusion.clue) if exclusion.clue_id else ("matter", exclusion.matter)
