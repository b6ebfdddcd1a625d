"""催办电话: who of the office above called whom about a duty, when, and what was said."""

from django.db import models

from accounts.models import User
from campaigns.models.duty import Duty


class DutyCall(models.Model):
    """One call; never changed."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="calls")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="打电话的人")
    called = models.CharField("接电话的人", max_length=60)
    phone = models.CharField("电话", max_length=40, blank=True)
    called_at = models.DateTimeField("通话时间")
    said = models.CharField("说了什么", max_length=300)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-called_at", "-pk"]
        verbose_name = verbose_name_plural = "催办电话"

    def __str__(self):
        return f"催办电话 {self.called}"
