"""Sessions that have ended: nobody comes back to them."""

from datetime import datetime

from django.contrib.sessions.models import Session


def forget_ended(now: datetime) -> int:
    """Drop them; how many went."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]
