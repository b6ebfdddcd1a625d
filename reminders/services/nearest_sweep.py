"""Once a day what stands beside a thing for its lists is held against what it was taken from: who moves
that by SQL, or by a deed that tells nobody, leaves a list sorted or narrowed wrongly, and nothing else
would say so."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db.models import Model
from django.utils import timezone

from accounts.services import nearest
from reminders.services import heartbeats

log = logging.getLogger(__name__)


def of(model: type[Model], **only: object) -> Callable[[datetime], int]:
    """What does it for a model before the first sweep of a day; `only` says which clocks count. Makes
    nothing due."""
    label = model._meta.label_lower

    def mend(now: datetime) -> int:
        if wrong := nearest.mend(model._base_manager.all(), **only):
            log.warning("nearest time limit set right beside %s of %s: %s", len(wrong), label, wrong[:20])
        return len(wrong)

    return daily(f"nearest {label}", mend)


def daily(name: str, mend: Callable[[datetime], int]) -> Callable[[datetime], int]:
    """What sets something right before the first sweep of a day; `mend` returns how many rows were wrong."""

    def tend(now: datetime) -> int:
        last = heartbeats.last(name)
        if last is None or timezone.localdate(last) != timezone.localdate(now):
            if wrong := mend(now):
                log.warning("%s: %s rows set right", name, wrong)
            heartbeats.beat(name=name, now=now)
        return 0

    return tend
