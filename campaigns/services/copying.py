"""复制上一次专项行动: what stays the same from one year to the next."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from accounts.services import trail
from campaigns.acts import CAMPAIGN_ACTS
from campaigns.models import (
    Campaign,
    CampaignMember,
    CampaignViolation,
    GroupMember,
    Phase,
    ScreeningTarget,
    TaskForce,
)
from campaigns.models.book import BookRow
from campaigns.services.campaigns import CampaignDraft, open_campaign
from campaigns.services.duty_rules import copy_rules

LATER = {Phase: ("from_day", "to_day"), ScreeningTarget: ("planned_on",)}
ANEW = {  # what the new one starts without
    TaskForce: {"lodged_on": None},
    ScreeningTarget: {"done_on": None, "found": "", "result": ""},
}
ALWAYS = (GroupMember, TaskForce, Phase, CampaignViolation)


@transaction.atomic
def copy_campaign(
    *,
    by: User,
    campaign: Campaign,
    code: str,
    name: str,
    from_day: date,
    screening: bool = False,
    version: int | None = None,
) -> Campaign:
    """Open a campaign like `campaign` that begins on `from_day`; every day moves by as many days.

    Taken over: settings, form, members still open, reporting rules, leading group, task forces with
    their people (to be filed again), phases, 打击重点; with `screening` the plan without its
    results. Meetings, papers, inspections, honours are not.
    """
    posting = CAMPAIGN_ACTS.require("copy_campaign", by, campaign)
    shift = from_day - campaign.from_day
    draft = CampaignDraft(
        code=code,
        name=name,
        region=campaign.region,
        from_day=from_day,
        to_day=campaign.to_day and campaign.to_day + shift,
        settings=campaign.settings,
        form=(campaign.form_code, campaign.form_version),
        half_monthly=False,
    )
    new = open_campaign(by=by, draft=draft)
    agencies = list(campaign.members.filter(agency__ended_on=None).values_list("agency_id", flat=True))
    _take_over_members(new, agencies)
    rules = copy_rules(campaign=campaign, new=new, shift=shift)
    models = (*ALWAYS, ScreeningTarget) if screening else ALWAYS
    counts = {
        str(model._meta.verbose_name): _copy(by, model, campaign, new, agencies, shift) for model in models
    }
    trail.record(
        by=by,
        posting=posting,
        act=CAMPAIGN_ACTS.get("copy_campaign"),
        thing=new,
        changes={
            "复制自": ("", str(campaign)),
            "日期顺延": ("", f"{shift.days}天"),
            "成员单位": ("", f"{len(agencies)}个"),
            **({"报送规则": ("", f"{rules}条")} if rules else {}),
            **{label: ("", f"{count}条") for label, count in counts.items() if count},
        },
    )
    return new


def _take_over_members(new: Campaign, agencies: list[int]) -> None:
    """Those of the old campaign instead of everybody whom opening one brings in."""
    new.members.exclude(agency_id__in=agencies).delete()
    there = set(new.members.values_list("agency_id", flat=True))
    CampaignMember.objects.bulk_create(
        CampaignMember(campaign=new, agency_id=pk) for pk in agencies if pk not in there
    )


def _copy(
    by: User, model: type[BookRow], campaign: Campaign, new: Campaign, agencies: list[int], shift: timedelta
) -> int:
    rows = model.objects.filter(campaign=campaign, agency_id__in=agencies).standing()
    rows = rows.select_related("agency").order_by("pk")
    made = {}
    for row in rows.prefetch_related("parts") if model.part_of else rows:
        values = {name: getattr(row, name) for name in model.shown} | ANEW.get(model, {})
        for name in LATER.get(model, ()):
            values[name] = values[name] and values[name] + shift
        made[row] = model(campaign=new, agency=row.agency, recorded_by=by, **values)
    model.objects.bulk_create(made.values())
    if model.part_of:
        model.part_of.objects.bulk_create(
            model.part_of(row=copy, position=part.position, **{n: getattr(part, n) for n in part.names})
            for row, copy in made.items()
            for part in row.parts.all()
        )
    _record(by, campaign, made.values())
    return len(made)


def _record(by: User, campaign: Campaign, rows: Iterable[BookRow]) -> None:
    """Each row's own record says where it came from, in its agency's chain."""
    by_agency = {}
    for row in rows:
        by_agency.setdefault(row.agency_id, []).append(row)
    for several in by_agency.values():
        trail.record_many(
            by=by,
            act=CAMPAIGN_ACTS.get("copy_campaign"),
            chain=several[0].trail_chain,
            lines=[(row, {"复制自": ("", str(campaign))}) for row in several],
        )
