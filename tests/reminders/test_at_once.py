"""Two sweeps at the same moment, on PostgreSQL: every line once, every message once."""

import threading

import pytest
from django.db import connection

from accounts.models import Clock
from reminders.models import Channel, Notice, Outbox
from reminders.services import sweeping
from tests.cast import build_cast
from tests.reminders.moments import at

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NOW = at("2026-11-30 18:00")


def test_two_sweeps_at_once_tell_nobody_twice(http_sink):
    cast = build_cast()
    Channel.objects.create(kind="wecom", name="群", agency=cast.county, address=http_sink.address)
    Clock.objects.bulk_create(
        Clock(
            subject_kind="accounts.agency",
            subject_id=n,
            kind=f"k{n}",
            label="作出处罚决定",
            agency=cast.county,
            counted_from=NOW.date(),
            due_at=NOW,
            warn_at=NOW,
            article="第一条",
        )
        for n in range(120)
    )
    barrier, done, errors = threading.Barrier(4), [], []

    def sweep():
        try:
            barrier.wait()
            done.append(sweeping.sweep(now=NOW))
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert sum(one["reminders_made"] for one in done) == 360
    assert Notice.objects.count() == 360
    assert len(http_sink.requests) == len(set(http_sink.keys())) == 120
    assert not Outbox.objects.exclude(state="sent").exists()
