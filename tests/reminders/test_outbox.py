"""Messages: told once however often the sweep runs, tried again after a fault, under a lease."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from reminders.models import Notice, Outbox, OutboxState
from reminders.services import outbox


def owe(cast, meaning="clock:1", **more):
    """Owe the handler and the chief one line."""
    return outbox.owe(
        recipients=[cast.handler, cast.chief],
        meaning=meaning,
        kind="clock",
        title="时限将到",
        url="/",
        **more,
    )


def test_delivering_twice_tells_once(cast):
    owe(cast)
    assert [outbox.deliver()["sent"] for _ in range(3)] == [2, 0, 0]
    assert Notice.objects.count() == 2


def test_owing_the_same_again_is_owed_once(cast):
    owe(cast)
    outbox.deliver()
    owe(cast)
    outbox.deliver()
    assert (Outbox.objects.count(), Notice.objects.count()) == (2, 2)


def test_a_row_that_was_delivered_but_not_marked_tells_nobody_twice(cast):
    """The sweep died between the inbox line and its mark."""
    owe(cast)
    outbox.deliver()
    Outbox.objects.update(state=OutboxState.WAITING, lease_until=None)
    outbox.deliver()
    assert Notice.objects.count() == 2
    assert set(Outbox.objects.values_list("state", flat=True)) == {OutboxState.SENT}


def test_an_undone_deed_owes_nothing(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        owe(cast)
        raise IntegrityError
    assert not Outbox.objects.exists()


def test_what_is_due_later_waits(cast):
    later = timezone.now() + timedelta(hours=1)
    owe(cast, not_before=later)
    assert outbox.deliver()["sent"] == 0
    assert outbox.deliver(now=later + timedelta(seconds=1))["sent"] == 2


def test_two_sweeps_at_once_never_take_the_same_row(cast):
    owe(cast)
    now = timezone.now()
    assert len(outbox.claim(now, 10)) == 2
    assert outbox.claim(now, 10) == []


def test_a_sweep_that_died_lets_go_after_its_lease(cast):
    owe(cast)
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        outbox.claim(now, 10)
    for seconds, sent in ((-1, 0), (1, 2)):
        with time_machine.travel(now + outbox.LEASE + timedelta(seconds=seconds), tick=False):
            assert outbox.deliver()["sent"] == sent


@pytest.fixture
def broken_inbox(cast, monkeypatch):
    """The handler's inbox takes nothing until it is mended (returned: how to mend it)."""
    whole = Notice.objects.bulk_create

    def refuse(rows, **more):
        if any(row.recipient_id == cast.handler.pk for row in rows):
            raise IntegrityError("locked")
        return whole(rows, **more)

    monkeypatch.setattr(Notice.objects, "bulk_create", refuse)
    return lambda: monkeypatch.setattr(Notice.objects, "bulk_create", whole)


def test_a_failed_row_is_tried_again_later_and_hinders_no_other(cast, broken_inbox):
    owe(cast)
    result = outbox.deliver()
    assert (result["sent"], result["failed"]) == (1, 1)
    row = Outbox.objects.get(recipient=cast.handler)
    assert (row.state, row.attempts, row.lease_until) == (OutboxState.WAITING, 1, None)
    assert row.not_before > timezone.now()
    assert row.last_error == "locked"
    assert outbox.deliver()["sent"] == 0
    broken_inbox()
    assert outbox.deliver(now=timezone.now() + timedelta(minutes=3))["sent"] == 1


def test_a_row_that_never_goes_is_parked_where_it_can_be_seen(cast, broken_inbox):
    owe(cast)
    now = timezone.now()
    for n in range(outbox.MAX_ATTEMPTS):
        outbox.deliver(now=now + timedelta(days=n + 1))
    row = Outbox.objects.get(recipient=cast.handler)
    assert (row.state, row.attempts) == (OutboxState.DEAD, outbox.MAX_ATTEMPTS)
    assert outbox.deliver(now=now + timedelta(days=99))["failed"] == 0


def test_everything_left_behind_by_a_days_outage_is_delivered(cast):
    for n in range(30):
        owe(cast, meaning=f"clock:{n}")
    assert outbox.deliver(now=timezone.now() + timedelta(days=1))["sent"] == 60
