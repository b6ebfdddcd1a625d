"""Clocks that fall due, real sinks for mail and HTTP, and a person with addresses."""

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Clock
from accounts.services import secrets
from reminders.models import ContactPoint
from tests.reminders.moments import at
from tests.reminders.sinks import HttpSink, MailSink


@pytest.fixture
def clock(cast):
    """`clock(due, …)` makes an open clock of 交城县 about an agency row (nobody handles it)."""
    made = []

    def make(due="2026-11-30 18:00", **values):
        due_at = at(due) if isinstance(due, str) else due
        fields = {
            "subject_kind": "accounts.agency",
            "subject_id": cast.county.pk,
            "kind": f"test{len(made)}",
            "label": "作出处罚决定",
            "agency": cast.county,
            "counted_from": timezone.localdate(due_at),
            "due_at": due_at,
            "warn_at": due_at,
            "article": "行政处罚法第六十条",
            "url": "/cases/abc/",
        }
        made.append(Clock.objects.create(**{**fields, **values}))
        return made[-1]

    return make


@pytest.fixture
def mail_sink():
    """A mail server of this test's own."""
    with MailSink() as sink:
        yield sink


@pytest.fixture
def http_sink():
    """A gateway of this test's own."""
    with HttpSink() as sink:
        yield sink


@pytest.fixture
def contact():
    """`contact(person, kind, address)` gives a person a confirmed address."""

    def make(person, kind, address, order=10):
        point = ContactPoint(person=person, kind=kind, masked="***", verified_at=timezone.now(), order=order)
        point.address = secrets.seal(address, point, "address")
        point.save()
        return point

    return make


@pytest.fixture
def time_machine_at():
    """`with time_machine_at("2026-11-30 09:00") as clock: clock.shift(60)`: the machine's own."""
    return lambda moment: time_machine.travel(at(moment), tick=False)
