"""A campaign (专项行动): what is counted together, where, from when to when, by whom."""

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import Agency, AgencyKind, Region, User
from campaigns import forms_offered
from campaigns.counting import ONLY_WITHIN
from common.slots import guests


def organisation_url(campaign) -> str:
    """The page of a campaign's organisation."""
    return reverse("campaigns:organisation", args=[campaign.code])


class CampaignQuerySet(models.QuerySet):
    """Campaigns, and those a person's agencies take part in."""

    def visible_to(self, user):
        """Campaigns one of the person's agencies is a member of, or one below it is."""
        if not user.current_postings:
            return self.none()
        paths = user.reach_paths()
        members = CampaignMember.objects.filter(agency__in=Agency.objects.within(paths))
        outside = CampaignMember.objects.filter(agency_id__in=user.granted_agency_ids())
        return self.filter(
            models.Q(pk__in=members.values("campaign_id")) | models.Q(pk__in=outside.values("campaign_id"))
        )


class Campaign(models.Model):
    """Its form is named with its version; its settings are data (`design rules marked *`)."""

    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="区域")
    from_day = models.DateField("自")
    to_day = models.DateField("至", null=True, blank=True)
    form_code = models.CharField("台账表式", max_length=30, default=forms_offered.default_code)
    form_version = models.PositiveSmallIntegerField("表式版本", default=forms_offered.default_version)
    settings = models.JSONField("设置", default=dict, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    state = "open"
    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-from_day", "code"]
        verbose_name = verbose_name_plural = "专项行动"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The page that an upper app seated as the campaign's own; else its organisation."""
        seated = guests("campaign.page")
        return seated[0].url(self.code) if seated else organisation_url(self)

    @cached_property
    def agency(self) -> Agency | None:
        """The 自然资源 agency of its region, whose liaison keeps the campaign itself."""
        return Agency.objects.natural_resources().filter(region_id=self.region_id, ended_on=None).first()

    @property
    def form(self) -> forms_offered.OfferedForm:
        """The official form in the version this campaign reports with."""
        return forms_offered.find(self.form_code, self.form_version)

    @property
    def counts_only_within(self) -> bool:
        """Rule 3*: for an entry from before the campaign, only amounts dated within it count."""
        return ONLY_WITHIN.in_force(self.settings).value

    def police_ids(self, region_id: str) -> list[int]:
        """Its public-security members of a region, who confirm the police half of a ledger."""
        return list(
            self.members.filter(agency__kind=AgencyKind.POLICE, agency__region_id=region_id).values_list(
                "agency_id", flat=True
            )
        )

    def covers(self, day) -> bool:
        """Whether a day lies within the campaign."""
        return self.from_day <= day and (self.to_day is None or day <= self.to_day)


class CampaignMember(models.Model):
    """An agency that takes part; for a 自然资源 agency also the seat of its ledger."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="members")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships")
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    prepared_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="填报人"
    )
    prepared_at = models.DateTimeField("填报时间", null=True, blank=True)
    prepared_as_of = models.DateField("数据截止", null=True, blank=True)
    # What was corrected, where it is prepared as a correction of the last report; empty for a new one.
    prepared_correction = models.CharField("更正说明", max_length=500, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "agency"], name="campaign_member_once")]

    def __str__(self):
        return str(self.agency)
