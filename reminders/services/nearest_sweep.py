"""Once a day the nearest time limit beside each thing is held against its clocks: who moves clocks by SQL, or
by a deed that tells nobody, leaves a list sorted wrongly, and nothing else would say so."""

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
    name = f"nearest {label}"

    def tend(now: datetime) -> int:
        last = heartbeats.last(name)
        if last is None or timezone.localdate(last) != timezone.localdate(now):
            if wrong := nearest.mend(model._base_manager.all(), **only):
                log.warning("nearest time limit set right beside %s of %s: %s", len(wrong), label, wrong[:20])
            heartbeats.beat(name=name, now=now)
        return 0

    return tend
