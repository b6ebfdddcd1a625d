"""A person's calendar subscription."""

from django.db import models

from accounts.models import User


class CalendarFeed(models.Model):
    """Whoever knows the address reads when something is due; the address itself is kept nowhere."""

    person = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"日历订阅 {self.made_at}"
