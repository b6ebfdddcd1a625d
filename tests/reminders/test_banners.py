"""What stands still is told on every page within five minutes, and which part it is."""

from datetime import date, timedelta

import pytest
from celery.signals import beat_init, before_task_publish
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.models import CalendarDay
from config import receivers, serving
from config.celery import SWEEP
from reminders.models import Heartbeat, Outbox
from reminders.services import heartbeats
from reminders.services.banners import banners
from tests.cast import add_person
from tests.reminders.moments import at

NOW = at("2026-11-30 10:00")


@pytest.fixture(autouse=True)
def next_year(db):
    """Next year's days off are in, unless a test takes them out."""
    return CalendarDay.objects.create(day=date(2027, 1, 1), kind="off")


@pytest.fixture
def next_year_is_entered():
    """Here it is looked at."""


def beaten(name, minutes_ago):
    heartbeats.beat(name=name, now=NOW - timedelta(minutes=minutes_ago))


@pytest.mark.parametrize(
    ("swept", "ticked", "word"),
    [
        (1, 1, ""),
        (3.5, 9, ""),
        (4.5, 0.5, "后台任务没有运行"),
        (4.5, 4.5, "定时器没有走"),
        (None, None, "还没有运行过"),
        (-0.2, -0.2, ""),
        (-90, -90, "定时器没有走"),
    ],
)
def test_what_has_stopped_is_told_apart(db, swept, ticked, word):
    for name, ago in ((heartbeats.SWEEP, swept), (heartbeats.BEAT, ticked)):
        if ago is not None:
            beaten(name, ago)
    says = heartbeats.stopped(NOW, heartbeats.signs())
    assert word in says
    assert bool(says) == bool(word)


def test_the_administrator_is_told_what_and_others_where_to_look(cast):
    beaten(heartbeats.SWEEP, 5)
    [told] = banners(cast.system_admin, NOW)
    assert told["tone"] == "red"
    assert "定时器" in told["text"]
    [told] = banners(cast.handler, NOW)
    assert "工作台" in told["text"]


def test_nobody_is_told_while_all_runs(cast):
    beaten(heartbeats.SWEEP, 1)
    assert banners(cast.system_admin, NOW) == banners(cast.handler, NOW) == []


def test_a_dead_letter_is_on_the_administrators_pages(cast):
    beaten(heartbeats.SWEEP, 1)
    Outbox.objects.create(
        meaning="x",
        channel="email",
        recipient=cast.handler,
        kind="reminder",
        title="x",
        not_before=NOW,
        state="dead",
        agency=cast.county,
    )
    [told] = banners(cast.system_admin, NOW)
    assert told["url"] == reverse("reminders:dead_letters")
    assert banners(cast.handler, NOW) == []


def test_it_stands_on_the_page(cast, sign_in):
    heartbeats.beat(name=heartbeats.SWEEP, now=timezone.now() - timedelta(minutes=5))
    page = sign_in(cast.system_admin).get(reverse("reminders:channels")).content.decode()
    assert "提醒已停" in page


def test_only_the_ticker_writes_its_own_sign(db, monkeypatch):
    Heartbeat.objects.all().delete()
    monkeypatch.setitem(receivers._here, "beat", False)
    # On PostgreSQL these would end this test's own transaction.
    monkeypatch.setattr(receivers, "close_old_connections", lambda: None)
    monkeypatch.setattr(serving, "begin", lambda: None)
    before_task_publish.send(sender=SWEEP)
    assert not Heartbeat.objects.exists()
    beat_init.send(sender=None)
    before_task_publish.send(sender="another.task")
    assert not Heartbeat.objects.exists()
    before_task_publish.send(sender=SWEEP)
    assert heartbeats.last(heartbeats.BEAT)


@pytest.fixture
def missing(next_year):
    """All runs, and next year's notice hasn't been entered."""
    next_year.delete()
    beaten(heartbeats.SWEEP, 1)


def test_who_keeps_the_calendar_is_told_in_november_with_the_way_there(cast, missing):
    [told] = banners(cast.system_admin, NOW)
    assert "2027年的放假和调休安排还没有录入" in told["text"]
    assert told["url"] == reverse("accounts:import_calendar", args=[2027])
    assert banners(cast.handler, NOW) == []


def test_everybody_else_is_told_in_december_who_enters_it(cast, missing):
    beaten(heartbeats.SWEEP, -60 * 24 * 1)
    [told] = banners(cast.handler, at("2026-12-01 10:00"))
    assert told["text"].endswith("由交城县自然资源局的系统管理员录入。")
    assert "url" not in told


def test_below_a_prefectures_administrator_the_countys_own_is_told_whom_to_ask(cast, missing):
    beaten(heartbeats.SWEEP, -60 * 24 * 1)
    add_person("city_admin", "市系统员", cast.prefecture_office, roles.SYSTEM_ADMIN)
    [told] = banners(cast.system_admin, at("2026-12-01 10:00"))
    assert told["text"].endswith("由吕梁市规划和自然资源局的系统管理员录入。")


def test_an_office_without_an_administrator_is_told_all_the_same(cast, missing):
    beaten(heartbeats.SWEEP, -60 * 24 * 1)
    [told] = banners(cast.police, at("2026-12-01 10:00"))
    assert told["text"].endswith("由系统管理员录入。")


def test_the_missing_year_stands_on_a_page_that_is_not_of_the_administration(cast, sign_in):
    CalendarDay.objects.all().delete()
    page = sign_in(cast.handler).get("/").content.decode()
    assert "年的放假和调休安排还没有录入" in page
