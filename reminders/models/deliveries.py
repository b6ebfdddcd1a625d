"""送达记录: what became of each message, attempt by attempt."""

from django.db import models
from django.utils import timezone

from accounts.models import Agency
from accounts.models.people import keys_within
from reminders.models.channels import Channel, admin_paths
from reminders.models.outbox import Outbox


class Outcome(models.TextChoices):
    """What came of an attempt, or why none was made."""

    SENT = "sent", "已送"
    FAILED = "failed", "未送成"
    UNSURE = "unsure", "中断，不知是否送到"
    PASSED = "passed", "改走下一渠道"
    DEAD = "dead", "送不出"
    MOOT = "moot", "不再需要"
    NOBODY = "nobody", "无人可送"
    RETRIED = "retried", "管理员要求重送"


class DeliveryLogQuerySet(models.QuerySet):
    """Log lines, and those that a system administrator may read."""

    def visible_to(self, user):
        """Lines about the agencies, and all below, where one is system administrator."""
        return self.filter(agency__in=keys_within(admin_paths(user)))


class DeliveryLog(models.Model):
    """One attempt, or one reminder left out and why. Appended only (database triggers).

    `note` is one of our own sentences: never what was sent, never an address.
    """

    meaning = models.CharField("提醒", max_length=200, db_index=True)
    outbox = models.ForeignKey(Outbox, models.PROTECT, null=True, related_name="log")
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, related_name="log")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    attempt = models.PositiveSmallIntegerField("次数", default=0)
    at = models.DateTimeField("时间")
    outcome = models.CharField("结果", max_length=8, choices=Outcome)
    note = models.CharField("说明", max_length=200, blank=True)

    objects = DeliveryLogQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at"], name="delivery_recent"),
            models.Index(fields=["agency", "-at", "-id"], name="delivery_here"),
        ]
        verbose_name = verbose_name_plural = "送达记录"

    def __str__(self):
        return f"{self.get_outcome_display()} {timezone.localtime(self.at):%Y-%m-%d %H:%M}"
