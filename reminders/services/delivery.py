"""Sending what leaves the system: once per attempt under a lease, again after a pause (patience.py),
then by the next channel, and after a day without one to the administrator.

A machine may die between sending and noting that it was sent. The row is then sent again with the
same key: at most the one message that was on its way comes a second time, and can be told by it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from accounts.services import secrets
from common.sealing import CannotDecrypt
from reminders.models import Channel, ContactPoint, DeliveryLog, Outbox, OutboxState, Outcome
from reminders.services import messages, outbox, patience, quiet, rechecking, writing
from reminders.services.channels import Sender, Undeliverable, sender_for
from reminders.services.routes import Routes, read_routes

BATCH = 50
# What a message keeps when it goes on to another channel.
SAME = (
    "recipient_id",
    "kind",
    "title",
    "url",
    "about",
    "stage",
    "stage_at",
    "due_at",
    "agency_id",
    "digest_on",
    "any_hour",
)
STOPPED = Undeliverable("渠道已停用。", retryable=False)
NO_ADDRESS = Undeliverable("收件人没有确认过的地址。", retryable=False)
NO_KEY = Undeliverable("渠道的密钥解不开。请重新填写密钥。", down=True)


def send_out(*, now: datetime, limit: int = BATCH, until: float | None = None) -> dict:
    """One batch: {"sent", "failed", "taken"}. Safe to run at any time, by anyone, at once.

    What isn't begun at `until` (of time.monotonic) is left for the next sweep.
    """
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
        good, bad = _send_all(channel, [row for row in rows if row.target_id == pk], now, until)
        sent, failed = sent + good, failed + bad
    return {"sent": sent, "failed": failed, "taken": taken}


def _not_at_night(rows: list[Outbox], now: datetime) -> list[Outbox]:
    """Put back until morning what came into the quiet hours by a retry or a late sweep."""
    if not quiet.is_quiet(now):
        return rows
    asleep = [row.pk for row in rows if not row.any_hour]
    Outbox.objects.filter(pk__in=asleep).update(not_before=quiet.after_quiet(now), lease_until=None)
    return [row for row in rows if row.any_hour]


def _send_all(channel: Channel, rows: list[Outbox], now: datetime, until: float | None) -> tuple[int, int]:
    """Send rows by one channel; how many went and how many failed.

    The first that finds it down is the only one: the rest wait, or take another way.
    """
    addresses = _addresses(channel, rows)
    sent = failed = 0
    waiting = []
    with _opened(channel) as sender:
        for row in rows:
            if channel.is_active and patience.is_down(channel, now) or _is_over(until):
                waiting.append(row)
                continue
            if not outbox.renew(row):
                continue
            _note_break(row, now)
            error = _send(sender, row, addresses.get(row.recipient_id, ""), channel)
            if error is None:
                _note_sent(row, now)
                patience.mark_up(channel)
                sent += 1
            else:
                if error.down:
                    patience.mark_down(channel, error.sentence, now)
                _note_failed(row, error, now)
                failed += 1
    _put_off(channel, waiting, now)
    return sent, failed


def _is_over(until: float | None) -> bool:
    return until is not None and time.monotonic() >= until


@contextmanager
def _opened(channel: Channel) -> Iterator[Sender | None]:
    """The adapter for one batch; None where the channel's keys can't be read."""
    try:
        sender = sender_for(channel)
    except CannotDecrypt:
        yield None
        return
    with sender:
        yield sender


def _send(sender: Sender | None, row: Outbox, address: str, channel: Channel) -> Undeliverable | None:
    if not channel.is_active:
        return STOPPED
    if sender is None:
        return NO_KEY
    if channel.is_personal and not address:
        return NO_ADDRESS
    try:
        sender.send(messages.for_row(row), address)
    except Undeliverable as error:
        return error
    return None


def _put_off(channel: Channel, rows: list[Outbox], now: datetime) -> None:
    """What wasn't begun: let go, and while the channel is down owed later or by the next one."""
    if rows and patience.is_down(channel, now):
        if patience.is_long(channel.down_since, now):
            rows = _passed_on(rows, now)
        nightly = [row for row in rows if not row.any_hour]
        _let_go(nightly, not_before=quiet.after_quiet(channel.down_until))
        _let_go([row for row in rows if row.any_hour], not_before=channel.down_until)
    else:
        _let_go(rows)


def _let_go(rows: list[Outbox], **values: object) -> None:
    """Give up our lease, which all rows of a claim share, unless somebody else has taken the row."""
    if rows:
        ours = Outbox.objects.filter(pk__in=[row.pk for row in rows], lease_until=rows[0].lease_until)
        ours.update(lease_until=None, **values)


def _passed_on(rows: list[Outbox], now: datetime) -> list[Outbox]:
    """Hand on what another channel can take; the rest."""
    routes = read_routes(
        {row.recipient_id for row in rows if row.recipient_id}, {row.agency_id for row in rows}
    )
    left = []
    for row in rows:
        with transaction.atomic():
            if following := _hand_on(row, now, routes):
                _close(row, OutboxState.PASSED, now, f"改由“{following.name}”发送")
            else:
                left.append(row)
    return left


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
    since = min(row.tried_since or now, now)
    Outbox.objects.filter(pk=row.pk).update(lease_until=None, last_error=error.sentence, tried_since=since)
    later = patience.next_try(since, now, down=error.down) if error.retryable else None
    following = None
    if later is None or patience.is_long(since, now):
        following = _hand_on(row, now)
    if following:
        _close(row, OutboxState.PASSED, now, f"改由“{following.name}”发送")
    elif later is None:
        _close(row, OutboxState.DEAD, now, "没有其他渠道可用")
    else:
        later = later if row.any_hour else quiet.after_quiet(later)
        Outbox.objects.filter(pk=row.pk).update(not_before=later)


def _close(row: Outbox, state: str, now: datetime, note: str) -> None:
    """By this channel it is over."""
    Outbox.objects.filter(pk=row.pk).update(state=state, done_at=now, lease_until=None)
    _log(row, now, Outcome.PASSED if state == OutboxState.PASSED else Outcome.DEAD, note)


def _hand_on(row: Outbox, now: datetime, routes: Routes | None = None) -> Channel | None:
    """Owe the same message by the first channel that hasn't had it yet; None if all have."""
    if routes is None:
        routes = read_routes([row.recipient_id] if row.recipient_id else [], [row.agency_id])
    base, _, whom = row.meaning.rsplit(":", 2)
    for channel in routes.others(row.target_id, row.recipient_id, row.agency_id):
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
