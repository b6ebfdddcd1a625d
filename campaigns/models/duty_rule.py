"""Rules of reporting duties (报送规则): who owes what and when."""

from datetime import time

from django.db import models
from django.urls import reverse

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, AgencyKind, RegionLevel
from accounts.models.base import Recorded
from accounts.roles import ROLES
from campaigns.models.campaign import Campaign
from campaigns.rhythm import HOLIDAYS, PATTERNS, STAY, Rhythm

LEADS = [7, 3]


class DutyKind(models.TextChoices):
    """What is owed. Narrative and statistical tables join as they come."""

    LEDGER = "ledger", "台账"
    PAPER = "paper", "书面材料"
    MEETING = "meeting", "会议"


class DutyRuleQuerySet(JurisdictionQuerySet):
    """Rules of offices within reach, and of the offices above that bind the user's own."""

    def visible_to(self, user):
        """Own rules and those of agencies below; those of an agency above the user's own."""
        above = {
            int(pk)
            for posting in user.current_postings
            if ROLES[posting.role].reach == "below"
            for pk in posting.agency.path.strip("/").split("/")
        }
        return self.filter(self.reach_filter(user) | models.Q(agency_id__in=above))


class DutyRule(Recorded):
    """Who (agencies by level, kind, campaign) owes what, when, and how long before it is told."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="duty_rules", verbose_name="制定单位")
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="duty_rules", verbose_name="专项行动"
    )
    name = models.CharField("报送任务", max_length=60)
    what = models.CharField("报送内容", max_length=10, choices=DutyKind, default=DutyKind.LEDGER)
    topic = models.CharField("材料或会议", max_length=40, blank=True)
    article = models.CharField("依据", max_length=120, blank=True)
    level = models.CharField(
        "单位层级", max_length=12, choices=RegionLevel, blank=True, default=RegionLevel.COUNTY
    )
    kind = models.CharField(
        "单位类别", max_length=20, choices=AgencyKind, default=AgencyKind.NATURAL_RESOURCES
    )
    pattern = models.CharField("周期", max_length=12, choices=list(PATTERNS.items()))
    days = models.JSONField("日", default=list, blank=True)
    month = models.PositiveSmallIntegerField("月", default=1)
    every = models.PositiveSmallIntegerField("间隔天数", default=1)
    at = models.TimeField("时间", default=time(18))
    holidays = models.CharField("遇休息日", max_length=8, choices=list(HOLIDAYS.items()), default=STAY)
    leads = models.JSONField("提前几天提醒", default=list, blank=True)
    from_day = models.DateField("自")
    to_day = models.DateField("至", null=True, blank=True)
    made_until = models.DateField(null=True, editable=False)

    objects = DutyRuleQuerySet.as_manager()

    class Meta:
        ordering = ["-from_day", "pk"]
        indexes = [models.Index(fields=["made_until"], name="duty_rule_to_make")]
        verbose_name = verbose_name_plural = "报送规则"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The rule's page."""
        return reverse("campaigns:duty_rule", args=[self.public_id])

    @property
    def board_url(self) -> str:
        """Who has reported and who hasn't."""
        return reverse("campaigns:board", args=[self.public_id])

    @property
    def rhythm(self) -> Rhythm:
        """When it falls due."""
        return Rhythm(
            self.pattern, self.from_day, tuple(self.days), self.month, self.every, self.at, self.holidays
        )

    @property
    def state(self) -> str:
        """Rules have none; they end by a day."""
        return "ended" if self.to_day else "running"

    def granted_agency_ids(self) -> list[int]:
        """Nobody acts on a rule by grant."""
        return []
