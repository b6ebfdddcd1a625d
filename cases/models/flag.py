"""What holds of a case and stands on its head: a row a flag, worked out and never typed."""

from django.db import models

from cases.flags import FLAGS
from cases.models.case import Case


class CaseFlag(models.Model):
    """A flag that holds (cases/flags.py), how it binds, since when, with the figures it rests on.

    Follows from rows that the trail answers for, so it may come and go and stands in no entry of its own.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="flag_rows")
    code = models.CharField("提示", max_length=30)
    level = models.CharField("级别", max_length=5)
    since = models.DateField("起始日期")
    figures = models.JSONField("数额", default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="case_flag_once")]
        indexes = [
            models.Index(fields=["code", "case"], name="case_flag_code"),
            models.Index(fields=["level", "case"], name="case_flag_level"),
        ]
        verbose_name = verbose_name_plural = "案件提示"

    def __str__(self):
        return FLAGS[self.code].word


def flagged(code: str) -> models.Exists:
    """Cases of which a flag holds, for a filter on cases."""
    return models.Exists(CaseFlag.objects.filter(case=models.OuterRef("pk"), code=code))
