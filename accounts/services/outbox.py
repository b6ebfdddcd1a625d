"""Messages are facts before they are sent: a row in the act's own transaction, sent under a lease.

The inbox needs no broker: a row here is delivered by whoever sweeps first, and unique keys on
both sides make running twice, or twice at once, tell nobody twice.
"""

from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Notice, Outbox, OutboxState

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 8


def owe(*, recipients, meaning: str, kind: str, title: str, url: str = "", not_before=None) -> int:
    """Owe each recipient one inbox line; `meaning` says what it is about, once per recipient.

    The title carries what kind and when, never a name or a case's content.
    """
    now = not_before or timezone.now()
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
    Outbox.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def deliver(*, now=None, limit: int = 500) -> dict:
    """Deliver what is due: {"sent": n, "failed": n}. Safe to run at any time, by anyone."""
    now = now or timezone.now()
    sent = failed = 0
    for row in claim(now, limit):
        try:
            with transaction.atomic():
                _put_in_inbox(row)
                Outbox.objects.filter(pk=row.pk).update(
                    state=OutboxState.SENT, done_at=now, lease_until=None
                )
            sent += 1
        except IntegrityError as error:
            failed += 1
            _fail(row, str(error))
    return {"sent": sent, "failed": failed}


def claim(now, limit: int):
    """Take rows that are due under a lease; two sweeps never take the same one."""
    due = Outbox.objects.filter(state=OutboxState.WAITING, not_before__lte=now).exclude(
        lease_until__gt=now
    )
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        rows = list(due.order_by("not_before", "pk")[:limit])
        Outbox.objects.filter(pk__in=[row.pk for row in rows]).update(lease_until=now + LEASE)
    return rows


def _put_in_inbox(row: Outbox):
    Notice.objects.get_or_create(
        key=row.meaning,
        defaults={
            "recipient_id": row.recipient_id,
            "kind": row.kind,
            "title": row.title,
            "url": row.url,
        },
    )


def _fail(row: Outbox, error: str):
    attempts = row.attempts + 1
    Outbox.objects.filter(pk=row.pk).update(
        attempts=attempts,
        lease_until=None,
        last_error=error[:300],
        state=OutboxState.DEAD if attempts >= MAX_ATTEMPTS else OutboxState.WAITING,
        not_before=timezone.now() + timedelta(minutes=2**attempts),
    )
