"""标注: a short word that an office puts on its clues and cases, to find them again."""

from django.db import models

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models.agencies import Agency


class Label(models.Model):
    """One word of one office; read by who has that office within reach, not by who was given a thing."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="单位")
    name = models.CharField("标注", max_length=20)

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="label_once")]
        verbose_name = verbose_name_plural = "标注"

    def __str__(self):
        return self.name
