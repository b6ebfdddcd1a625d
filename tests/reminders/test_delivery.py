"""What leaves the house: to a real mail server and a real gateway, again after a pause, then on."""

import json
from email.header import decode_header, make_header
from urllib.parse import parse_qs

import pytest

from accounts.models import Agency
from accounts.services import secrets
from reminders.models import Channel, DeliveryLog, Notice, Outbox
from reminders.services import channels as adapters
from reminders.services import delivery, making, sweeping
from tests.reminders.moments import at

DUE = "2026-11-30 18:00"
MORNING = "2026-11-30 09:00"
SECRETS = ("交城", "李承办", "孙联络", "交自然资", "夏家营", "周局长")


@pytest.fixture(autouse=True)
def house_address(settings):
    settings.SITE_URL = "http://10.1.2.3:8000"


def channel(kind, address, *, agency=None, order=10, token="", signing="", **options):
    if kind == "sms":
        options = {"answer": "code", "well": "0", **options}
    one = Channel(
        kind=kind,
        name=f"渠道{order}",
        address=address,
        order=order,
        options=options,
        agency=agency or Agency.objects.get(code="140000-zrzy"),
    )
    keys = adapters.Keys(token, signing).text()
    one.secret = secrets.seal(keys, one, "secret")
    one.save()
    return one


def swept(moment):
    return sweeping.sweep(now=at(moment))


def outcomes(**where):
    log = DeliveryLog.objects.filter(**where).order_by("pk")
    return list(log.values_list("outcome", flat=True))


# each kind, for real


def test_a_mail_goes_out_with_a_stable_id(clock, cast, contact, mail_sink):
    channel("email", mail_sink.address, **{"from": "office@example.org"})
    contact(cast.liaison, "email", "sun@example.org")
    clock(DUE)
    assert swept(MORNING) == {"duties_made": 0, "reminders_made": 2, "sent": 3, "failed": 0}
    [mail] = mail_sink.parsed()
    assert str(make_header(decode_header(mail["Subject"]))) == ("作出处罚决定 将于11月30日 18:00到期")
    [text] = mail_sink.texts()
    assert "http://10.1.2.3:8000/cases/abc/" in text
    assert mail["To"] == "sun@example.org"
    row = Outbox.objects.get(channel="email")
    assert row.state == "sent"
    assert outcomes(outbox=row) == ["sent"]


def sent_by_robot(kind, clock, http_sink, **keys):
    channel(kind, http_sink.address, **keys)
    clock(DUE)
    assert swept(MORNING)["failed"] == 0
    [(path, headers, body)] = http_sink.requests
    assert len(headers["Idempotency-Key"]) == 40
    return path, json.loads(body)


def test_dingtalk_is_told_signed(clock, http_sink):
    path, body = sent_by_robot("dingtalk", clock, http_sink, token="tok", signing="SECkey")
    assert path.startswith("/send?access_token=tok&timestamp=")
    assert "&sign=" in path
    assert body["msgtype"] == "text"
    assert "作出处罚决定" in body["text"]["content"]


def test_wecom_is_told(clock, http_sink):
    path, body = sent_by_robot("wecom", clock, http_sink, token="k1")
    assert path == "/send?key=k1"
    assert body["text"]["content"].startswith("【矿案通】作出处罚决定")


def test_feishu_is_told_signed(clock, http_sink):
    path, body = sent_by_robot("feishu", clock, http_sink, token="hook", signing="s")
    assert path == "/send/hook"
    assert body["sign"]
    assert body["timestamp"].isdigit()


@pytest.mark.parametrize("form", ["json", "form"])
def test_an_sms_gateway_gets_its_own_fields(clock, cast, contact, http_sink, form):
    fields = {"phone": "{to}", "params": "{what}|{when}", "tpl": "T1"}
    channel("sms", http_sink.address, token="t", format=form, fields=fields, header="X-Token")
    contact(cast.liaison, "sms", "13800000000")
    clock(DUE)
    swept(MORNING)
    [(_, headers, body)] = http_sink.requests
    assert headers["X-Token"] == "t"
    if form == "json":
        assert json.loads(body) == {
            "phone": "13800000000",
            "params": "作出处罚决定|将于11月30日 18:00到期",
            "tpl": "T1",
        }
    else:
        assert parse_qs(body.decode())["params"] == ["作出处罚决定|将于11月30日 18:00到期"]


@pytest.mark.parametrize("kind", sorted(adapters.SENDERS))
def test_no_message_carries_a_name_or_what_a_case_says(kind, clock, cast, contact, http_sink, mail_sink):
    channel(kind, mail_sink.address if kind == "email" else http_sink.address)
    for person in (cast.liaison, cast.brigade_head, cast.prefecture):
        contact(person, kind, "a@example.org" if kind == "email" else "139")
    for due in (DUE, "2026-12-05 18:00", "2026-11-20 18:00"):
        clock(due)
    for moment in ("2026-11-30 09:15", "2026-11-30 15:00", "2026-11-30 18:00"):
        swept(moment)
    said = mail_sink.texts()
    said += [json.dumps(json.loads(body), ensure_ascii=False) for _, _, body in http_sink.requests]
    assert len(said) >= 3
    for text in said:
        assert "作出处罚决定" in text or "今日提醒" in text
        assert "http://10.1.2.3:8000/" in text
        assert not [word for word in SECRETS if word in text]


# who is reached by what


def test_the_nearest_channel_serves(clock, cast, contact, mail_sink):
    far = channel("email", mail_sink.address, order=1)
    near = channel("email", mail_sink.address, order=9, agency=cast.county)
    channel("email", mail_sink.address, order=0, agency=cast.neighbour)
    contact(cast.liaison, "email", "sun@example.org")
    contact(cast.prefecture, "email", "lv@example.org")
    clock(DUE)
    swept(DUE)
    assert Outbox.objects.get(recipient=cast.liaison, channel="email").target == near
    assert Outbox.objects.get(recipient=cast.prefecture, channel="email").target == far


def test_an_address_not_confirmed_is_not_used(clock, cast, contact, mail_sink):
    channel("email", mail_sink.address)
    point = contact(cast.liaison, "email", "sun@example.org")
    type(point).objects.update(verified_at=None)
    clock(DUE)
    swept(MORNING)
    assert not mail_sink.mails
    assert Notice.objects.filter(recipient=cast.liaison).exists()


def test_a_group_is_told_once_however_many_people(clock, http_sink, cast):
    channel("wecom", http_sink.address, agency=cast.county)
    clock(DUE)
    swept(DUE)
    assert len(http_sink.requests) == 1


# quiet hours and the day's one message


def test_nothing_leaves_the_house_at_night(clock, cast, contact, mail_sink):
    channel("email", mail_sink.address)
    contact(cast.liaison, "email", "sun@example.org")
    clock("2026-11-30 23:30")
    swept("2026-11-30 23:30")
    assert Notice.objects.filter(recipient=cast.liaison).count() == 1
    assert not mail_sink.mails
    swept("2026-12-01 06:59")
    assert not mail_sink.mails
    swept("2026-12-01 07:00")
    assert len(mail_sink.mails) == 1


def test_a_clock_of_hours_is_sent_at_night(clock, cast, contact, mail_sink):
    channel("email", mail_sink.address)
    contact(cast.liaison, "email", "sun@example.org")
    clock("2026-12-01 03:00", by_hours=True)
    swept("2026-12-01 02:00")
    assert len(mail_sink.mails) == 1


def test_what_can_wait_comes_in_one_message_a_day(clock, cast, contact, mail_sink):
    channel("email", mail_sink.address)
    contact(cast.liaison, "email", "sun@example.org")
    for due in ("2026-12-05 18:00", "2026-12-01 18:00", "2026-11-20 18:00"):
        clock(due)
    clock("2026-12-20 18:00")
    swept("2026-11-28 09:00")
    assert Notice.objects.filter(recipient=cast.liaison).count() == 3
    assert not mail_sink.mails
    for moment in ("2026-11-28 09:11", "2026-11-28 12:00", "2026-11-28 20:00"):
        swept(moment)
    [text] = mail_sink.texts()
    assert "今日提醒：2项将到期，1项已超期，最近一项12月1日 18:00到期" in text
    swept("2026-11-29 09:01")
    swept("2026-11-29 09:15")
    assert len(mail_sink.mails) == 2


def test_what_comes_after_the_days_message_waits_for_the_next(clock, cast, contact, mail_sink):
    channel("email", mail_sink.address)
    contact(cast.liaison, "email", "sun@example.org")
    clock("2026-12-05 18:00")
    swept("2026-11-28 09:00")
    swept("2026-11-28 09:11")
    clock("2026-12-05 18:00")
    swept("2026-11-28 10:00")
    swept("2026-11-28 21:00")
    assert len(mail_sink.mails) == 1
    swept("2026-11-29 09:11")
    text = mail_sink.texts()[1]
    assert "1项将到期" in text


def test_a_days_message_with_nothing_left_to_say_is_not_sent(clock, cast, contact, mail_sink):
    channel("email", mail_sink.address)
    contact(cast.liaison, "email", "sun@example.org")
    one = clock("2026-12-05 18:00")
    swept("2026-11-28 09:00")
    type(one).objects.update(met_at=at("2026-11-28 09:05"))
    swept("2026-11-28 09:11")
    assert not mail_sink.mails
    assert outcomes(channel__isnull=False) == ["moot"]


# failing


def test_a_gateway_that_comes_back_gets_the_message_with_the_same_key(clock, cast, contact, http_sink):
    channel("sms", http_sink.address)
    contact(cast.liaison, "sms", "138")
    http_sink.answers = [(503, {}, {})]
    clock(DUE)
    swept("2026-11-30 15:00")
    swept("2026-11-30 15:01")
    assert len(http_sink.keys()) == 2
    assert len(set(http_sink.keys())) == 1
    assert Outbox.objects.get(channel="sms").state == "sent"


def test_one_bad_address_among_many_stops_nobody(clock, cast, contact, mail_sink):
    channel("email", mail_sink.address)
    for person in (cast.liaison, cast.brigade_head, cast.prefecture):
        contact(person, "email", f"{person.username}@example.org")
    mail_sink.answers = ["550 no such user"]
    clock(DUE)
    done = swept(DUE)
    assert (done["sent"], done["failed"]) == (5, 1)
    assert mail_sink.connections == 1
    assert sorted(Outbox.objects.filter(channel="email").values_list("state", flat=True)) == [
        "dead",
        "sent",
        "sent",
    ]


def test_a_mail_cut_off_after_the_data_is_sent_again_with_the_same_id(clock, cast, contact, mail_sink):
    channel("email", mail_sink.address)
    contact(cast.liaison, "email", "sun@example.org")
    mail_sink.hang_up_after_data = True
    clock(DUE)
    swept("2026-11-30 15:00")
    mail_sink.hang_up_after_data = False
    swept("2026-11-30 15:02")
    assert len(mail_sink.mails) == 2
    assert len(set(mail_sink.ids())) == 1


def test_a_stopped_channel_hands_on_at_once(clock, cast, contact, mail_sink, http_sink):
    first = channel("email", mail_sink.address, order=1)
    channel("sms", http_sink.address, order=2)
    contact(cast.liaison, "email", "sun@example.org", order=1)
    contact(cast.liaison, "sms", "138", order=2)
    clock(DUE)
    making.remind_due(now=at(MORNING))
    Channel.objects.filter(pk=first.pk).update(is_active=False)
    delivery.send_out(now=at(MORNING))
    delivery.send_out(now=at(MORNING))
    assert len(http_sink.requests) == 1


def test_the_log_holds_neither_address_nor_content(clock, cast, contact, http_sink):
    channel("sms", http_sink.address)
    contact(cast.liaison, "sms", "13812345678")
    http_sink.answers = [(500, {"message": "13812345678 refused"}, {})]
    clock(DUE)
    swept(MORNING)
    for one in DeliveryLog.objects.all():
        assert "13812345678" not in one.note
        assert "处罚" not in one.note


# a worker that dies


def test_a_row_whose_sender_died_is_sent_again_when_its_lease_is_over(
    clock, cast, contact, mail_sink, time_machine_at
):
    channel("email", mail_sink.address)
    contact(cast.liaison, "email", "sun@example.org")
    clock(DUE)
    with time_machine_at(MORNING) as clock_of_the_machine:
        making.remind_due(now=at(MORNING))
        original = delivery._note_sent

        def die(*_):
            raise KeyboardInterrupt

        delivery._note_sent = die
        try:
            with pytest.raises(KeyboardInterrupt):
                delivery.send_out(now=at(MORNING))
        finally:
            delivery._note_sent = original
        clock_of_the_machine.shift(60)
        assert delivery.send_out(now=at("2026-11-30 09:01"))["taken"] == 0
        clock_of_the_machine.shift(120)
        assert delivery.send_out(now=at("2026-11-30 09:03"))["sent"] == 1
    assert len(mail_sink.mails) == 2
    assert len(set(mail_sink.ids())) == 1
    assert outcomes(channel__kind="email") == ["unsure", "sent"]
