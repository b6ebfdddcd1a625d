"""编号: the last number given, and every number given or voided."""

from django.db import models
from django.urls import reverse

from accounts.models.agencies import Agency


class Serial(models.Model):
    """The last number given per office, kind and year; taken under lock."""

    agency = models.ForeignKey(Agency, models.PROTECT)
    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "year"], name="serial_once")]

    def __str__(self):
        return f"{self.agency} {self.kind} {self.year}"

    def get_absolute_url(self):
        """The page of the office's numbers."""
        return reverse("accounts:numbers", args=[self.agency.code])


class IssuedNumber(models.Model):
    """A number given by the system or by hand, or voided with a reason; never used again."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="机构")
    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField("年")
    seq = models.PositiveIntegerField("序号", null=True, blank=True)
    text = models.CharField("编号", max_length=80)
    by_hand = models.BooleanField("手工编号", default=False)
    voided_reason = models.CharField("作废原因", max_length=200, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["agency", "kind", "year", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "text"], name="number_text_once"),
            models.UniqueConstraint(fields=["agency", "kind", "year", "seq"], name="number_seq_once"),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        """The page of the office's numbers."""
        return reverse("accounts:numbers", args=[self.agency.code])
