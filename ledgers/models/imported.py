"""What the workbooks of the counties said, by case and day."""

from functools import cached_property

from django.db import models

from cases.models import Case
from ledgers.fields import FIELDS, Value
from ledgers.models.submission import ImportBatch


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
