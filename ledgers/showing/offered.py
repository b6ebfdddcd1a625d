"""What the board of a ledger's round offers the office above: accepting together, and 代录."""

from datetime import datetime

from django.urls import reverse

from accounts.models import User
from campaigns.models import Campaign, DutyKind
from campaigns.offers import Link, Offer
from campaigns.services.rounds import Round
from campaigns.stages import OWED
from ledgers.acts import LEDGER_ACTS
from ledgers.models import Consolidation, CountyLedger, ProxySeat
from ledgers.services.accepting_together import unchanged_below
from ledgers.services.proxies import silences


def offers_of(user: User, the_round: Round, now: datetime) -> list[Offer]:
    """Of a round that asks for ledgers; nothing for whoever stands above nobody."""
    rule = the_round.rule
    if rule.what != DutyKind.LEDGER or rule.campaign is None:
        return []
    return [*_together(user, rule.campaign), *_silent(user, the_round, now)]


def accept_link(user: User, campaign: Campaign) -> Link | None:
    """接收 7 份零报告和无变化报告, for who may and while there are any."""
    offices = [post.agency_id for post in user.current_postings]
    seats = CountyLedger.objects.filter(campaign=campaign, agency_id__in=offices).select_related(
        "agency", "campaign"
    )
    for total in map(Consolidation, seats):
        if LEDGER_ACTS.openness("accept_unchanged", user, total).ok:
            count = len(unchanged_below(user, total))
            url = reverse("ledgers:accept_unchanged", args=[campaign.code])
            return Link(f"接收 {count} 份零报告和无变化报告", url) if count else None
    return None


def _together(user, campaign) -> list[Offer]:
    link = accept_link(user, campaign)
    return [Offer((link,))] if link else []


def _silent(user, the_round, now) -> list[Offer]:
    owing = the_round.duties.filter(state__in=OWED).values("agency_id")
    ledgers = CountyLedger.objects.filter(campaign=the_round.rule.campaign, agency_id__in=owing)
    mine = [
        ledger
        for ledger in ledgers.select_related("agency__region", "campaign").order_by("agency__region_id")
        if LEDGER_ACTS.openness("enter_for_county", user, ProxySeat(ledger)).ok
    ]
    silent = silences(mine, now)
    links = tuple(
        Link(
            ledger.agency.region.name,
            reverse("ledgers:enter_for_county", args=[ledger.campaign.code, ledger.agency.code]),
        )
        for ledger in mine
        if silent[ledger.agency_id]
    )
    return [Offer(links, "没有人登录，收到来件可以代录：")] if links else []
