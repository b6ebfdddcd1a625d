"""Opening and amending a campaign: its region, its days, and who takes part."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from accounts.models import Agency, AgencyKind, Posting, Region, User
from accounts.services import deeds, trail
from campaigns import forms_offered
from campaigns.acts import CAMPAIGN_ACTS, OPEN_CAMPAIGN
from campaigns.models import Campaign, CampaignMember, DutyRule
from campaigns.services.duty_rules import begin_rule
from campaigns.services.realigning import realign_campaign
from common.errors import Forbidden, Refused

TAKING_PART = (AgencyKind.NATURAL_RESOURCES, AgencyKind.POLICE)
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class CampaignDraft:
    """What a campaign is to be: `code` stands in addresses permanently, `form` is (code, version)."""

    code: str
    name: str
    region: Region
    from_day: date
    to_day: date | None = None
    form: tuple[str, int] = field(default_factory=forms_offered.default)
    settings: dict = field(default_factory=dict)
    # Sets the half-monthly reporting rule, too.
    half_monthly: bool = True


@transaction.atomic
def open_campaign(*, by: User, draft: CampaignDraft) -> Campaign:
    """Open an empty campaign; every 自然资源 and 公安 agency of the region takes part.

    `by` holds a liaison's post in the region. Raises Refused for a code in use, days that don't
    fit or a form that isn't there.
    """
    posting = _liaison_of(by, draft.region)
    _check(draft)
    campaign = Campaign.objects.create(
        code=draft.code,
        name=draft.name,
        region=draft.region,
        from_day=draft.from_day,
        to_day=draft.to_day,
        form_code=draft.form[0],
        form_version=draft.form[1],
        settings=draft.settings,
    )
    members = agencies_of(draft.region)
    CampaignMember.objects.bulk_create(CampaignMember(campaign=campaign, agency=agency) for agency in members)
    if draft.half_monthly:
        begin_rule(campaign=campaign, agency=posting.agency)
    trail.record(
        by=by,
        posting=posting,
        act=OPEN_CAMPAIGN,
        thing=campaign,
        happened_on=draft.from_day,
        changes={"名称": ("", draft.name), "成员单位": ("", f"{len(members)}个")},
    )
    return campaign


def _liaison_of(by: User, region: Region) -> Posting:
    for posting in by.current_postings:
        if posting.role in OPEN_CAMPAIGN.roles and posting.agency.region_id == region.code:
            return posting
    raise Forbidden(f"{OPEN_CAMPAIGN.label}由{region.name}的联络员办理，您没有这个岗位。")


def _check(draft: CampaignDraft) -> None:
    if not CODE.fullmatch(draft.code):
        raise Refused("代码只用小写字母、数字和短横线，不超过40个字符。")
    if Campaign.objects.filter(code=draft.code).exists():
        raise Refused(f"代码“{draft.code}”已经用过，请换一个。")
    if draft.to_day and draft.to_day < draft.from_day:
        raise Refused("结束日期不能早于开始日期，请核对。")
    if not forms_offered.check(*draft.form):
        raise Refused("没有这个台账表式，请核对。")


def agencies_of(region: Region) -> list[Agency]:
    """The 自然资源 and 公安 agencies of a region and of all below it, those ended left out."""
    return list(
        Agency.objects.filter(
            region__code__startswith=region.stem, kind__in=TAKING_PART, ended_on=None
        ).order_by("region_id", "kind", "code")
    )


@transaction.atomic
def amend_campaign(
    *,
    by: User,
    campaign: Campaign,
    name: str,
    from_day: date,
    to_day: date | None = None,
    version: int | None = None,
) -> Campaign:
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
