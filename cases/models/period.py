"""办案期限 (自然资源行政处罚办法 art 38): what isn't counted, and by how much it was extended."""

from django.db import models

from cases.models.case import Case
from cases.models.findings import Fact


class PeriodKind(models.TextChoices):
    """Why days aren't counted, in the article's own words, or that the head extended the period."""

    APPRAISAL = "appraisal", "鉴定"
    HEARING = "hearing", "听证"
    NOTICE = "notice", "公告"
    POST = "post", "邮递在途"
    EXTENSION = "extension", "延长"


PAUSES = [choice for choice in PeriodKind.choices if choice[0] != PeriodKind.EXTENSION]


class PeriodChange(Fact):
    """Days that aren't counted, from `happened_on` to the day on which the period runs again (None: not yet);
    or an extension by `days`, approved on `happened_on`. The wait for public security isn't here: its
    referral tells it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="period_changes")
    kind = models.CharField("事由", max_length=12, choices=PeriodKind)
    happened_on = models.DateField("开始日期")
    until = models.DateField("恢复计算日期", null=True, blank=True)
    days = models.PositiveSmallIntegerField("延长日数", null=True, blank=True)
    especially_complex = models.BooleanField("案情特别复杂", default=False)
    reason = models.CharField("理由", max_length=150)

    class Meta:
        ordering = ["happened_on", "pk"]
        verbose_name = verbose_name_plural = "办案期限变动"

    @property
    def is_open(self) -> bool:
        """Whether the period stands still by it."""
        return self.kind != PeriodKind.EXTENSION and self.until is None and self.withdrawn_at is None

    def __str__(self):
        if self.kind == PeriodKind.EXTENSION:
            return f"{self.happened_on} 批准延长{self.days}日"
        return f"{self.get_kind_display()} {self.happened_on}至{self.until or '今'}"
