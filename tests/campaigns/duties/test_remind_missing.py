"""One press reminds everybody who has not reported, by all their ways, and nobody else."""

from datetime import date

import pytest

from accounts.models import TrailEntry
from campaigns.models import Duty
from campaigns.services.rounds import Round, remind_missing
from common.errors import Forbidden, Refused
from reminders.models import Notice, Outbox
from reminders.services import sweeping
from tests.campaigns.duties.conftest import at

pytestmark = pytest.mark.django_db
NOW = at("2026-05-15 18:05")


@pytest.fixture
def the_round(cast, half_monthly):
    """The round of 2026-05-15 as the prefecture sees it; 交城 has reported."""
    Duty.objects.filter(agency=cast.county, day=date(2026, 5, 15)).update(
        state="submitted", submitted_at=at("2026-05-15 17:00"), closed_at=at("2026-05-15 17:00")
    )
    return Round(half_monthly, date(2026, 5, 15), cast.prefecture)


def test_the_missing_are_told_at_once(cast, the_round):
    remind_missing(by=cast.prefecture, the_round=the_round, now=NOW)
    sweeping.sweep(now=NOW)
    urged = Notice.objects.filter(key__contains=":urged")
    told = {notice.recipient for notice in urged}
    assert told == {cast.neighbour_liaison, cast.neighbour_checker}
    assert "半月台账" in urged.first().title


def test_pressed_twice_in_a_minute_it_tells_once(cast, the_round):
    remind_missing(by=cast.prefecture, the_round=the_round, now=NOW)
    remind_missing(by=cast.prefecture, the_round=the_round, now=at("2026-05-15 18:05:40"))
    assert Outbox.objects.filter(stage__startswith="urged").count() == 2
    remind_missing(by=cast.prefecture, the_round=the_round, now=at("2026-05-15 18:30"))
    assert Outbox.objects.filter(stage__startswith="urged").count() == 4


def test_the_trail_says_who_pressed_and_for_how_many(cast, the_round):
    remind_missing(by=cast.prefecture, the_round=the_round, now=NOW)
    entry = TrailEntry.objects.get(act="remind_missing")
    assert entry.actor == cast.prefecture
    assert "1个" in str(entry.changes)


def test_with_nobody_missing_it_is_refused(cast, the_round):
    Duty.objects.update(state="accepted")
    with pytest.raises(Refused):
        remind_missing(by=cast.prefecture, the_round=the_round, now=NOW)


def test_a_county_reminds_nobody(cast, the_round):
    with pytest.raises(Forbidden):
        remind_missing(by=cast.liaison, the_round=the_round, now=NOW)
