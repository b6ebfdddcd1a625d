"""A county's ledger in a campaign (台账), the total over several, and its police half confirmed."""

from django.db import models

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, AgencyKind, RegionLevel, User
from accounts.roles import POLICE
from campaigns.models import Campaign, CampaignMember
from ledgers.models.proxy import ProxyEntry


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
        """draft before the first submission, then what became of the last one.

        Whether a draft is checked, its rows as they are drawn tell: `services.checking.Work.state`.
        """
        last = self.submissions().first()
        return last.state if last else "draft"

    def submissions(self):
        """Its submissions, the last first."""
        return self.campaign.submissions.filter(agency_id=self.agency_id).order_by("-sequence")

    def granted_agency_ids(self) -> list[int]:
        """The county's public-security members, who confirm the police half."""
        return self.campaign.police_ids(self.agency.region_id)

    def open_proxy(self) -> ProxyEntry | None:
        """What the office above is entering for the county now (代录)."""
        return ProxyEntry.objects.open_for(self.campaign_id, self.agency_id)

    def proxy_office_ids(self) -> list[int]:
        """The office that acts for the county while it enters its ledger."""
        proxy = self.open_proxy()
        return [proxy.office_id] if proxy else []


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


class ProxySeat:
    """A county's ledger as the office right above sees it that may have to enter it (代录)."""

    state = "draft"

    def __init__(self, ledger: CountyLedger):
        self.ledger, self.campaign, self.agency = ledger, ledger.campaign, ledger.agency

    def proxy_office_ids(self) -> list[int]:
        """The office right above the county; no other ledger is entered for anybody."""
        return [self.agency.parent_id] if self.agency.level == RegionLevel.COUNTY else []


class PoliceConfirmation(models.Model):
    """The public-security half of a county's ledger as its liaison confirmed it."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    digest = models.CharField("摘要", max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="核对人")
    at = models.DateTimeField("核对时间", auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["campaign", "agency", "-id"], name="police_confirmed")]

    def __str__(self):
        return f"公安数据 {self.at}"
