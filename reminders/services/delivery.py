"""Sending what leaves the system: once per attempt under a lease, again after a pause, then by the
next channel, then to the administrator.

A machine may die between sending and noting that it was sent. The row is then sent again with the
same key: at most the one message that was on its way comes a second time, and can be told by it.
"""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.services import secrets
from common.sealing import CannotDecrypt
from reminders.models import Channel, ContactPoint, DeliveryLog, Outbox, OutboxState, Outcome
from reminders.services import messages, outbox, quiet, rechecking, writing
from reminders.services.channels import Sender, Undeliverable, sender_for
from reminders.services.routes import read_routes

BATCH = 50
# Pauses between the attempts at one channel; after the last the next channel's turn comes.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15))
# What a message keeps when it goes on to another channel.
SAME = (
    "recipient_id", "kind", "title", "url", "about", "stage", "stage_at", "due_at", "agency_id",
    "digest_on", "any_hour",
)  # fmt: skip
STOPPED = Undeliverable("渠道已停用。", retryable=False)
NO_ADDRESS = Undeliverable("收件人没有确认过的地址。", retryable=False)
NO_KEY = Undeliverable("渠道的密钥解不开。请重新填写密钥。", retryable=False)


def send_out(*, now: datetime, limit: int = BATCH) -> dict:
    """One batch: {"sent", "failed", "taken"}. Safe to run at any time, by anyone, at once."""
    rows = outbox.claim(now, limit, leaving=True)
    taken = len(rows)
    rows = _not_at_night(rows, now)
    checked = rechecking.recheck(rows, now)
    outbox.left_out(rows, checked, now)
    if checked.again:
        writing.write_down(checked.again, now)
    rows = [row for row in rows if row.pk not in checked.moot]
    for row in rows:
        row.title = checked.titles.get(row.pk, row.title)
    channels = Channel.objects.in_bulk({row.target_id for row in rows})
    sent = failed = 0
    for pk, channel in channels.items():
        mine = [row for row in rows if row.target_id == pk]
        good = _send_all(channel, mine, now)
        sent, failed = sent + good, failed + len(mine) - good
    return {"sent": sent, "failed": failed, "taken": taken}


def _not_at_night(rows: list[Outbox], now: datetime) -> list[Outbox]:
    """Put back until morning what came into the quiet hours by a retry or a late sweep."""
    if not quiet.is_quiet(now):
        return rows
    asleep = [row.pk for row in rows if not row.any_hour]
    Outbox.objects.filter(pk__in=asleep).update(not_before=quiet.after_quiet(now), lease_until=None)
    return [row for row in rows if row.any_hour]


def _send_all(channel: Channel, rows: list[Outbox], now: datetime) -> int:
    """Send rows by one channel; how many went. One that is down isn't tried for each row."""
    addresses = _addresses(channel, rows)
    sent, down = 0, None
    try:
        sender = sender_for(channel)
    except CannotDecrypt:
        sender, down = None, NO_KEY
    if not channel.is_active:
        down = STOPPED
    try:
        for row in rows:
            if not outbox.renew(row):
                continue
            _note_break(row, now)
            error = down or _send(sender, row, addresses.get(row.recipient_id, ""), channel)
            if error is None:
                _note_sent(row, now)
                sent += 1
            else:
                _note_failed(row, error, now)
                down = error if error.down else down
    finally:
        if sender is not None:
            sender.close()
    return sent


def _send(sender: Sender, row: Outbox, address: str, channel: Channel) -> Undeliverable | None:
    if channel.is_personal and not address:
        return NO_ADDRESS
    try:
        sender.send(messages.for_row(row), address)
    except Undeliverable as error:
        return error
    return None


def _addresses(channel: Channel, rows: list[Outbox]) -> dict[int, str]:
    """The confirmed addresses of the batch's people for this channel, opened."""
    if not channel.is_personal:
        return {}
    points = ContactPoint.objects.filter(
        person_id__in={row.recipient_id for row in rows},
        kind=channel.kind,
        is_active=True,
        verified_at__isnull=False,
    )
    addresses = {}
    for point in points:
        try:
            addresses[point.person_id] = secrets.open_sealed(point.address, point, "address")
        except CannotDecrypt:
            continue  # told as "no confirmed address", for this person alone
    return addresses


def _note_break(row: Outbox, now: datetime) -> None:
    if row.broken_off:
        _log(row, now, Outcome.UNSURE, "上一次发送中断，用同一编号重发", attempt=row.attempts - 1)


@transaction.atomic
def _note_sent(row: Outbox, now: datetime) -> None:
    Outbox.objects.filter(pk=row.pk).update(
        state=OutboxState.SENT, done_at=now, lease_until=None, title=row.title, last_error=""
    )
    _log(row, now, Outcome.SENT)


@transaction.atomic
def _note_failed(row: Outbox, error: Undeliverable, now: datetime) -> None:
    """Plan the next attempt, or hand on to the next channel, or leave it to the administrator."""
    _log(row, now, Outcome.FAILED, error.sentence)
    values = {"lease_until": None, "last_error": error.sentence}
    if error.retryable and row.attempts <= len(PAUSES):
        later = now + PAUSES[row.attempts - 1]
        values["not_before"] = later if row.any_hour else quiet.after_quiet(later)
    else:
        following = _hand_on(row, now)
        values |= {"state": OutboxState.PASSED if following else OutboxState.DEAD, "done_at": now}
        note = f"改由“{following.name}”发送" if following else "没有其他渠道可用"
        _log(row, now, Outcome.PASSED if following else Outcome.DEAD, note)
    Outbox.objects.filter(pk=row.pk).update(**values)


def _hand_on(row: Outbox, now: datetime) -> Channel | None:
    """Owe the same message by the first channel that hasn't had it yet; None if all have."""
    routes = read_routes([row.recipient_id] if row.recipient_id else [], [row.agency_id])
    failed = Channel.objects.get(pk=row.target_id)
    base, _, whom = row.meaning.rsplit(":", 2)
    for channel in routes.others(failed, row.recipient_id, row.agency_id):
        _, fresh = Outbox.objects.get_or_create(
            meaning=f"{base}:{channel.kind}{channel.pk}:{whom}",
            defaults={
                "channel": channel.kind,
                "target": channel,
                "not_before": now,
                **{name: getattr(row, name) for name in SAME},
            },
        )
        if fresh:
            return channel
    return None


def _log(row: Outbox, now: datetime, outcome: str, note: str = "", attempt: int | None = None) -> None:
    DeliveryLog.objects.create(
        meaning=row.meaning,
        outbox=row,
        channel_id=row.target_id,
        agency_id=row.agency_id,
        attempt=row.attempts if attempt is None else attempt,
        at=now,
        outcome=outcome,
        note=note,
    )
