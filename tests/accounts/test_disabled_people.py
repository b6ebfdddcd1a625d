"""Somebody who was disabled gets nothing: no page, no message of any kind, no calendar.

That every address sends them away is asked in tests/security/test_disabled.py.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.services import people
from reminders.models import Notice, Outbox
from reminders.services import feeds, outbox, rechecking
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
WAY_IN = "/accounts/sign-in/"


def disable(cast):
    """The handler leaves."""
    return people.disable(by=cast.system_admin, person=cast.handler, reason="调离")


def test_what_was_open_is_closed_and_the_password_opens_nothing(cast, sign_in):
    open_before = sign_in(cast.handler)
    assert open_before.get("/").status_code == 200
    disable(cast)
    assert open_before.get("/").url.startswith(WAY_IN)
    answer = Client().post(WAY_IN, {"username": "handler", "password": PASSWORD})
    assert answer.status_code == 200 and "登录名或密码不对" in answer.content.decode()


def test_the_address_of_a_calendar_leads_nowhere(cast):
    url = reverse("reminders:feed", args=[feeds.make_feed(by=cast.handler)])
    assert Client().get(url).status_code == 200
    disable(cast)
    answer = Client().get(url)
    assert answer.status_code == 404 and b"VEVENT" not in answer.content


@pytest.mark.parametrize("channel", ["inbox", "email", "sms", "robot"])
def test_a_message_by_whatever_way_is_not_sent(cast, channel):
    """Asked once more just before sending: both ways out (inbox, channels) ask `recheck`."""
    now = timezone.now()
    row = Outbox.objects.create(
        meaning="x", channel=channel, recipient=cast.handler, kind="reminder", title="消息", not_before=now
    )
    assert row.pk not in rechecking.recheck([row], now).moot
    disable(cast)
    assert rechecking.recheck([row], now).moot == {row.pk: rechecking.SWITCHED_OFF}


def test_what_was_owed_before_comes_into_no_inbox(cast):
    now = timezone.now()
    both = [cast.handler, cast.chief]
    outbox.owe(recipients=both, meaning="before", kind="deed", title="有新的事项", not_before=now)
    disable(cast)
    outbox.deliver(now=now + timedelta(minutes=1))
    assert outbox.deliver_to(cast.handler, now + timedelta(days=1)) == 0
    assert {notice.recipient for notice in Notice.objects.all()} == {cast.chief}
