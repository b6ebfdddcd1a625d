"""Messages are facts before they are sent: a row in the act's own transaction, sent under a lease.

The inbox needs no broker: a row here is delivered by whoever sweeps first, and unique keys on
both sides make running twice, or twice at once, tell nobody twice.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from reminders.models import Channel, DeliveryLog, Notice, Outbox, OutboxState, Outcome
from reminders.services import patience, rechecking, writing

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 8
INBOX = "inbox"
BATCH = 1000


def owe(
    *,
    recipients: Iterable[User],
    meaning: str,
    kind: str,
    title: str,
    url: str = "",
    not_before: datetime | None = None,
    instead: str = "",
) -> int:
    """Owe each recipient one inbox line; `meaning` says what it is about, once per recipient.

    The title carries what kind and when, never a name or a case's content. Lines whose meaning begins
    with `instead` and that nobody read yet give way to this one.
    """
    now, recipients = not_before or timezone.now(), list(recipients)
    if instead:
        _give_way(recipients, instead, now)
    rows = [
        Outbox(
            meaning=f"{meaning}:inbox:{person.pk}",
            recipient=person,
            kind=kind,
            title=title,
            url=url,
            not_before=now,
        )
        for person in recipients
    ]
    Outbox.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    return len(rows)


def _give_way(recipients: list[User], meaning: str, now: datetime) -> None:
    """Earlier lines that say less than the one to come."""
    waiting = Outbox.objects.filter(recipient__in=recipients, state=OutboxState.WAITING, channel=INBOX)
    waiting.filter(meaning__startswith=meaning).update(
        state=OutboxState.MOOT, done_at=now, last_error="已并入后面的一条"
    )
    unread = Notice.objects.filter(recipient__in=recipients, read_at=None)
    unread.filter(key__startswith=meaning).update(read_at=now)


def deliver(*, now: datetime | None = None, limit: int = BATCH) -> dict:
    """Put what is due into inboxes: {"sent", "failed", "taken"}. Safe at any time, by anyone."""
    now = now or timezone.now()
    return _deliver(claim(now, limit), now)


def deliver_to(user: User, now: datetime | None = None, limit: int = 100) -> int:
    """Put what is due for one person into their inbox; how many lines came.

    Whoever looks for news fetches it: the inbox waits for no worker and no broker. One query
    where nothing is owed.
    """
    now = now or timezone.now()
    owed = Outbox.objects.filter(
        recipient=user, state=OutboxState.WAITING, channel=INBOX, not_before__lte=now
    )
    return _deliver(claim(now, limit, to=user), now)["sent"] if owed.exists() else 0


def _deliver(rows: list[Outbox], now: datetime) -> dict:
    """A whole batch in one transaction; only if the database refuses it, line by line."""
    checked = rechecking.recheck(rows, now)
    left_out(rows, checked, now)
    good = [row for row in rows if row.pk not in checked.moot]
    if checked.again:
        writing.write_down(checked.again, now)
    try:
        _put_in_inboxes(good, now)
    except DatabaseError:
        failed = sum(not _put_one(row, now) for row in good)
        return {"sent": len(good) - failed, "failed": failed, "taken": len(rows)}
    return {"sent": len(good), "failed": 0, "taken": len(rows)}


def claim(now: datetime, limit: int, *, leaving: bool = False, to: User | None = None) -> list[Outbox]:
    """Take rows that are due under a lease; two sweeps never take the same one.

    `leaving` takes what goes out of the system, otherwise inbox lines, `to` only one person's.
    The lease is of real time, whatever `now` is; one that ends later than any could is of a clock
    that ran ahead, and void.
    """
    real = timezone.now()
    due = Outbox.objects.filter(state=OutboxState.WAITING, not_before__lte=now)
    due = due.exclude(channel=INBOX) if leaving else due.filter(channel=INBOX)
    if to is not None:
        due = due.filter(recipient=to)
    due = due.exclude(lease_until__gt=real, lease_until__lte=real + 2 * LEASE)
    with transaction.atomic():
        due = due.select_for_update(skip_locked=True)
        rows = list(due.order_by("not_before", "pk")[:limit])
        until = real + LEASE
        Outbox.objects.filter(pk__in=[row.pk for row in rows]).update(lease_until=until)
    for row in rows:
        row.broken_off = row.lease_until is not None and row.attempts > 0
        row.lease_until = until
    return rows


def renew(row: Outbox) -> bool:
    """Count an attempt and hold the lease for it; False if somebody else has taken the row."""
    until = timezone.now() + LEASE
    ours = Outbox.objects.filter(pk=row.pk, state=OutboxState.WAITING, lease_until=row.lease_until).update(
        lease_until=until, attempts=row.attempts + 1
    )
    row.lease_until, row.attempts = until, row.attempts + 1
    return bool(ours)


def hurry(channel: Channel) -> None:
    """Somebody has mended a channel: what failed there or waits for it to come up goes out now."""
    channel = Channel.objects.get(pk=channel.pk)  # as any sweep has marked it
    waiting = Outbox.objects.filter(target=channel, state=OutboxState.WAITING)
    held_up = Q(tried_since__isnull=False)
    if channel.down_until:
        held_up |= Q(not_before=channel.down_until)
    waiting.filter(held_up).update(not_before=timezone.now(), tried_since=None)
    patience.mark_up(channel)


@transaction.atomic
def left_out(rows: list[Outbox], checked: rechecking.Checked, now: datetime) -> int:
    """Close what nobody needs to be told any more, each with its reason in the log."""
    gone = [row for row in rows if row.pk in checked.moot]
    for reason in {checked.moot[row.pk] for row in gone}:
        same = [row.pk for row in gone if checked.moot[row.pk] == reason]
        Outbox.objects.filter(pk__in=same, state=OutboxState.WAITING).update(
            state=OutboxState.MOOT, done_at=now, lease_until=None, last_error=reason
        )
    DeliveryLog.objects.bulk_create(
        [
            DeliveryLog(
                meaning=row.meaning,
                outbox=row,
                channel_id=row.target_id,
                attempt=row.attempts,
                agency_id=row.agency_id,
                at=now,
                outcome=Outcome.MOOT,
                note=f"{checked.moot[row.pk]}，不再发送",
            )
            for row in gone
        ],
        batch_size=BATCH,
    )
    return len(gone)


@transaction.atomic
def _put_in_inboxes(rows: list[Outbox], now: datetime) -> None:
    """Notices are unique by key, so a batch done twice shows each line once.

    An earlier line about the same thing that nobody read is read with the new one: the badge
    counts things, not days.
    """
    Notice.objects.bulk_create(
        [
            Notice(
                recipient_id=row.recipient_id, key=row.meaning, kind=row.kind, title=row.title, url=row.url
            )
            for row in rows
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    Outbox.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=OutboxState.SENT, done_at=now, lease_until=None
    )
    _read_earlier([row for row in rows if row.about], now)


def _read_earlier(rows: list[Outbox], now: datetime) -> None:
    if not rows:
        return
    earlier = Outbox.objects.filter(
        channel=INBOX,
        state=OutboxState.SENT,
        about__in={row.about for row in rows},
        recipient_id__in={row.recipient_id for row in rows},
    ).exclude(pk__in=[row.pk for row in rows])
    newly = {(row.about, row.recipient_id) for row in rows}
    keys = [
        meaning
        for meaning, about, person in earlier.values_list("meaning", "about", "recipient_id")
        if (about, person) in newly
    ]
    if keys:
        Notice.objects.filter(key__in=keys, read_at=None).update(read_at=now)


def _put_one(row: Outbox, now: datetime) -> bool:
    try:
        _put_in_inboxes([row], now)
    except DatabaseError as error:
        _fail(row, str(error), now)
        return False
    return True


def _fail(row: Outbox, error: str, now: datetime) -> None:
    attempts = row.attempts + 1
    is_dead = attempts >= MAX_ATTEMPTS
    Outbox.objects.filter(pk=row.pk).update(
        attempts=attempts,
        lease_until=None,
        last_error=error[:300],
        state=OutboxState.DEAD if is_dead else OutboxState.WAITING,
        done_at=now if is_dead else None,
        not_before=now + timedelta(minutes=2**attempts),
    )
