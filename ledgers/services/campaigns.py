"""Opening and amending a campaign: its region, its days, and who takes part."""

import re

from django.db import transaction

from accounts.models import Agency, AgencyKind
from accounts.services import deeds, trail
from common.errors import Forbidden, Refused
from ledgers.acts import CAMPAIGN_ACTS, OPEN_CAMPAIGN
from ledgers.models import Campaign, CampaignMember, DutyRule
from ledgers.services.duty_rules import begin_rule, realign_campaign
from ledgers.services.ledger_forms import has_form

TAKING_PART = (AgencyKind.NATURAL_RESOURCES, AgencyKind.POLICE)
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@transaction.atomic
def open_campaign(
    *, by, code, name, region, from_day, to_day=None, form=("luliang", 1), settings=None, half_monthly=True
) -> Campaign:
    """Open an empty campaign; every 自然资源 and 公安 agency of the region takes part.

    `half_monthly` sets its reporting rule, too. `by` holds a liaison's post in the region. Raises
    Refused for a code in use or days that don't fit.
    """
    posting = next(
        (
            one
            for one in by.current_postings
            if one.role in OPEN_CAMPAIGN.roles and one.agency.region_id == region.code
        ),
        None,
    )
    if posting is None:
        raise Forbidden(f"{OPEN_CAMPAIGN.label}由{region.name}的联络员办理，您没有这个岗位。")
    if not CODE.fullmatch(code):
        raise Refused("代码只用小写字母、数字和短横线，不超过40个字符。")
    if Campaign.objects.filter(code=code).exists():
        raise Refused(f"代码“{code}”已经用过，请换一个。")
    if to_day and to_day < from_day:
        raise Refused("结束日期不能早于开始日期，请核对。")
    if not has_form(*form):
        raise Refused("没有这个台账表式，请核对。")
    campaign = Campaign.objects.create(
        code=code,
        name=name,
        region=region,
        from_day=from_day,
        to_day=to_day,
        form_code=form[0],
        form_version=form[1],
        settings=settings or {},
    )
    members = agencies_of(region)
    CampaignMember.objects.bulk_create(CampaignMember(campaign=campaign, agency=agency) for agency in members)
    if half_monthly:
        begin_rule(campaign=campaign, agency=posting.agency)
    trail.record(
        by=by,
        posting=posting,
        act=OPEN_CAMPAIGN,
        thing=campaign,
        happened_on=from_day,
        changes={"名称": ("", name), "成员单位": ("", f"{len(members)}个")},
    )
    return campaign


def agencies_of(region) -> list[Agency]:
    """The 自然资源 and 公安 agencies of a region and of all below it, those ended left out."""
    return list(
        Agency.objects.filter(
            region__code__startswith=region.stem, kind__in=TAKING_PART, ended_on=None
        ).order_by("region_id", "kind", "code")
    )


@transaction.atomic
def amend_campaign(*, by, campaign, name, from_day, to_day=None, version=None) -> Campaign:
    """Correct its name, move its days; rules that ran to its end run to the new one.

    Raises Refused for days that don't fit.
    """
    campaign = deeds.lock(campaign, version)
    posting = CAMPAIGN_ACTS.require("amend_campaign", by, campaign)
    if to_day and to_day < from_day:
        raise Refused("结束日期不能早于开始日期，请核对。")
    ended = campaign.to_day
    changes = deeds.save(campaign, name=name, from_day=from_day, to_day=to_day)
    if to_day != ended:
        DutyRule.objects.filter(campaign=campaign, to_day=ended).update(to_day=to_day)
        realign_campaign(campaign)
    trail.record(
        by=by, posting=posting, act=CAMPAIGN_ACTS.get("amend_campaign"), thing=campaign, changes=changes
    )
    return campaign
