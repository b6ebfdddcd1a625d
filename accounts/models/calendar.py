"""Days off and make-up working days by order, and standards that may differ by place and time."""

from datetime import date

from django.db import models
from django.urls import reverse

from accounts.models.agencies import Region


class DayKind(models.TextChoices):
    """What an order makes of a day."""

    OFF = "off", "休"
    WORK = "work", "班"


class CalendarDay(models.Model):
    """A day closed or opened by the year's notice; all other days are Monday–Friday."""

    day = models.DateField("日期", unique=True)
    kind = models.CharField("安排", max_length=4, choices=DayKind)
    note = models.CharField("说明", max_length=60, blank=True)

    class Meta:
        ordering = ["day"]
        verbose_name = verbose_name_plural = "工作日历"

    def __str__(self):
        return f"{self.day} {self.get_kind_display()}"

    def get_absolute_url(self):
        """The page of its year."""
        return reverse("accounts:calendar", args=[self.day.year])


class CalendarYear(models.Model):
    """A year of the calendar: what its days are changed under, lock and version alike."""

    year = models.PositiveSmallIntegerField("年", primary_key=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"

    def __str__(self):
        return f"{self.year}年"

    def get_absolute_url(self):
        """Its page."""
        return reverse("accounts:calendar", args=[self.year])


class StandardQuerySet(models.QuerySet):
    """Standards by the day they are asked for."""

    def holding(self, on: date) -> "StandardQuerySet":
        """Rows that hold on a day."""
        ended = models.Q(valid_until__isnull=False, valid_until__lt=on)
        return self.filter(valid_from__lte=on).exclude(ended)


class Standard(models.Model):
    """A value that the law leaves to a place or that we aren't sure of: data, not a constant.

    The newest row that holds on the day (`valid_from` to `valid_until`, both included), for the nearest
    region, counts.
    """

    key = models.CharField("标准代号", max_length=60)
    label = models.CharField("标准", max_length=100, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="适用区域")
    value = models.DecimalField("数值", max_digits=18, decimal_places=4)
    unit = models.CharField("单位", max_length=20)
    valid_from = models.DateField("自何日起")
    valid_until = models.DateField("至何日止", null=True, blank=True)
    document = models.CharField("依据", max_length=200)
    sure = models.BooleanField("已核实", default=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = StandardQuerySet.as_manager()

    class Meta:
        ordering = ["key", "region_id", "-valid_from"]
        verbose_name = verbose_name_plural = "标准"
        constraints = [
            models.UniqueConstraint(
                fields=["key", "region", "valid_from"], nulls_distinct=False, name="standard_once"
            )
        ]

    def __str__(self):
        return f"{self.label or self.key} {self.value.normalize():f}{self.unit}"

    def get_absolute_url(self):
        """The list of standards."""
        return reverse("accounts:standards")
