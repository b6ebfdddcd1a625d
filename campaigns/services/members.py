"""Who takes part in a campaign: agencies come in, and go as long as they left nothing."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Agency, User
from accounts.services import deeds, trail
from campaigns import keeping
from campaigns.acts import CAMPAIGN_ACTS
from campaigns.models import BOOKS, Campaign, CampaignMember
from campaigns.services.realigning import realign_campaign
from common.errors import Refused

NAMED = 3


@transaction.atomic
def amend_members(
    *, by: User, campaign: Campaign, members: Iterable[Agency], version: int | None = None
) -> Campaign:
    """Make exactly `members` the agencies that take part.

    Raises Refused where one of those leaving has entries, reports, imports or rows of its books,
    and where nobody would be left.
    """
    act = CAMPAIGN_ACTS.get("amend_members")
    campaign = deeds.lock(campaign, version)
    posting = CAMPAIGN_ACTS.require("amend_members", by, campaign)
    wanted = {agency.pk: agency for agency in members}
    if not wanted:
        raise Refused("专项行动至少要有一个成员单位。")
    if set(wanted) - set(eligible(campaign).values_list("pk", flat=True)):
        raise Refused(f"只能选择{campaign.region.name}范围内的机构，请重新选择。")
    # Locked, so that nobody writes into a book of an agency that is just leaving.
    members_now = campaign.members.select_related("agency").select_for_update(of=("self",))
    now = {member.agency_id: member.agency for member in members_now}
    leaving = [agency for pk, agency in now.items() if pk not in wanted]
    coming = [agency for pk, agency in wanted.items() if pk not in now]
    if not leaving and not coming:
        raise Refused("成员单位没有变化。")
    _refuse_who_left_something(campaign, leaving)
    campaign.members.filter(agency__in=leaving).delete()
    CampaignMember.objects.bulk_create(CampaignMember(campaign=campaign, agency=agency) for agency in coming)
    deeds.save(campaign)
    realign_campaign(campaign)
    changes = {"增加": ("", "、".join(map(str, coming))), "移出": ("", "、".join(map(str, leaving)))}
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=campaign,
        changes={label: pair for label, pair in changes.items() if pair[1]},
    )
    return campaign


def eligible(campaign: Campaign) -> QuerySet:
    """Agencies of the campaign's region and all below: those open, and whoever takes part now."""
    agencies = Agency.objects.filter(region__code__startswith=campaign.region.stem)
    staying = campaign.members.values("agency_id")
    return (agencies.filter(ended_on=None) | agencies.filter(pk__in=staying)).distinct()


def _refuse_who_left_something(campaign: Campaign, leaving: list[Agency]) -> None:
    blocking = set()
    for model in (*keeping.kinds(), *BOOKS.values()):
        rows = model.objects.filter(campaign=campaign, agency__in=leaving)
        blocking.update(rows.values_list("agency__name", flat=True))
    if blocking:
        names = "、".join(sorted(blocking)[:NAMED]) + ("等" if len(blocking) > NAMED else "")
        raise Refused(f"{names}在本专项行动中已有台账条目、报送、导入或者组织实施的登记，不能移出。")
