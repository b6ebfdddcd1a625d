"""What the frame of every page asks of this app's tables: how much is unread, and the signs of life."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.services import pulse
from reminders.models import Heartbeat, Notice
from reminders.services.heartbeats import BEAT, SWEEP


def register() -> None:
    """Have them asked along with the rest of the frame."""
    unread = Notice.objects.filter(recipient=OuterRef("pk"), read_at=None).order_by().values("recipient")
    pulse.register("unread", Coalesce(Subquery(unread.annotate(n=Count("pk")).values("n")), 0))
    for name in (BEAT, SWEEP):
        pulse.register(name, Subquery(Heartbeat.objects.filter(name=name).values("at")))
