"""Signs of life, written by what runs in the background and read by the health checks."""

from datetime import datetime

from accounts.models import Heartbeat

SWEEP = "sweep"
BACKUP = "backup"


def beat(*, name: str, now: datetime) -> None:
    """Note that `name` went well at `now`."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})


def last(name: str) -> datetime | None:
    """When `name` last went well; None if it never did."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
