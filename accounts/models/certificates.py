"""执法证 that a person held before the one of today: for which days, so that past ones can be asked about."""

from datetime import date

from django.db import models

from accounts.models.people import User


class FormerCertificate(models.Model):
    """One certificate that was replaced, renewed or taken away; never changed."""

    user = models.ForeignKey(User, models.PROTECT, related_name="former_certificates", verbose_name="持证人")
    number = models.CharField("执法证号", max_length=40)
    since = models.DateField("有效期自", null=True, blank=True)
    until = models.DateField("有效期至")
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        ordering = ["-until", "-pk"]
        verbose_name = verbose_name_plural = "以前的执法证"

    def __str__(self):
        return f"{self.number}，{self.since or ''}至{self.until}"

    def covers(self, on: date) -> bool:
        """Whether it was valid on the day `on`."""
        return self.until >= on and (self.since is None or self.since <= on)
