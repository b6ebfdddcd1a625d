"""全过程记录: the trail, the heads of its chains, and the hours' and days' roots over them.

What an entry is about is named by `subject_kind` and `subject_id` (a model's label in lower case and
its primary key): the trail stays ignorant of who writes.
"""

from django.db import models

from accounts.models.agencies import Agency
from accounts.models.base import AboutSomething
from accounts.models.people import User


class TrailHead(models.Model):
    """The end of one chain. A chain alone does not notice that its tail was cut; its head does."""

    chain = models.CharField(max_length=80, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self):
        return self.chain


class TrailEntry(AboutSomething):
    """Who did which act on what, acting for which agency. Appended only (database triggers)."""

    chain = models.CharField(max_length=80)
    seq = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField("记录时间")
    happened_on = models.DateField("发生日期", null=True)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="操作人")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name="代表机构")
    role = models.CharField("岗位", max_length=20, blank=True)
    act = models.CharField(max_length=60)
    label = models.CharField("事项", max_length=60)
    changes = models.JSONField(default=dict)
    reason = models.TextField("说明", blank=True)
    # [kind, key, digest before, digest now] of each row that the deed wrote (accounts/models/sealed.py).
    sealed = models.JSONField(null=True)
    origin = models.CharField("来自", max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="trail_seq_once")]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-at"], name="trail_subject"),
            models.Index(fields=["actor", "-at"], name="trail_actor"),
            models.Index(fields=["at"], name="trail_at"),
            models.Index(fields=["label", "id"], name="trail_label"),
        ]
        verbose_name = verbose_name_plural = "全过程记录"

    def __str__(self):
        return f"{self.label} {self.at:%Y-%m-%d %H:%M}"


class TrailSeal(models.Model):
    """An hour's root over the heads of all chains that had grown, on top of the one before; signed."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField("封存时间")
    heads = models.PositiveBigIntegerField()
    # The newest entry when it was made: where the next ones begin to look. Nothing is proved by it.
    entry = models.PositiveBigIntegerField(null=True)
    previous = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    def __str__(self):
        return f"第{self.number}次封存"


class SealedHead(models.Model):
    """Where a chain stood when it was sealed; what came before follows from its hash."""

    seal = models.ForeignKey(TrailSeal, models.PROTECT, related_name="points")
    chain = models.CharField(max_length=80)
    seq = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="sealed_head_once")]

    def __str__(self):
        return f"{self.chain}#{self.seq}"


class TrailRoot(models.Model):
    """A day's root over all heads; kept off the machine it shows a chain rewritten whole."""

    day = models.DateField(unique=True)
    heads = models.PositiveBigIntegerField()
    entries = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return str(self.day)
