"""A campaign (专项行动): what is counted together, where, from when to when, by whom."""

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, AgencyKind, Region, RegionLevel, User
from accounts.roles import POLICE


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
    form_code = models.CharField("台账表式", max_length=30, default="luliang")
    form_version = models.PositiveSmallIntegerField("表式版本", default=1)
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
        """The campaign's ledger page."""
        return reverse("ledgers:campaign", args=[self.code])

    @cached_property
    def agency(self) -> Agency | None:
        """The 自然资源 agency of its region, whose liaison keeps the campaign itself."""
        return Agency.objects.natural_resources().filter(region_id=self.region_id, ended_on=None).first()

    @property
    def counts_only_within(self) -> bool:
        """Rule 3*: for a matter from before the campaign, only amounts dated within it count."""
        return self.settings.get("counts_only_within", True)

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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "agency"], name="campaign_member_once")]

    def __str__(self):
        return str(self.agency)


class CountyLedgerQuerySet(JurisdictionQuerySet):
    """Ledgers of 自然资源 agencies; public security sees its own county's, to confirm its half."""

    def reach_filter(self, user):
        """Also the ledger of the same region where the person's police office takes part."""
        reach = super().reach_filter(user)
        for posting in user.current_postings:
            if posting.role == POLICE and posting.agency.kind == AgencyKind.POLICE:
                takes_part = CampaignMember.objects.filter(agency_id=posting.agency_id)
                reach |= models.Q(
                    agency__region_id=posting.agency.region_id,
                    agency__kind=AgencyKind.NATURAL_RESOURCES,
                    campaign_id__in=takes_part.values("campaign_id"),
                )
        return reach

    def counties(self):
        """Those that counties fill in; the prefecture's own is the consolidated one."""
        return self.filter(
            agency__kind=AgencyKind.NATURAL_RESOURCES, agency__region__level=RegionLevel.COUNTY
        )


class CountyLedger(CampaignMember):
    """One agency's ledger in one campaign: what is prepared, checked and submitted as a whole."""

    objects = CountyLedgerQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "台账"

    def __str__(self):
        return f"{self.agency.region.name}台账"

    def get_absolute_url(self):
        """The county's rows on the campaign's page."""
        return f"{self.campaign.get_absolute_url()}?county={self.agency.code}"

    @property
    def trail_chain(self) -> str:
        """The ledger and all its entries write to one chain."""
        return f"ledger:{self.campaign_id}:{self.agency_id}"

    @property
    def state(self) -> str:
        """draft before the first submission, then what became of the last one."""
        last = self.submissions().first()
        return last.state if last else "draft"

    def submissions(self):
        """Its submissions, the last first."""
        return self.campaign.submissions.filter(agency_id=self.agency_id).order_by("-sequence")

    def granted_agency_ids(self) -> list[int]:
        """The county's public-security members, who confirm the police half."""
        return list(
            self.campaign.members.filter(
                agency__kind=AgencyKind.POLICE, agency__region_id=self.agency.region_id
            ).values_list("agency_id", flat=True)
        )


class Consolidation:
    """The county ledgers below one prefecture taken together: what consolidating acts on.

    A reviewer acts on agencies below the own one, so any of the counties stands for all of them.
    """

    def __init__(self, ledger: CountyLedger):
        self.ledger = ledger
        self.campaign, self.prefecture = ledger.campaign, ledger.agency
        self.state = "draft"

    def counties(self):
        """The ledgers of the counties below, in the order of the division code."""
        return (
            CountyLedger.objects.counties()
            .filter(campaign=self.campaign)
            .under(self.prefecture)
            .select_related("agency__region", "campaign")
            .order_by("agency__region_id")
        )

    @property
    def agency(self) -> Agency:
        """A county below; the prefecture itself where there is none (nobody stands above it)."""
        first = self.counties().first()
        return first.agency if first else self.prefecture

    def granted_agency_ids(self) -> list[int]:
        """Nobody acts on it by grant."""
        return []
