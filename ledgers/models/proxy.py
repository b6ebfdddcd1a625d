"""代录: what a county sent to the office above, which enters and reports its ledger for it."""

from collections.abc import Iterable

from django.db import models

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, StoredFile, TrailEntry, User
from campaigns.models import Campaign

# By these acts of its own checker a county takes its ledger over.
TAKING_OVER = ("check_ledger", "submit_ledger")


class ProxyEntryQuerySet(JurisdictionQuerySet):
    """Entries for counties within reach."""

    def last_of(self, campaign_id: int, agency_id: int):
        """The newest for a county's ledger; None where there never was one."""
        rows = self.filter(campaign_id=campaign_id, agency_id=agency_id)
        return rows.select_related("office", "by", "workbook", "scan").first()

    def open_for(self, campaign_id: int, agency_id: int):
        """The one under which the office above acts in a county's ledger now, or None."""
        last = self.last_of(campaign_id, agency_id)
        return last if last and not last.submissions.exists() and not last.is_taken_over else None

    def standing(self, campaign_id: int, agency_ids: Iterable[int] | None = None) -> list["ProxyEntry"]:
        """The newest for each county (of these) that didn't take its ledger over since."""
        rows = self.filter(campaign_id=campaign_id).select_related("office", "agency__region")
        rows = rows if agency_ids is None else rows.filter(agency_id__in=agency_ids)
        last: dict[int, ProxyEntry] = {}
        for entry in rows:  # the newest first
            last.setdefault(entry.agency_id, entry)
        return [entry for entry in last.values() if not entry.is_taken_over]


class ProxyEntry(models.Model):
    """One ledger as a county sent it, received by the office above; never changed.

    From then on that office's people import, prepare, check and submit for the county, until that is
    reported or the county's own checker confirms rows. `workbook` is the one that was read, `scan` the
    paper beside it, or alone where there was nothing to type.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+", verbose_name="专项行动")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="填报单位")
    office = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="代录单位")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="代录人")
    at = models.DateTimeField("登记时间", auto_now_add=True)
    received_at = models.DateTimeField("收到时间")
    way = models.CharField("来件方式", max_length=60)
    reason = models.CharField("代录原因", max_length=200)
    workbook = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="来件工作簿"
    )
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="来件扫描件"
    )

    objects = ProxyEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["campaign", "agency", "-id"], name="proxy_entry_latest")]
        verbose_name = verbose_name_plural = "代录"

    def __str__(self):
        return f"{self.office}代录"

    @property
    def paper(self) -> StoredFile | None:
        """What proves that it came: the scan, else the workbook."""
        return self.scan or self.workbook

    @property
    def is_taken_over(self) -> bool:
        """Whether the county's own checker has confirmed or submitted since."""
        own = TrailEntry.objects.filter(
            chain=f"ledger:{self.campaign_id}:{self.agency_id}",
            act__in=TAKING_OVER,
            agency_id=self.agency_id,
            at__gt=self.at,
        )
        return own.exists()
