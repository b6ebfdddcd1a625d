"""导出登记: what left the system as a file, who took it, when."""

from django.db import models

from accounts.models.agencies import Agency
from accounts.models.people import User


class ExportLineQuerySet(models.QuerySet):
    """What the people of the agencies took whom a person answers for."""

    def visible_to(self, user):
        """Lines of those agencies and of all below them."""
        return self.filter(agency__in=user.managed_ids())


class ExportLine(models.Model):
    """One list, ledger or workbook that left as a file. Appended only (database triggers).

    `conditions` are the filters in words, without what could name somebody. `row_count` is None and
    `sha256` empty where the page that handed it out didn't say.
    """

    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="导出人")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    what = models.CharField("内容", max_length=200)
    conditions = models.TextField("条件", blank=True)
    row_count = models.PositiveBigIntegerField("行数", null=True)
    size = models.PositiveBigIntegerField("字节")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    address = models.CharField("页面", max_length=80, blank=True)
    origin = models.CharField("来自", max_length=60)

    objects = ExportLineQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = verbose_name_plural = "导出登记"

    def __str__(self):
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"

    @property
    def trail_chain(self) -> str:
        """All lines of an office hang in one chain: none can be taken out unseen."""
        return f"accounts.exportline:agency:{self.agency_id or 0}"
