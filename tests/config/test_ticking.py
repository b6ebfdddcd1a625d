"""The ticker rings each minute, whatever is done to the machine's clock."""

from datetime import UTC, datetime, timedelta

import pytest
from celery import Celery

from config.celery import TICK_SECONDS, app
from config.ticking import Ticker

START = datetime(2026, 9, 15, 10, 0, tzinfo=UTC)


class Clock:
    """A ticker's day, minute by minute."""

    def __init__(self, folder, monkeypatch):
        self.now, self.rung = START, 0
        monkeypatch.setattr(Celery, "now", lambda _: self.now)
        own = Celery("clock", broker="memory://", set_as_current=False)
        own.conf.beat_schedule = {"sweep": {"task": "sweep", "schedule": TICK_SECONDS}}
        self.ticker = Ticker(own, schedule_filename=str(folder / "ticks"))
        self.ticker.apply_async = self.ring

    def ring(self, entry, **_):
        """Instead of the queue."""
        self.rung += entry.name == "sweep"

    def run(self, minutes):
        """How often it rings in this time."""
        before, end = self.rung, self.now + timedelta(minutes=minutes)
        while self.now < end:
            self.now += timedelta(seconds=max(self.ticker.tick(), 0.01))
        return self.rung - before


@pytest.fixture
def clock(tmp_path, monkeypatch):
    """A ticker that has run for ten minutes."""
    made = Clock(tmp_path, monkeypatch)
    assert 9 <= made.run(10) <= 11
    yield made
    made.ticker.close()


def test_the_product_rings_with_it():
    assert app.conf.beat_scheduler == "config.ticking:Ticker"


@pytest.mark.parametrize("hours", [-1, -48, 1, 48])
def test_a_clock_that_is_set_doesnt_silence_it(clock, hours):
    clock.now += timedelta(hours=hours)
    assert 9 <= clock.run(10) <= 12


def test_a_clock_that_goes_as_it_should_is_not_rung_more_often(clock):
    assert 59 <= clock.run(60) <= 61
