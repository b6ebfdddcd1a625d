"""Writing reminders down: who is told of each thing at its stage, and by which way.

A reminder is a row of the outbox, unique by its meaning (thing, due date, stage, channel,
recipient): written twice it is there once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from reminders import stages
from reminders.due_sources import Due
from reminders.models import Channel, DeliveryLog, Outbox, Outcome
from reminders.services import messages, quiet
from reminders.services.gathering import gathered
from reminders.services.recipients import Recipient, Staff, staff_for
from reminders.services.routes import Routes, read_routes
from reminders.stages import Occurrence

BATCH = 1000
DIGEST = "digest"
LAST_CALL = timedelta(minutes=1)


@dataclass
class Batch:
    """A batch of things to tell, with everything needed to say to whom and how."""

    now: datetime
    telling: list[tuple[Due, Occurrence]]
    staff: Staff
    rows: list[Outbox] = field(default_factory=list)
    log: list[DeliveryLog] = field(default_factory=list)


def write_down(telling: list[tuple[Due, Occurrence]], now: datetime, log: Iterable[DeliveryLog] = ()) -> int:
    """Make the outbox rows of each (thing, stage) for everybody to be told; how many lines new."""
    batch = Batch(now, telling, staff_for([due for due, _ in telling], now), log=list(log))
    planned = gathered([(due, at, batch.staff.recipients(due, at.stage.levels)) for due, at in telling])
    routes = read_routes(
        {person.person_id for _, _, people in planned for person in people},
        {person.agency_id for _, _, people in planned for person in people},
    )
    for due, at, people in planned:
        if not people:
            batch.log.append(log_entry(due, at, now, Outcome.NOBODY, "单位没有在岗的联络员和负责人"))
        _lines_of(batch, due, at, people)
        _ways_out(batch, routes, due, at, people)
    _digests(batch, routes)
    return _keep(batch)


def _lines_of(batch: Batch, due: Due, at: Occurrence, people: list[Recipient]) -> None:
    """One inbox line for each person; always, at any hour."""
    for person in people:
        row = _row(batch, due, at, "inbox", f"inbox:{person.person_id}")
        row.title = messages.title(due, batch.now, batch.staff.words(due, person.agency_id))
        row.recipient_id, row.agency_id, row.any_hour = person.person_id, person.agency_id, person.any_hour
        batch.rows.append(row)


def _ways_out(batch: Batch, routes: Routes, due: Due, at: Occurrence, people: list[Recipient]) -> None:
    """What is told by itself leaves the system at once: to each person, to each agency's group."""
    if not at.stage.alone:
        return
    for person in people:
        for channel in routes.personal(person.person_id, person.agency_id)[:1]:
            row = _row(batch, due, at, channel.kind, f"{channel.kind}{channel.pk}:u{person.person_id}")
            row.recipient_id, row.agency_id = person.person_id, person.agency_id
            _send_by(row, channel, person.any_hour, batch.now)
            batch.rows.append(row)
    for agency_id in dict.fromkeys(person.agency_id for person in people):
        for channel in routes.group(agency_id)[:1]:
            row = _row(batch, due, at, channel.kind, f"{channel.kind}{channel.pk}:a{agency_id}")
            row.agency_id = agency_id
            _send_by(row, channel, any(person.any_hour for person in people), batch.now)
            batch.rows.append(row)


def _send_by(row: Outbox, channel: Channel, any_hour: bool, now: datetime) -> None:
    row.target, row.any_hour = channel, any_hour
    row.not_before = now if any_hour else quiet.after_quiet(now)


def _row(batch: Batch, due: Due, at: Occurrence, channel: str, tail: str) -> Outbox:
    return Outbox(
        meaning=f"{due.meaning(at.code)}:{tail}",
        channel=channel,
        kind="reminder",
        title=messages.title(due, batch.now),
        url=due.url,
        not_before=batch.now,
        about=due.about,
        stage=at.code,
        stage_at=at.at,
        due_at=due.due_at,
    )


def _digests(batch: Batch, routes: Routes) -> None:
    """Gather what isn't told by itself into one message per person, and per group, and day.

    A message that waits to be sent is joined; one that may be on its way leaves the next day's.
    """
    items = [row for row in batch.rows if row.channel == "inbox" and not stages.stage_of(row.stage).alone]
    day, at = quiet.digest_moment(batch.now)
    closed = _closed_digests(day, {row.recipient_id for row in items}, batch.now)
    begun = {}
    for row in items:
        on, when = quiet.next_digest(day) if row.recipient_id in closed else (day, at)
        row.digest_on = on
        ways = [
            (f"u{row.recipient_id}", row.recipient_id, routes.personal(row.recipient_id, row.agency_id)),
            (f"a{row.agency_id}", None, routes.group(row.agency_id)),
        ]
        for whom, person_id, channels in ways:
            if channels and (whom, on) not in begun:
                begun[whom, on] = digest_row(whom, person_id, row.agency_id, channels[0], on, when)
    batch.rows += begun.values()


def digest_row(
    whom: str, person_id: int | None, agency_id: int, channel: Channel, day: date, at: datetime
) -> Outbox:
    """The day's one message to a person or a group; what it says is worked out when it is sent."""
    return Outbox(
        meaning=f"{DIGEST}:{day}:{channel.kind}{channel.pk}:{whom}",
        channel=channel.kind,
        kind="reminder",
        title="今日提醒",
        not_before=at,
        about=DIGEST,
        digest_on=day,
        recipient_id=person_id,
        agency_id=agency_id,
        target=channel,
    )


def _closed_digests(day: date, person_ids: set[int], now: datetime) -> set[int]:
    """People whose message of the day has been sent, or may be at any moment."""
    rows = Outbox.objects.filter(about=DIGEST, digest_on=day, recipient_id__in=person_ids)
    return {
        row.recipient_id
        for row in rows.only("recipient_id", "state", "not_before")
        if row.state != "waiting" or row.not_before <= now + LAST_CALL
    }


def _keep(batch: Batch) -> int:
    """Write rows and log; how many inbox lines are new."""
    wanted = {row.meaning: row for row in batch.rows}
    written = set()
    meanings = list(wanted)
    for start in range(0, len(meanings), 5 * BATCH):
        part = meanings[start : start + 5 * BATCH]
        written |= set(Outbox.objects.filter(meaning__in=part).values_list("meaning", flat=True))
    fresh = [row for meaning, row in wanted.items() if meaning not in written]
    Outbox.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=BATCH)
    DeliveryLog.objects.bulk_create(batch.log, batch_size=BATCH)
    return sum(row.channel == "inbox" for row in fresh)


def log_entry(due: Due, at: Occurrence, now: datetime, outcome: str, note: str) -> DeliveryLog:
    """A line of the log about a stage that is not sent, unsaved."""
    return DeliveryLog(
        meaning=due.meaning(at.code), agency_id=due.agency_id, at=now, outcome=outcome, note=note
    )
