"""What the workbooks of the counties said, by case and day."""

from functools import cached_property

from django.db import models

from accounts.models import Agency, User
from cases.models import Case
from ledgers.fields import FIELDS, Value
from ledgers.models.import_batch import ImportBatch


class ImportedValues(models.Model):
    """What a county's own workbook said of a case on one day: values by field, as the form had them.

    Appended for each workbook that brought a change, so that an as-of view and a later import of
    an older form both come out right. Facts entered in the system stand above these. Figures are
    kept as text, exact to the last digit.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="imported_values")
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="imported_values")
    as_of = models.DateField("数据截止")
    values = models.JSONField("数据")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-as_of", "-pk"]
        indexes = [models.Index(fields=["case", "-as_of"], name="imported_values_latest")]
        verbose_name = verbose_name_plural = "导入数据"

    def __str__(self):
        return f"{self.case} {self.as_of}"

    @cached_property
    def read(self) -> dict[str, Value]:
        """Every value by the field's key; None for 未填."""
        return {key: FIELDS[key].thaw(stored) for key, stored in self.values.items() if key in FIELDS}

    def of(self, key: str) -> Value:
        """The value of one field."""
        return self.read.get(key)

    def filled(self) -> list[str]:
        """The keys under which something was entered."""
        return [key for key, value in self.read.items() if value is not None]


class RememberedHead(models.Model):
    """What an office once said of a column of its workbooks: which field its head means, in what unit.

    `head` is the head as a reading compares it; an empty `key` is a column that isn't read.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="单位")
    form_code = models.CharField(max_length=30)
    head = models.CharField("表头", max_length=300)
    key = models.CharField("栏目", max_length=40, blank=True)
    unit = models.CharField("单位", max_length=40, blank=True)
    chosen_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="选定人")
    chosen_at = models.DateTimeField("选定时间", auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "form_code", "head"], name="remembered_head_once")
        ]
        verbose_name = verbose_name_plural = "记住的表头"

    def __str__(self):
        return f"{self.head} → {self.key}"
