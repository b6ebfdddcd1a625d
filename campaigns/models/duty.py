"""Reporting duties (报送任务): the rows that rules make, and what was handed in or claimed for them."""

from datetime import date, datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, StoredFile, User
from accounts.models.base import Recorded
from accounts.models.remindable import Remindable
from accounts.models.sealed import Sealed
from accounts.roles import ROLES
from campaigns.carrying import carried
from campaigns.models.campaign import Campaign
from campaigns.models.duty_rule import DutyKind, DutyRule
from campaigns.models.meeting import Meeting
from campaigns.stages import DutyState


class DutyQuerySet(JurisdictionQuerySet):
    """Duties of offices within reach, of offices outside that one belongs to, and those owed to
    the user's own office."""

    def reach_filter(self, user):
        """Also the own office's where a post sees nothing else, and what is owed to it, from
        whatever line."""
        outside = models.Q(agency_id__in=user.granted_agency_ids())
        upper = {post.agency_id for post in user.current_postings if ROLES[post.role].reach == "below"}
        return super().reach_filter(user) | outside | models.Q(upper_id__in=upper)


class Duty(Recorded, Remindable):
    """What one agency owes by one moment. `day` is the rhythm's own day, whatever moved the due."""

    rule = models.ForeignKey(DutyRule, models.PROTECT, related_name="duties", verbose_name="规则")
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="专项行动"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="duties", verbose_name="报送单位")
    upper = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="报往单位")
    what = models.CharField("报送内容", max_length=10, choices=DutyKind)
    name = models.CharField("报送任务", max_length=60)
    day = models.DateField("期次")
    due_at = models.DateTimeField("截止时间")
    explanation = models.CharField("为什么是这一天", max_length=300, blank=True)
    leads = models.JSONField(default=list)
    state = models.CharField("状态", max_length=10, choices=DutyState, default=DutyState.OPEN)
    # Until when it is wanted again after it was returned; lateness is told by `due_at` alone.
    again_by = models.DateTimeField("重报截止", null=True, blank=True)
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    # Whether the moment that counts lies before the due time; kept with it, so that what is late is found.
    in_time = models.BooleanField(default=False, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    # When what it asks for came in itself; paper alone (线下报送补登) leaves it empty.
    answered_at = models.DateTimeField(null=True, blank=True)
    # Why the last paper came back; the record keeps the earlier ones.
    returned_for = models.CharField("退回理由", max_length=500, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="召开的会议"
    )

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "agency__region_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["rule", "agency", "day"], name="duty_once")]
        indexes = [
            models.Index(
                fields=["remind_at", "id"],
                name="duty_to_remind",
                condition=models.Q(state__in=["open", "returned"]),
            ),
            models.Index(
                fields=["campaign", "agency", "due_at"],
                name="duty_owed",
                condition=models.Q(state__in=["open", "returned"]),
            ),
            models.Index(fields=["rule", "day"], name="duty_round"),
            models.Index(fields=["rule", "due_at", "day"], name="duty_rounds"),
            models.Index(fields=["agency", "due_at"], name="duty_of_agency"),
            # The list as it opens, and by what it is narrowed to most often.
            models.Index(fields=["due_at", "id", "agency", "upper"], name="duty_by_due"),
            models.Index(fields=["state", "due_at", "id", "agency", "upper"], name="duty_by_state"),
            models.Index(fields=["what", "due_at", "id", "agency", "upper"], name="duty_by_what"),
            models.Index(fields=["campaign", "due_at", "id", "agency", "upper"], name="duty_by_campaign"),
            models.Index(fields=["due_at", "id"], name="duty_late", condition=models.Q(in_time=False)),
            models.Index(fields=["name", "id"], name="duty_by_name"),
            models.Index(fields=["submitted_at", "id", "agency", "upper"], name="duty_by_report"),
        ]
        verbose_name = verbose_name_plural = "报送任务"

    def __str__(self):
        return f"{self.name}（{self.day}）"

    def get_absolute_url(self):
        """The duty's page."""
        return reverse("campaigns:duty", args=[self.public_id])

    def save(self, *args, **kwargs):
        """Whoever saves when it came in says whether that was in time."""
        self.in_time = self.came_in_time()
        if (columns := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*columns, "in_time"}
        super().save(*args, **kwargs)

    def came_in_time(self) -> bool:
        """Whether it was answered by the due time; what is still owed was not."""
        return self.submitted_at is not None and self.counted_at <= self.due_at

    @property
    def counted_at(self) -> datetime | None:
        """The moment that counts: by the server's clock, or the true one that was recognised."""
        claim = self.claim_or_none
        if claim and claim.recognised:
            return claim.sent_at
        return self.submitted_at

    @property
    def wanted_by(self) -> datetime:
        """By when it is wanted now: what came back has a time of its own."""
        returned = self.state == DutyState.RETURNED and self.again_by
        return self.again_by if returned else self.due_at

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day on which what it asks for counts for it."""
        return self.rule.rhythm.since(self.day), max(self.day, timezone.localdate(self.due_at))

    @property
    def claim_or_none(self):
        """线下报送补登, if any."""
        return getattr(self, "claim", None)

    def late_by(self, now: datetime) -> timedelta | None:
        """By how much it is late; None where it came in time or is still in time."""
        at = self.counted_at or now
        return at - self.due_at if at > self.due_at else None

    def proxy_office_ids(self) -> list[int]:
        """The office above, while it reports for the one that owes (代录)."""
        return list(carried(self.campaign_id, [self.agency_id]).values())

    @property
    def origin_agency_id(self) -> int:
        """The office that owes is where it comes from: a township's post acts so."""
        return self.agency_id

    def granted_agency_ids(self) -> list[int]:
        """The office that owes, where its liaison acts for it without standing in the tree."""
        return [self.agency_id]


class DutyPaper(Sealed):
    """书面材料 handed in for a duty; a later one takes the place of one that was returned."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="papers")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="材料")
    note = models.CharField("说明", max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.file.name


class LateClaim(Sealed):
    """线下报送补登: sent in time on paper, typed later; the prefecture decides what counts."""

    duty = models.OneToOneField(Duty, models.PROTECT, related_name="claim")
    sent_at = models.DateTimeField("实际报送时间")
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="盖章扫描件")
    system_down = models.BooleanField("因系统停机未能在线报送", default=False)
    note = models.CharField("说明", max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recognised = models.BooleanField("认定", null=True)
    ruled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="认定人"
    )
    ruled_at = models.DateTimeField("认定时间", null=True, blank=True)
    ruling = models.CharField("认定理由", max_length=300, blank=True)

    def __str__(self):
        return f"线下报送补登 {self.duty}"
