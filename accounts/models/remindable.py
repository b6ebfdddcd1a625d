"""What people are reminded of: a row that is due, and when it is to be looked at next."""

from django.db import models


class Remindable(models.Model):
    """Columns of the reminder engine on a row that falls due; only the engine sets them.

    `remind_at` empty means "not looked at since it was made or its date moved". Whoever moves
    the date empties it; the sweep then works out again what is to be told, and when. It stands down
    here because clocks are such rows: they are of this app, and who reminds of them is above it.
    """

    by_hours = models.BooleanField("以小时计", default=False, editable=False)
    remind_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
