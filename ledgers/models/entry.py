"""A ledger entry (台账条目): campaign × handling county × site × joint parties.

It stands between the cases and the form and links any number of clues, cases and police matters.
"""

from django.db import models
from django.urls import reverse

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, AgencyKind, User
from accounts.models.base import Recorded
from accounts.roles import POLICE
from campaigns.models.campaign import Campaign, CampaignMember
from cases.models import Case, PoliceMatter
from clues.models import Clue
from ledgers.stages import EntryState


class EntryQuerySet(JurisdictionQuerySet):
    """Entries within reach; public security sees its own county's, for it confirms their half."""

    def reach_filter(self, user):
        """Also entries of the same region as the person's public-security posts, where a member."""
        reach = super().reach_filter(user)
        for posting in user.current_postings:
            if posting.role == POLICE and posting.agency.kind == AgencyKind.POLICE:
                takes_part = CampaignMember.objects.filter(agency_id=posting.agency_id)
                reach |= models.Q(
                    agency__region_id=posting.agency.region_id,
                    campaign_id__in=takes_part.values("campaign_id"),
                )
        return reach

    def standing(self):
        """Entries that stand in the ledger."""
        return self.filter(state=EntryState.IN)


class LedgerEntry(Recorded):
    """One row. Words of party, place and mineral are kept as typed where it was imported."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="entries", verbose_name="专项行动")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="entries", verbose_name="承办单位")
    state = models.CharField("状态", max_length=8, choices=EntryState, default=EntryState.IN)
    position = models.PositiveIntegerField("次序", help_text="首次报送的次序，不再变动")
    party = models.CharField("企业名称（个人）", max_length=300)
    place = models.CharField("位置", max_length=300, blank=True)
    mineral = models.CharField("开采矿种", max_length=60, blank=True)
    match_key = models.CharField(max_length=64, editable=False)
    # The key of the words that a workbook used: it stays when the row is renamed, so that the
    # same workbook finds its row again.
    import_key = models.CharField(max_length=64, blank=True, editable=False)
    opened_on = models.DateField("纳入日期")
    carried_over = models.BooleanField("结转", default=False)
    imported = models.BooleanField("台账导入", default=False)
    words_typed = models.BooleanField("名称位置为手工填写", default=False)
    remark_typed = models.TextField("备注（手工）", blank=True, null=True)
    struck_reason = models.CharField("剔除理由", max_length=200, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    moved_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="moved_from")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="split_off")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["agency__region_id", "position", "pk"]
        indexes = [
            models.Index(fields=["campaign", "agency", "position"], name="entry_sheet"),
            models.Index(fields=["campaign", "agency", "match_key"], name="entry_match"),
            models.Index(fields=["campaign", "agency", "import_key"], name="entry_import"),
        ]
        verbose_name = verbose_name_plural = "台账条目"

    def __str__(self):
        return f"{self.party} {self.place}"

    def get_absolute_url(self):
        """The entry's page."""
        return reverse("ledgers:entry", args=[self.public_id])

    @property
    def trail_chain(self) -> str:
        """All entries of one county in one campaign write to one chain."""
        return f"ledger:{self.campaign_id}:{self.agency_id}"

    def granted_agency_ids(self) -> list[int]:
        """The county's public-security members, who confirm the police half."""
        return self.campaign.police_ids(self.agency.region_id)


class EntryLink(models.Model):
    """What stands behind an entry: a clue, a case or a police matter (exactly one)."""

    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="links")
    clue = models.ForeignKey(Clue, models.PROTECT, null=True, blank=True, related_name="entry_links")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="entry_links")
    matter = models.ForeignKey(
        PoliceMatter, models.PROTECT, null=True, blank=True, related_name="entry_links"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="entry_link_one_thing",
                condition=(
                    models.Q(clue__isnull=False, case__isnull=True, matter__isnull=True)
                    | models.Q(clue__isnull=True, case__isnull=False, matter__isnull=True)
                    | models.Q(clue__isnull=True, case__isnull=True, matter__isnull=False)
                ),
            ),
            models.UniqueConstraint(fields=["entry", "clue"], name="entry_clue_once"),
            models.UniqueConstraint(fields=["entry", "case"], name="entry_case_once"),
            models.UniqueConstraint(fields=["entry", "matter"], name="entry_matter_once"),
        ]

    def __str__(self):
        return str(self.case or self.clue or self.matter)


class Exclusion(models.Model):
    """不纳入: a clue, case or police matter that a person decided to leave out of a campaign, and why."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="exclusions")
    clue = models.ForeignKey(Clue, models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    matter = models.ForeignKey(PoliceMatter, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("不纳入理由", max_length=200)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.reason


class EntryCheck(models.Model):
    """That a checker looked at an entry's row as it then stood (only what changed asks again)."""

    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="checks")
    row_digest = models.CharField(max_length=64)
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="审核人")
    checked_at = models.DateTimeField("审核时间", auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["entry", "row_digest"], name="entry_check_row")]

    def __str__(self):
        return f"{self.entry} {self.checked_at}"
