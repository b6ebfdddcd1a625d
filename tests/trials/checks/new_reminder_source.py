"""Places to be screened: reminded once a stage, in the calendar, and let be once they are done."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from campaigns.models import BOOKS, ScreeningTarget
from campaigns.services import organising
from reminders.due_sources import DUE_SOURCES
from reminders.models import DeliveryLog, Notice
from reminders.services import feeds, sweeping
from reminders.services.agenda import agenda_of
from tests.campaigns.organising.conftest import ROWS, seat_of
from tests.ledgers import build
from tests.reminders.moments import at


@pytest.fixture
def target(cast):
    """交城 is to screen a village by 30 November."""
    seat = seat_of(build.campaign(cast), cast.county)
    rows = [{**ROWS["screening"], "planned_on": build.day("11-30")}]
    with time_machine.travel(at("2026-11-01 09:00"), tick=False):
        return organising.add_rows(by=cast.liaison, seat=seat, model=BOOKS["screening"], rows=rows)[0]


def told(moment) -> int:
    """How many reminders a sweep makes."""
    return sweeping.sweep(now=at(moment))["reminders_made"]


def test_each_stage_is_told_once(cast, target):
    assert told("2026-11-20 09:00") == 0
    assert told("2026-11-23 09:01") == 1
    assert told("2026-11-23 09:02") == told("2026-11-24 09:02") == 0
    notice = Notice.objects.get()
    assert (notice.recipient, notice.url) == (cast.liaison, target.get_absolute_url())
    assert notice.title == "排查 将于11月30日 18:00到期"


def test_the_whole_way_is_told_stage_by_stage(cast, target):
    moment = at("2026-11-22 00:00")
    while moment < at("2026-12-02 10:00"):
        sweeping.sweep(now=moment)
        moment += timedelta(hours=3)
    keys = Notice.objects.filter(recipient=cast.liaison).order_by("pk").values_list("key", flat=True)
    stages = ["d7", "eve", "day09", "day15", "over", "after20261201", "after20261202"]
    assert [key.split(":")[3] for key in keys if "screening" in key] == stages


def test_it_stands_in_the_calendar(cast, target):
    now = at("2026-11-20 09:00")
    (due,) = agenda_of(cast.liaison, now, now + timedelta(days=20), now)
    assert (due.about, due.label) == (f"screening:{target.pk}", "排查")
    assert not agenda_of(cast.neighbour_liaison, now, now + timedelta(days=20), now)
    with time_machine.travel(now, tick=False):
        token = feeds.make_feed(by=cast.liaison)
        answer = Client().get(reverse("reminders:feed", args=[token]))
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["summary"], event["dtstart"].dt) == ("排查 截止", at("2026-11-30 18:00"))


def test_what_is_done_is_let_be(cast, target):
    told("2026-11-23 09:01")
    ScreeningTarget.objects.update(done_on=build.day("11-24"))
    assert told("2026-11-30 09:01") == told("2026-11-30 18:01") == 0
    assert DUE_SOURCES["screening"].look([target.pk]) == {target.pk: "已于2026-11-24排查"}
    assert all("已于2026-11-24排查" in log.note for log in DeliveryLog.objects.filter(outcome="moot"))
