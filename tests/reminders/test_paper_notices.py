"""A paper typed in somebody's name is told to them at once, also outside the system, and bare there."""

import pytest
from django.utils import timezone

from reminders.models import Notice, Outbox
from reminders.services import delivery, outbox
from tests.cases.denying import approval_of, confirm, deny, typed_filing
from tests.reminders.test_delivery import channel

NIGHT, DAY = "2026-11-30 23:30", "2026-12-01 07:00"


@pytest.fixture
def reached(cast, contact, mail_sink):
    """The chief and the deputy have an address."""
    channel("email", mail_sink.address, **{"from": "office@example.org"})
    contact(cast.chief, "email", "zhou@example.org")
    contact(cast.deputy, "email", "chen@example.org")
    return mail_sink


def left() -> list[tuple]:
    """Who is written to outside, and under which line."""
    return list(
        Outbox.objects.filter(channel="email").order_by("pk").values_list("recipient__username", "title")
    )


def test_the_signer_gets_one_line_and_one_message(cast, reached, time_machine_at):
    with time_machine_at("2026-11-30 10:00"):
        case = typed_filing(cast)
        assert left() == [("chief", "有一件以您的名义录入的线下签批，请核对")]
        assert delivery.send_out(now=timezone.now())["sent"] == 1
        outbox.deliver_to(cast.chief)
    (mail,) = reached.parsed()
    text = mail.get_payload(decode=True).decode()
    for name in (case.number, case.cause, "周局长", "李承办", "交城", "呈批表"):
        assert name not in text
    notice = Notice.objects.get(recipient=cast.chief)
    assert notice.url == approval_of(case).signed_paper.get_absolute_url()


def test_at_night_the_inbox_alone_is_filled(cast, reached, time_machine_at):
    with time_machine_at(NIGHT) as clock:
        typed_filing(cast)
        assert outbox.deliver_to(cast.chief) == 1
        assert delivery.send_out(now=timezone.now())["taken"] == 0
        clock.move_to(timezone.datetime.fromisoformat(f"{DAY}:00+08:00"))
        assert delivery.send_out(now=timezone.now())["sent"] == 1


def test_a_denial_is_told_outside_as_well_but_not_to_who_gave_it(cast, reached, time_machine_at):
    with time_machine_at("2026-11-30 10:00"):
        deny(cast.chief, typed_filing(cast))
    assert left()[1:] == [("deputy", "有签批人否认一件线下签批，请核实处理")]


def test_each_denial_is_told_once_more(cast, time_machine_at):
    """Denied, taken back, denied again: three answers, two messages to each."""
    case = typed_filing(cast)
    deny(cast.chief, case)
    confirm(cast.chief, case, "是我签的")
    deny(cast.chief, case, "还是不对")
    assert Outbox.objects.filter(recipient=cast.deputy, title__contains="否认").count() == 2
