"""Signs of life: when something that must happen again and again last did."""

from django.db import models


class Heartbeat(models.Model):
    """The last time a named thing went well (`sweep`, `backup`); read by the health checks."""

    name = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.name
