"""When the engine looks again at a thing whose own table knows nothing of reminders."""

from django.db import models


class PlannedLook(models.Model):
    """The next look and the last one at a thing of a kind; only the engine writes it."""

    kind = models.CharField(max_length=30)
    thing_id = models.BigIntegerField()
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "thing_id"], name="planned_look_once")]
        indexes = [models.Index(fields=["kind", "remind_at"], name="planned_look")]

    def __str__(self):
        return f"{self.kind}:{self.thing_id}"
