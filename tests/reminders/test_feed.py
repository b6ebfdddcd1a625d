"""日历订阅: the address alone opens it; it says what kind and when, and no name."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import Clock, TrailEntry, User
from reminders.models import CalendarFeed
from reminders.services import feeds
from reminders.services.agenda import agenda_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(cast):
    """Something of the county's that is due in ten days."""
    due = timezone.now() + timedelta(days=10)
    return Clock.objects.create(
        subject_kind="accounts.agency",
        subject_id=cast.county.pk,
        kind="x",
        label="立案审批",
        agency=cast.county,
        counted_from=due.date(),
        due_at=due,
        warn_at=due,
        article="-",
        url="/cases/1/",
    )


def events(client, token):
    answer = client.get(reverse("reminders:feed", args=[token]))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_calendar_program_needs_no_session(cast, clock):
    token = feeds.make_feed(by=cast.liaison)
    (event,) = events(Client(), token)
    assert event["summary"] == "立案审批 截止"
    assert event["uid"] == f"clock:{clock.pk}@kuangantong"
    assert event["dtstart"].dt == clock.due_at.replace(microsecond=0)


def test_it_carries_neither_name_nor_content(cast, clock):
    token = feeds.make_feed(by=cast.liaison)
    text = Client().get(reverse("reminders:feed", args=[token])).content.decode()
    assert cast.liaison.name not in text and cast.county.name not in text


def test_others_see_nothing_of_it(cast, clock):
    assert not events(Client(), feeds.make_feed(by=cast.neighbour_liaison))


def test_a_new_address_ends_the_one_before(cast, clock):
    old = feeds.make_feed(by=cast.liaison)
    new = feeds.make_feed(by=cast.liaison)
    assert Client().get(reverse("reminders:feed", args=[old])).status_code == 404
    assert len(events(Client(), new)) == 1


def test_an_ended_subscription_and_a_person_switched_off_have_none(cast, clock):
    token = feeds.make_feed(by=cast.liaison)
    User.objects.filter(pk=cast.liaison.pk).update(is_active=False)
    assert Client().get(reverse("reminders:feed", args=[token])).status_code == 404
    User.objects.filter(pk=cast.liaison.pk).update(is_active=True)
    feeds.end_feed(by=cast.liaison)
    assert Client().get(reverse("reminders:feed", args=[token])).status_code == 404


def test_the_address_is_kept_nowhere(cast):
    token = feeds.make_feed(by=cast.liaison)
    assert token not in CalendarFeed.objects.get().token_hash
    assert token not in str(list(TrailEntry.objects.values()))


def test_the_address_is_shown_once_on_its_page(cast, sign_in):
    client = sign_in(cast.liaison)
    page = client.post(reverse("reminders:make_feed")).content.decode()
    token = page.split("/accounts/feed/")[1].split(".ics")[0]
    assert feeds.person_of(token) == cast.liaison
    assert token not in client.get(reverse("reminders:settings")).content.decode()
    client.post(reverse("reminders:end_feed"))
    assert feeds.person_of(token) is None


def test_what_is_met_is_on_nobodys_agenda(cast, clock):
    now = timezone.now()
    span = (now, now + timedelta(days=30), now)
    assert [due.pk for due in agenda_of(cast.liaison, *span)] == [clock.pk]
    assert agenda_of(cast.handler, *span) == []
    Clock.objects.update(met_at=now)
    assert agenda_of(cast.liaison, *span) == []
