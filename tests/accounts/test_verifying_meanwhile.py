"""The trail is verified as of one moment, while people go on working; and sealed once by several at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import TrailEntry
from accounts.services import hourly, taking_up, trail, trail_checks
from common.one_moment import one_moment
from tests.cast import build_cast

# On an embedded database in a file it is so too; the one of tests lies in memory, with locks of its own.
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast():
    """The cast, entered, committed."""
    made = build_cast()
    taking_up.take_up()
    return made


def elsewhere(*deeds):
    """Do things at once, each on a connection of its own, to their end; what came of them."""

    def does(deed):
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(does, deeds, timeout=20))


@transaction.atomic
def write(cast):
    """A deed: a name changed, and its entry."""
    cast.handler.name = "李更名"
    cast.handler.save()
    trail.record(by=cast.handler, act="test", label="测试", thing=cast.county)


def test_what_is_written_while_it_is_read_is_no_alarm_and_waits_for_nobody(cast, monkeypatch):
    before = TrailEntry.objects.count()
    walk = trail_checks.walk
    monkeypatch.setattr(trail_checks, "walk", lambda keep: [walk(keep), elsewhere(lambda: write(cast))][0])
    result = trail_checks.verify()
    assert (result["ok"], result["entries"]) == (True, before)
    monkeypatch.undo()
    assert trail_checks.verify()["entries"] == before + 1


def test_nothing_is_left_open_afterwards(cast):
    with one_moment():
        assert TrailEntry.objects.exists()
    elsewhere(lambda: write(cast))
    assert trail_checks.verify()["ok"]


def test_sweeps_at_once_make_one_seal(cast):
    now = timezone.now()
    made = elsewhere(*[lambda: hourly.seal_hour(now=now)] * 4)
    assert len([seal for seal in made if seal]) == 1
    result = trail_checks.verify()
    assert (result["ok"], result["seals"], result["unsealed"]) == (True, 1, 0)
