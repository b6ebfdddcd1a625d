"""Who is away, and who is on duty (值班表), from one moment to another."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency, Recorded, User


class PeriodQuerySet(models.QuerySet):
    """Rows that hold from one moment to another."""

    def at(self, moment):
        """Those that hold at `moment`."""
        return self.filter(since__lte=moment, until__gt=moment)


class Absence(Recorded):
    """A person away from one moment to another, and who is told instead."""

    person = models.ForeignKey(User, models.PROTECT, related_name="absences", verbose_name="外出人员")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="代办人")
    since = models.DateTimeField("自")
    until = models.DateTimeField("至")
    note = models.CharField("事由", max_length=60, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["person", "until"], name="absence_lookup")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="absence_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("deputy")), name="absence_deputy_is_another"
            ),
        ]
        verbose_name = verbose_name_plural = "外出"

    def __str__(self):
        return f"{self.person} {timezone.localtime(self.since):%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        """The settings on which it stands."""
        return reverse("reminders:settings")


class RosterEntry(Recorded):
    """Who is on duty at an agency from one moment to another (值班表), reachable at any hour."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="roster", verbose_name="值班单位")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="值班人")
    since = models.DateTimeField("自")
    until = models.DateTimeField("至")
    phone = models.CharField("值班电话", max_length=40, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        indexes = [models.Index(fields=["agency", "until"], name="roster_lookup")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")), name="roster_ends_after_start"
            )
        ]
        verbose_name = verbose_name_plural = "值班表"

    def __str__(self):
        return f"{self.agency} {timezone.localtime(self.since):%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        """The roster of its agency."""
        return reverse("reminders:roster", args=[self.agency.code])

    def granted_agency_ids(self):
        """A roster is never given to another agency by a grant."""
        return []
