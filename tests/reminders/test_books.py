"""Channels, addresses, absences, roster and dead letters: kept by whom, and what is refused."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import TrailEntry
from accounts.services import secrets
from common.errors import Forbidden, Refused
from reminders.models import Absence, Channel, ContactPoint, DeliveryLog, Outbox
from reminders.services import absences, channel_book, contacts, dead_letters, delivery, making, roster
from reminders.services.channels import Keys
from tests.reminders.moments import at


def entered(cast, address="smtp://127.0.0.1:25", kind="email", **values):
    if kind == "sms":
        values["options"] = {"answer": "code", **values.get("options", {})}
    return channel_book.add_channel(
        by=cast.system_admin, agency=cast.county, kind=kind, details=_details("局邮件", address, **values)
    )


def _details(name, address, token="", signing="", **values):
    return channel_book.Details(name, address, **values, keys=Keys(token, signing))


def hours(since, until):
    now = timezone.now()
    return {"since": now + timedelta(hours=since), "until": now + timedelta(hours=until)}


# channels


def test_keys_are_sealed_and_never_in_the_trail(cast):
    one = entered(cast, token="pass-word-1", signing="sign-2")
    assert "pass-word-1" not in one.secret
    assert "pass-word-1" in secrets.open_sealed(one.secret, one, "secret")
    channel_book.amend_channel(by=cast.system_admin, channel=one, token="pass-word-3")
    for entry in TrailEntry.objects.filter(subject_kind="reminders.channel"):
        assert not re.search("pass-word|sign-2", str(entry.changes))
    one.refresh_from_db()
    opened = secrets.open_sealed(one.secret, one, "secret")
    assert "pass-word-3" in opened
    assert "sign-2" in opened


@pytest.mark.parametrize("part", ["chief", "liaison", "security_admin", "neighbour_chief"])
def test_only_a_system_administrator_enters_a_channel(cast, part):
    with pytest.raises(Forbidden):
        channel_book.add_channel(
            by=getattr(cast, part),
            agency=cast.county,
            kind="email",
            details=_details("x", "smtp://127.0.0.1:25"),
        )


def test_a_channel_of_the_agency_above_is_not_for_the_county_to_enter(cast):
    with pytest.raises(Forbidden):
        channel_book.add_channel(
            by=cast.system_admin,
            agency=cast.prefecture_office,
            kind="email",
            details=_details("x", "smtp://127.0.0.1:25"),
        )


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("email", "http://127.0.0.1"), ("email", "smtp://user:pw@host"), ("email", "smtp://"),
        ("dingtalk", "ftp://host/x"), ("dingtalk", "file:///etc/passwd"), ("dingtalk", "//host"),
        ("wecom", "http://user:pw@host/x"), ("sms", "http://host/a b"), ("sms", "http://[::1"),
        ("feishu", "https://host:0/x"), ("feishu", "javascript:alert(1)"),
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_one_is_refused(cast, kind, address):
    with pytest.raises(Refused, match="地址请写成"):
        entered(cast, address, kind)
    assert not Channel.objects.exists()


@pytest.mark.parametrize("text", ["{name}", "{to.__class__}", "{", "{0}"])
def test_a_template_may_name_only_what_we_have(cast, text):
    with pytest.raises(Refused, match="报文字段"):
        entered(cast, "http://10.0.0.1/", "sms", options={"fields": {"a": text}})


def test_a_test_goes_out_and_into_the_log(cast, http_sink):
    one = entered(cast, http_sink.address, "wecom")
    assert channel_book.test_channel(by=cast.system_admin, channel=one) == ""
    http_sink.answers = [(403, {}, {})]
    assert "不接受" in channel_book.test_channel(by=cast.system_admin, channel=one)
    assert list(DeliveryLog.objects.order_by("pk").values_list("outcome", flat=True)) == ["sent", "failed"]


def test_the_log_is_appended_only(cast, http_sink):
    channel_book.test_channel(by=cast.system_admin, channel=entered(cast, http_sink.address, "wecom"))
    for deed in (lambda: DeliveryLog.objects.update(note="改"), lambda: DeliveryLog.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


# addresses


def code_in(mail_sink):
    return re.search(r"确认码 (\d{6})", mail_sink.texts()[-1])[1]


def test_an_address_is_used_once_its_code_came_back(cast, mail_sink):
    entered(cast, mail_sink.address)
    point = contacts.set_address(by=cast.liaison, kind="email", address=" sun@example.org ")
    assert point.verified_at is None
    assert "sun@example" not in point.address  # sealed: no letter of base64 is an @
    assert point.masked == "s***@example.org"
    contacts.confirm(by=cast.liaison, point=point, code=code_in(mail_sink))
    assert ContactPoint.objects.get().verified_at


def test_five_wrong_codes_make_it_void(cast, mail_sink):
    entered(cast, mail_sink.address)
    point = contacts.set_address(by=cast.liaison, kind="email", address="sun@example.org")
    right = code_in(mail_sink)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert contacts.confirm(by=cast.liaison, point=point, code=wrong).verified_at is None
    with pytest.raises(Refused, match="失效"):
        contacts.confirm(by=cast.liaison, point=point, code=right)


def test_a_code_is_not_sent_twice_within_a_minute(cast, mail_sink):
    entered(cast, mail_sink.address)
    contacts.set_address(by=cast.liaison, kind="email", address="sun@example.org")
    with pytest.raises(Refused, match="一分钟"):
        contacts.set_address(by=cast.liaison, kind="email", address="sun@example.org")
    assert len(mail_sink.mails) == 1


def test_nobody_confirms_anothers_address(cast, mail_sink):
    entered(cast, mail_sink.address)
    point = contacts.set_address(by=cast.liaison, kind="email", address="sun@example.org")
    with pytest.raises(Refused):
        contacts.confirm(by=cast.chief, point=point, code=code_in(mail_sink))


@pytest.mark.parametrize(
    ("kind", "address"),
    [("email", "sun"), ("email", "a@b.cn\nBcc: c@d.cn"), ("sms", "电话"), ("sms", "1380000;rm")],
)
def test_an_address_that_is_none_is_refused(cast, http_sink, kind, address):
    entered(cast)
    entered(cast, http_sink.address, "sms")
    with pytest.raises(Refused, match="写得不对"):
        contacts.set_address(by=cast.liaison, kind=kind, address=address)


def test_without_a_channel_an_address_is_not_asked_for(cast):
    assert contacts.open_kinds(cast.liaison) == []
    with pytest.raises(Refused, match="没有开通"):
        contacts.set_address(by=cast.liaison, kind="email", address="sun@example.org")


def test_a_channel_for_everybody_reaches_the_police_too(cast):
    entered(cast, everywhere=True)
    assert contacts.open_kinds(cast.police) == ["email"]
    assert contacts.open_kinds(cast.neighbour_chief) == ["email"]


def test_the_preferred_address_is_first(cast, contact):
    contact(cast.liaison, "email", "sun@example.org", order=1)
    phone = contact(cast.liaison, "sms", "13800000000", order=2)
    contacts.prefer(by=cast.liaison, point=phone)
    assert ContactPoint.objects.order_by("order").first().kind == "sms"


# absences


def test_oneself_says_when_one_is_away(cast):
    one = absences.record_absence(by=cast.liaison, person=cast.liaison, deputy=cast.checker, **hours(1, 48))
    assert Absence.objects.get() == one
    assert TrailEntry.objects.filter(act="record_absence", actor=cast.liaison).exists()


def test_a_leader_says_it_for_who_has_fallen_ill(cast):
    absences.record_absence(by=cast.chief, person=cast.liaison, deputy=cast.checker, **hours(-1, 48))
    with pytest.raises(Forbidden):
        absences.record_absence(by=cast.handler, person=cast.liaison, deputy=cast.checker, **hours(-1, 48))
    with pytest.raises(Forbidden):
        absences.record_absence(
            by=cast.neighbour_chief, person=cast.liaison, deputy=cast.checker, **hours(-1, 48)
        )


@pytest.mark.parametrize(
    ("since", "until", "deputy", "says"),
    [
        (2, 1, "checker", "晚于"),
        (-3, -1, "checker", "过去"),
        (1, 9000, "checker", "一年"),
        (1, 2, "liaison", "另选"),
        (1, 2, "neighbour_liaison", "另选"),
        (1, 2, "system_admin", "另选"),
    ],
)
def test_an_absence_that_makes_no_sense_is_refused(cast, since, until, deputy, says):
    with pytest.raises(Refused, match=says):
        absences.record_absence(
            by=cast.liaison, person=cast.liaison, deputy=getattr(cast, deputy), **hours(since, until)
        )


def test_who_is_back_is_told_again(cast, clock):
    one = absences.record_absence(by=cast.liaison, person=cast.liaison, deputy=cast.checker, **hours(-1, 48))
    absences.end_absence(by=cast.liaison, absence=one)
    assert not Absence.objects.at(timezone.now() + timedelta(seconds=1)).exists()


# the roster


def test_the_office_keeps_its_roster(cast):
    entry = roster.put_on_duty(
        by=cast.liaison, agency=cast.county, person=cast.handler, phone="2222", **hours(0, 24)
    )
    roster.take_off_duty(by=cast.brigade_head, entry=entry)
    acts = TrailEntry.objects.filter(subject_kind="accounts.agency").order_by("seq")
    assert list(acts.values_list("act", flat=True)) == ["put_on_duty", "take_off_duty"]


@pytest.mark.parametrize("part", ["handler", "legal", "neighbour_chief", "prefecture"])
def test_others_do_not(cast, part):
    with pytest.raises(Forbidden):
        roster.put_on_duty(by=getattr(cast, part), agency=cast.county, person=cast.handler, **hours(0, 24))


def test_a_duty_that_is_over_stays(cast):
    entry = roster.put_on_duty(by=cast.liaison, agency=cast.county, person=cast.handler, **hours(-24, -1))
    with pytest.raises(Refused, match="已经结束"):
        roster.take_off_duty(by=cast.liaison, entry=entry)


def test_nobody_of_another_agency_is_put_on_duty(cast):
    with pytest.raises(Refused, match="没有业务岗位"):
        roster.put_on_duty(by=cast.liaison, agency=cast.county, person=cast.neighbour_handler, **hours(0, 24))


# dead letters


@pytest.fixture
def dead(cast, clock, contact, mail_sink):
    """A message whose address the mail server refused for good."""
    entered(cast, mail_sink.address)
    contact(cast.liaison, "email", "sun@example.org")
    mail_sink.answers = ["550 no such user"]
    clock("2026-11-30 18:00")
    making.remind_due(now=at("2026-11-30 09:00"))
    delivery.send_out(now=at("2026-11-30 09:00"))
    return Outbox.objects.get(channel="email", state="dead")


def test_the_administrator_sees_and_sends_again(cast, dead, mail_sink):
    assert list(dead_letters.of(cast.system_admin)) == [dead]
    dead_letters.retry(by=cast.system_admin, row=dead)
    Outbox.objects.filter(pk=dead.pk).update(not_before=at("2026-11-30 09:00"))
    assert delivery.send_out(now=at("2026-11-30 09:30"))["sent"] == 1
    assert len(mail_sink.ids()) == 1
    with pytest.raises(Refused, match="已经处理"):
        dead_letters.retry(by=cast.system_admin, row=dead)


def test_or_gives_it_up(cast, dead):
    dead_letters.drop(by=cast.system_admin, row=dead)
    assert not dead_letters.of(cast.system_admin).exists()


def test_nobody_else_does(cast, dead):
    for person in (cast.chief, cast.neighbour_chief):
        assert not dead_letters.of(person).exists()
        with pytest.raises(Forbidden):
            dead_letters.retry(by=person, row=dead)
        with pytest.raises(Forbidden):
            dead_letters.retry_all(by=person, agency=cast.county)


# all at once


@pytest.fixture
def many(cast, dead):
    """That one, two of a neighbour's, one inbox line of nobody's agency, five that found no robot."""
    rows = [("own", cast.county, cast.liaison, "email", "一")] * 5
    rows += [("theirs", cast.neighbour, cast.neighbour_liaison, "email", "一")] * 2
    rows += [("line", None, cast.handler, "inbox", "二")]
    for place, (name, agency, person, kind, why) in enumerate(rows):
        Outbox.objects.create(
            meaning=f"{name}{place}:x", channel=kind, recipient=person, agency=agency, kind="x",
            title="提醒 一", not_before=at("2026-11-01 09:00"), attempts=9, state="dead",
            target=dead.target if kind == "email" else None, tried_since=at("2026-11-01 09:00"),
            last_error=f"原因{why}。",
        )  # fmt: skip
    Channel.objects.update(down_since=timezone.now(), down_until=timezone.now() + timedelta(minutes=30))


def test_why_how_many_is_told_most_first(cast, many):
    told = [
        (each["channel"], each["reason"], each["count"]) for each in dead_letters.reasons(cast.system_admin)
    ]
    assert told[0] == ("局邮件", "原因一。", 5)
    assert sorted(told[1:]) == [("局邮件", "邮件服务器不接受这个收件地址。", 1), ("消息", "原因二。", 1)]


def test_one_press_owes_all_of_them_anew_and_nobody_elses(cast, many, mail_sink):
    assert dead_letters.retry_all(by=cast.system_admin, agency=cast.county) == 7
    again = Outbox.objects.filter(state="waiting", tried_since=None, attempts=0, done_at=None)
    assert again.filter(not_before__gte=timezone.now() - timedelta(minutes=1)).count() == 7
    assert Outbox.objects.filter(state="dead").count() == 2
    assert DeliveryLog.objects.filter(outcome="retried").count() == 7
    entry = TrailEntry.objects.get(act="retry_messages")
    assert (entry.actor, entry.changes) == (cast.system_admin, {"重新发送": ["", "7条"]})
    assert not Channel.objects.exclude(down_until=None).exists()
    with pytest.raises(Refused, match="不用重新发送"):
        dead_letters.retry_all(by=cast.system_admin, agency=cast.county)


def test_the_press_stands_on_the_page_with_the_reasons(cast, many, sign_in):
    admin = sign_in(cast.system_admin)
    page = admin.get("/reminders/deliveries/dead/").content.decode()
    assert "全部重新发送（7 条）" in page and "原因一。" in page
    page = admin.post("/reminders/deliveries/dead/retry/", follow=True).content.decode()
    assert "7 条已排队重新发送" in page and "没有送不出的消息" in page
