"""A channel that is down costs one message's time, kills nothing, and is believed only when it says yes."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from reminders import tasks
from reminders.models import Channel, DeliveryLog, Heartbeat, Outbox
from reminders.services import channel_book, delivery, making, patience, sweeping
from reminders.services.channels.base import said
from tests.reminders.moments import at
from tests.reminders.test_delivery import DUE, MORNING, channel, outcomes

START = at("2026-11-30 15:00")
MINUTE = timedelta(minutes=1)
HTML = b"<!DOCTYPE html><html><body>errcode 0</body></html>"


@pytest.fixture(autouse=True)
def short(settings):
    settings.CHANNEL_SECONDS = 0.4
    settings.SITE_URL = "http://10.1.2.3:8000"


def swept(minutes):
    return sweeping.sweep(now=START + minutes * MINUTE)


def row_of(kind):
    return Outbox.objects.get(channel=kind)


# only a yes is a yes


@pytest.mark.parametrize("kind", ["dingtalk", "wecom", "feishu", "sms"])
@pytest.mark.parametrize(
    "answer",
    [
        (200, HTML, {"Content-Type": "text/html"}),
        (200, b"", {}),
        (204, b"", {}),
        (200, b"0", {}),
        (200, b'"ok"', {}),
        (200, b"[]", {}),
        (200, {}, {}),
        (200, {"status": "ok", "result": 0}, {}),
        (200, {"errcode": None, "code": None, "StatusCode": None}, {}),
        (200, {"errcode": False, "code": False}, {}),
        (200, {"errcode": 310000, "code": 19024, "StatusCode": 19024}, {}),
        (200, b'{"errcode": 0, "code": 0, "StatusC', {"Content-Length": "90"}),
        (302, HTML, {"Location": "http://127.0.0.1:1/portal"}),
        (301, {"errcode": 0, "code": 0}, {"Location": "/else"}),
        (404, {"errcode": 0, "code": 0}, {}),
        (500, {"errcode": 0, "code": 0}, {}),
        (429, {"errcode": 0, "code": 0}, {}),
    ],
    ids=lambda answer: f"{answer[0]} {str(answer[1])[:30]}",
)
def test_what_isnt_this_services_yes_is_a_failure_and_kills_nothing(
    clock, cast, contact, http_sink, kind, answer
):
    channel(kind, http_sink.address)
    contact(cast.liaison, "sms", "138")
    http_sink.answers = [answer]
    clock(DUE)
    making.remind_due(now=at(MORNING))
    assert delivery.send_out(now=at(MORNING)) == {"sent": 0, "failed": 1, "taken": 1}
    assert row_of(kind).state == "waiting"
    assert outcomes(channel__kind=kind) == ["failed"]
    assert len(http_sink.requests) == 1


@pytest.mark.parametrize(
    ("kind", "other"),
    [("dingtalk", {"code": 0}), ("wecom", {"StatusCode": 0}), ("feishu", {"errcode": 0})],
)
def test_another_services_yes_is_none(clock, http_sink, kind, other):
    channel(kind, http_sink.address)
    http_sink.answers = [(200, other, {})]
    clock(DUE)
    assert sweeping.sweep(now=at(MORNING))["failed"] == 1
    assert "不算送到" in row_of(kind).last_error


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("dingtalk", {"errcode": 0, "errmsg": "ok"}),
        ("wecom", {"errcode": 0, "errmsg": "ok"}),
        ("feishu", {"code": 0, "msg": "success", "data": {}}),
        ("feishu", {"StatusCode": 0, "StatusMessage": "success"}),
    ],
)
def test_each_robots_documented_yes_is_one(clock, http_sink, kind, answer):
    channel(kind, http_sink.address)
    http_sink.answers = [(200, answer, {})]
    clock(DUE)
    sweeping.sweep(now=at(MORNING))
    assert row_of(kind).state == "sent"


@pytest.mark.parametrize(
    ("field", "well", "answer", "state"),
    [
        ("code", "0", {"code": 0}, "sent"),
        ("Code", "OK", {"Code": "OK", "BizId": "9"}, "sent"),
        ("Response.SendStatusSet.0.Code", "Ok", {"Response": {"SendStatusSet": [{"Code": "Ok"}]}}, "sent"),
        ("success", "true", {"success": True}, "sent"),
        ("*", "success", b"success\r\n", "sent"),
        ("*", "success", HTML, "waiting"),
        ("Code", "OK", {"Code": "isv.BUSINESS_LIMIT_CONTROL"}, "waiting"),
        ("Response.Code", "0", {"code": 0}, "waiting"),
    ],
)
def test_an_sms_gateways_yes_is_the_one_that_was_entered(
    clock, cast, contact, http_sink, field, well, answer, state
):
    channel("sms", http_sink.address, answer=field, well=well)
    contact(cast.liaison, "sms", "138")
    http_sink.answers = [(200, answer, {})]
    clock(DUE)
    sweeping.sweep(now=at(MORNING))
    assert row_of("sms").state == state


def test_a_gateway_without_an_agreed_yes_is_sent_nothing(clock, cast, contact, http_sink):
    channel("sms", http_sink.address, answer="")
    contact(cast.liaison, "sms", "138")
    clock(DUE)
    sweeping.sweep(now=at(MORNING))
    assert not http_sink.requests
    assert "没有填写应答" in row_of("sms").last_error


@pytest.mark.parametrize("text", ["[" * 60000, '{"a": {"b": [1]}}', "", "{", '{"a": [0]}'])
def test_an_answer_of_any_shape_is_no_fault_of_ours(text):
    assert said(text, "a.b.3.c") is None
    assert said(text, "a") is None


# mail: its own acceptance of each recipient


@pytest.mark.parametrize(
    ("word", "answer", "state"),
    [
        ("RCPT", "550 5.1.1 no such user", "dead"),
        ("RCPT", "553 bad name", "dead"),
        ("RCPT", "554 5.7.1 relay access denied", "waiting"),
        ("RCPT", "550 5.7.1 relaying denied", "waiting"),
        ("RCPT", "450 4.2.0 greylisted", "waiting"),
        ("MAIL", "550 5.7.1 sender not allowed", "waiting"),
        ("DATA", "554 no", "waiting"),
        ("RCPT", "<html>", "waiting"),
    ],
)
def test_only_an_address_that_isnt_there_is_given_up_at_once(
    clock, cast, contact, mail_sink, word, answer, state
):
    channel("email", mail_sink.address)
    contact(cast.liaison, "email", "sun@example.org")
    mail_sink.instead = {word: answer}
    clock(DUE)
    sweeping.sweep(now=at(MORNING))
    assert row_of("email").state == state
    assert not mail_sink.mails


# one message, and then the channel is left alone


@pytest.fixture
def three(clock, cast, contact):
    """Three people with a mail address each, and a clock that is due."""
    for person in (cast.liaison, cast.brigade_head, cast.prefecture):
        contact(person, "email", f"{person.username}@example.org")
    clock(DUE)
    making.remind_due(now=at(DUE))


@pytest.mark.parametrize("word", ["", "EHLO", "MAIL", "RCPT", "DATA"])
def test_a_mail_server_that_says_nothing_costs_one_message_and_stops_nothing(
    three, cast, mail_sink, http_sink, word
):
    mail, robot = channel("email", mail_sink.address), channel("wecom", http_sink.address)
    Outbox.objects.filter(channel="inbox").update(state="sent")
    Outbox.objects.all().exclude(channel="inbox").delete()
    for place in range(30):
        for target, person in ((mail, cast.liaison), (robot, None)):
            Outbox.objects.create(
                meaning=f"owed:{place}:{target.pk}:x", channel=target.kind, kind="x", title="提醒 一",
                not_before=at(DUE), recipient=person, agency=cast.county, target=target,
            )  # fmt: skip
    mail_sink.mute_at = word
    began = time.monotonic()
    done = sweeping.sweep(now=at(DUE), seconds=45)
    assert time.monotonic() - began < 3
    assert (done["sent"], done["failed"]) == (30, 1)
    assert mail_sink.connections == 1
    assert Outbox.objects.filter(channel="email", state="waiting").count() == 30
    mail.refresh_from_db()
    assert (mail.down_since, mail.down_until) == (at(DUE), at(DUE) + MINUTE)
    assert sweeping.sweep(now=at(DUE) + MINUTE / 2)["failed"] == 0
    assert mail_sink.connections == 1
    mail_sink.mute_at = None
    assert sweeping.sweep(now=at(DUE) + MINUTE)["sent"] == 30
    mail.refresh_from_db()
    assert mail.down_since is mail.down_until is None


def test_a_gateway_that_drips_for_ever_is_hung_up_on(clock, http_sink):
    one = channel("wecom", http_sink.address)
    http_sink.dripping = True
    clock(DUE)
    began = time.monotonic()
    assert sweeping.sweep(now=at(MORNING))["failed"] == 1
    assert time.monotonic() - began < 2
    one.refresh_from_db()
    assert "没有按时回答" in one.down_why


def test_the_sign_of_life_comes_while_every_channel_is_mute(clock, cast, contact, mail_sink, http_sink):
    for kind, sink in (("email", mail_sink), ("wecom", http_sink), ("feishu", http_sink)):
        channel(kind, sink.address)
    contact(cast.liaison, "email", "sun@example.org")
    mail_sink.mute_at, http_sink.mute = "MAIL", True
    clock(timezone.now() + timedelta(hours=2), by_hours=True)
    tasks.sweep()
    assert Heartbeat.objects.filter(name="sweep").exists()
    assert Channel.objects.filter(down_since__isnull=False).count() == 2


def test_a_sweep_begins_no_message_when_its_time_is_over(three, mail_sink):
    channel("email", mail_sink.address)
    making.remind_due(now=at(DUE) + MINUTE)
    Outbox.objects.filter(channel="inbox").update(state="sent")
    owed = Outbox.objects.filter(channel="email", state="waiting")
    before = list(owed.values_list("pk", "not_before", "attempts"))
    assert delivery.send_out(now=at(DUE) + MINUTE, until=time.monotonic())["sent"] == 0
    assert list(owed.values_list("pk", "not_before", "attempts")) == before
    assert not owed.exclude(lease_until=None).exists()


# for a day, then the administrator


def test_it_is_tried_for_a_day_with_pauses_that_grow_and_then_given_up(
    clock, cast, contact, http_sink, settings
):
    settings.REMINDER_QUIET_HOURS = (0, 0)
    channel("sms", http_sink.address)
    contact(cast.liaison, "sms", "138")
    clock("2026-12-02 18:00")
    making.remind_due(now=START)
    Outbox.objects.filter(channel="inbox").update(state="sent")
    Outbox.objects.exclude(channel="inbox").delete()
    row = Outbox.objects.create(
        meaning="owed:1:x", channel="sms", kind="x", title="提醒 一", not_before=START,
        recipient=cast.liaison, agency=cast.county, target=Channel.objects.get(),
    )  # fmt: skip
    http_sink.answers = [(400, {}, {})] * 50
    tried = []
    for minutes in range(0, 1500):
        if delivery.send_out(now=START + minutes * MINUTE)["failed"]:
            tried.append(minutes)
    assert tried == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 872, 1232, 1440]
    row.refresh_from_db()
    assert row.state == "dead"
    assert outcomes(outbox=row)[-2:] == ["failed", "dead"]
    assert len(set(http_sink.keys())) == 1


def test_after_twenty_minutes_the_next_channel_has_its_turn(clock, cast, contact, http_sink, mail_sink):
    mail_sink.__exit__()  # nobody listens there any more
    channel("email", mail_sink.address, order=1)
    channel("sms", http_sink.address, order=2)
    contact(cast.liaison, "email", "sun@example.org", order=1)
    contact(cast.liaison, "sms", "138", order=2)
    clock("2026-11-30 18:00")
    for minutes in range(0, 40):
        swept(minutes)
    assert outcomes(channel__kind="email") == ["failed"] * 7 + ["passed"]
    times = DeliveryLog.objects.filter(channel__kind="email", outcome="failed").order_by("pk")
    assert [int((one.at - START).total_seconds() / 60) for one in times] == [0, 1, 2, 4, 8, 16, 32]
    assert (row_of("email").state, row_of("sms").state) == ("passed", "sent")


def test_what_only_waited_takes_the_next_channel_too(cast, contact, http_sink, mail_sink):
    mail_sink.__exit__()
    channel("email", mail_sink.address, order=1)
    channel("sms", http_sink.address, order=2)
    contact(cast.liaison, "email", "sun@example.org", order=1)
    contact(cast.liaison, "sms", "138", order=2)
    for place in range(5):
        Outbox.objects.create(
            meaning=f"owed:{place}:email{Channel.objects.get(kind='email').pk}:u{cast.liaison.pk}",
            channel="email", kind="x", title="提醒 一", not_before=START,
            recipient=cast.liaison, agency=cast.county, target=Channel.objects.get(kind="email"),
        )  # fmt: skip
    for minutes in range(0, 34):
        delivery.send_out(now=START + minutes * MINUTE)
    assert set(Outbox.objects.values_list("channel", "state")) == {("email", "passed"), ("sms", "sent")}
    assert len(set(http_sink.keys())) == 5


def test_an_outage_of_days_kills_nothing_that_only_waited(clock, cast, http_sink, settings):
    settings.REMINDER_QUIET_HOURS = (0, 0)
    one = channel("wecom", http_sink.address)
    for place in range(120):
        Outbox.objects.create(
            meaning=f"owed:{place}:wecom{one.pk}:a1", channel="wecom", kind="x", title="提醒 一",
            not_before=START, agency=cast.county, target=one,
        )  # fmt: skip
    http_sink.answers = [(502, HTML, {})] * 2000
    for minutes in range(0, 3 * 24 * 60, 30):
        delivery.send_out(now=START + minutes * MINUTE, limit=200)
    tries = len(http_sink.requests)
    assert tries <= 3 * 48 + 6
    dead = Outbox.objects.filter(state="dead").count()
    assert dead <= 3
    http_sink.answers = []
    delivery.send_out(now=START + 3 * 24 * 60 * MINUTE, limit=200)
    assert Outbox.objects.filter(state="sent").count() == 120 - dead


# told, and mended


def test_a_long_outage_is_told_and_a_test_that_goes_ends_it(clock, cast, http_sink, sign_in):
    one = channel("wecom", http_sink.address, agency=cast.county)
    clock(timezone.now() + timedelta(hours=2), by_hours=True)
    http_sink.answers = [(200, HTML, {})]
    sweeping.sweep(now=timezone.now() - timedelta(minutes=25))
    admin = sign_in(cast.system_admin)
    page = admin.get(one.get_absolute_url()).content.decode()
    assert "送不出" in page and "不会丢" in page
    assert "起送不出提醒" in admin.get("/reminders/channels/").content.decode()
    assert channel_book.test_channel(by=cast.system_admin, channel=one) == ""
    one.refresh_from_db()
    assert one.down_since is None
    assert delivery.send_out(now=timezone.now())["sent"] == 1


@pytest.mark.parametrize("ahead", [31, 600])
def test_a_mark_of_a_clock_that_ran_ahead_keeps_nothing_back(ahead):
    marked = Channel(down_since=START, down_until=START + ahead * MINUTE)
    assert not patience.is_down(marked, START)
    assert patience.is_down(Channel(down_until=START + MINUTE), START)
