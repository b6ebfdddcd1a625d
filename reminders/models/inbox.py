"""消息: what a person was told."""

from django.db import models

from accounts.models import User


class Notice(models.Model):
    """A line in one person's inbox; exactly once by its key."""

    recipient = models.ForeignKey(User, models.PROTECT, related_name="notices")
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    title = models.CharField("事项", max_length=120)
    url = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField("时间", auto_now_add=True)
    read_at = models.DateTimeField("已读", null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["recipient"], condition=models.Q(read_at__isnull=True), name="notice_unread"
            ),
            models.Index(fields=["recipient", "-created_at"], name="notice_recent"),
        ]
        verbose_name = verbose_name_plural = "消息"

    def __str__(self):
        return self.title
