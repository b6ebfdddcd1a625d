"""Signs of life: when something that must happen again and again last did."""

from django.db import models


class Heartbeat(models.Model):
    """The last time a named thing went well (`sweep`, `backup`); read by the health checks."""

    name = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.name


class Standstill(models.Model):
    """A time in which nothing ran: from the last sign of life to the first one after it."""

    since = models.DateTimeField("自")
    until = models.DateTimeField("至", db_index=True)

    class Meta:
        ordering = ["-until"]
        constraints = [models.UniqueConstraint(fields=["since"], name="standstill_once")]

    def __str__(self):
        return f"{self.since} – {self.until}"
