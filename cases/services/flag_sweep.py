"""Once a day every case is looked at again: a day passes, a figure is amended, and no deed says so.

The minutely sweep does it a slice at a time, from midnight on; cases from before flags were rows come first.
"""

import time
from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone

from cases.models import Case
from cases.services import flags

AT_ONCE, SECONDS = 50, 2.0


def tend(now: datetime) -> int:
    """Before each sweep: set the flags of cases not looked at today, for some seconds. Makes nothing due."""
    until = time.monotonic() + SECONDS
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = Q(flagged_at=None) | Q(flagged_at__lt=midnight)
    rows = Case.objects.filter(waiting).prefetch_related("flag_rows")
    while cases := list(rows.order_by(F("flagged_at").asc(nulls_first=True), "pk")[:AT_ONCE]):
        _look(cases, now)
        if time.monotonic() >= until:
            break
    return 0


def _look(cases: list[Case], now: datetime) -> None:
    """Most say what they said: only the others are locked and written."""
    marks = flags.compute_all(cases, timezone.localdate(now))
    changed = [case for case, held in zip(cases, marks, strict=True) if flags.differs(case, held)]
    same = {case.pk for case in cases} - {case.pk for case in changed}
    Case.objects.filter(pk__in=same).update(flagged_at=now)
    for case in changed:
        flags.renew(case, now)
