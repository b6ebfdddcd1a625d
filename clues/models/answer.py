"""What the department answered to which a clue was handed over."""

from django.db import models

from accounts.models import StoredFile, User
from clues.models.disposition import Disposition


class AnswerKind(models.TextChoices):
    """How far the department has come with it."""

    RECEIVED = "received", "已签收"
    UNDER_WAY = "under_way", "办理中"
    DONE = "done", "已办结"


class HandoverAnswer(models.Model):
    """One answer to one handover: received, under way, dealt with; its own people's or typed from paper."""

    handover = models.ForeignKey(Disposition, models.PROTECT, related_name="answers")
    kind = models.CharField("办理情况", max_length=10, choices=AnswerKind)
    happened_on = models.DateField("日期")
    text = models.TextField("内容", blank=True, max_length=4000)
    paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复函或者回执"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "移交的反馈"
        constraints = [
            models.UniqueConstraint(
                fields=["handover"], condition=models.Q(kind="received"), name="handover_received_once"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.happened_on}"
