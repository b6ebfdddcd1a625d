"""Making reminders: each sweep finds what is due to be told and has it written down, once.

What has been looked at is planned for its next stage under the same lock, so a sweep costs what
there is to tell, two at once find different things, and one after a long outage finds all of it:
the stage that holds now is told, those it has overtaken are left out, and the log says so.
"""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.services import clocks
from common.workdays import Calendar
from reminders import stages
from reminders.due_sources import DUE_SOURCES, MAKERS, Due, DueSource
from reminders.models import DeliveryLog, Outcome
from reminders.services import heartbeats, writing
from reminders.services.writing import BATCH, log_entry

REMIND = "remind"  # the heartbeat that remembers the last sweep's own time


def make_duties(now: datetime, trouble: list[Exception]) -> int:
    """Let every maker make what falls due; how many duties came to be.

    One that fails is noted in `trouble` and holds up nobody else.
    """
    made = 0
    for make in MAKERS:
        try:
            made += make(now)
        except Exception as fault:  # noqa: BLE001 whatever it is, the others go on
            trouble.append(fault)
    return made


def notice_time(now: datetime) -> None:
    """Remember `now`; if it is earlier than the last sweep's, look again at what was looked at."""
    last = heartbeats.last(REMIND)
    if last and now < last - timedelta(minutes=1):
        for source in DUE_SOURCES.values():
            source.rewind(now)
    heartbeats.beat(name=REMIND, now=now)


def remind_due(
    *, now: datetime, trouble: list[Exception] | None = None, limit: int = BATCH
) -> tuple[int, int]:
    """One batch of each source: (things looked at, reminders made). 0 looked at: nothing is left.

    Safe to run twice, at once or after any pause; each source in a transaction of its own, and
    one that fails is noted in `trouble`, if told, and left out of the rest of the sweep.
    """
    looked = made = 0
    failed = {getattr(fault, "source", "") for fault in trouble or ()}
    for kind, source in DUE_SOURCES.items():
        if kind in failed:
            continue
        try:
            with transaction.atomic():
                count = _note_closed(source, now, limit)
                dues = source.take(now, limit)
                made += _tell(source, dues, now)
        except Exception as fault:  # whatever it is, the others go on
            if trouble is None:
                raise
            fault.source = kind
            trouble.append(fault)
            continue
        looked += count + len(dues)
    return looked, made


def _tell(source: DueSource, dues: list[Due], now: datetime) -> int:
    """Write down what holds now for each, plan its next stage; how many reminders are new."""
    if not dues:
        return 0
    calendar = clocks.calendar()
    telling, log, until = [], [], {}
    for due in dues:
        current = stages.latest(due.due_at, due.by_hours, calendar, now, due.leads)
        if current:
            telling.append((due, current))
        log += _overtaken(due, calendar, now)
        following = stages.following(due.due_at, due.by_hours, calendar, now, due.leads)
        until[due.pk] = following.at
    made = writing.write_down(telling, now, log)
    source.put_off(until, now)
    return made


def _overtaken(due: Due, calendar: Calendar, now: datetime) -> list[DeliveryLog]:
    """What an outage left out: the stages since the last look but the one that holds now."""
    if due.looked_at is None:
        return []
    since, leads = due.looked_at, due.leads
    missed = stages.between(due.due_at, due.by_hours, calendar, since, now, leads)[:-1]
    return [
        log_entry(due, at, now, Outcome.MOOT, f"“{at.stage.label}”已被后面的提醒取代，不再发送")
        for at in missed
    ]


def _note_closed(source: DueSource, now: datetime, limit: int) -> int:
    """What was closed while nobody swept: its stages are left out, and the log says so."""
    closed = source.take_closed(now, limit)
    calendar = clocks.calendar() if closed else None
    log = []
    for due, planned, why in closed:
        for at in stages.between(
            due.due_at, due.by_hours, calendar, planned - timedelta(seconds=1), now, due.leads
        ):
            note = f"“{at.stage.label}”未发送：事项{why}"
            log.append(log_entry(due, at, now, Outcome.MOOT, note))
    DeliveryLog.objects.bulk_create(log, batch_size=BATCH)
    return len(closed)
