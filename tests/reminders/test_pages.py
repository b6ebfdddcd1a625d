"""The pages of reminders: what is typed reaches the services; what is not mine is not there."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reminders.models import Absence, Channel, ContactPoint, DeliveryLog, Outbox, RosterEntry
from reminders.services import sweeping
from tests.reminders.moments import at


def moment(hours):
    return f"{timezone.localtime() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


@pytest.fixture
def admin(cast, sign_in):
    return sign_in(cast.system_admin)


@pytest.fixture
def robot(admin, cast, http_sink):
    """A robot entered on the page."""
    url = reverse("reminders:add_channel", args=["dingtalk"])
    response = admin.post(
        url,
        {
            "agency": cast.county.pk,
            "name": "大队工作群",
            "address": http_sink.address,
            "order": 10,
            "token": "tok-1",
            "signing": "SEC-1",
        },
    )
    channel = Channel.objects.get()
    assert response.headers["Location"] == channel.get_absolute_url()
    return channel


def test_a_channels_keys_are_shown_nowhere(admin, robot):
    for name in ("channel", "amend_channel"):
        page = admin.get(reverse(f"reminders:{name}", args=[robot.public_id])).content.decode()
        assert "tok-1" not in page
        assert "SEC-1" not in page


def test_amending_without_keys_keeps_them(admin, robot, http_sink):
    url = reverse("reminders:amend_channel", args=[robot.public_id])
    version = re.search(r'name="_version" value="(\d+)"', admin.get(url).content.decode())[1]
    admin.post(url, {"name": "新群", "address": http_sink.address, "order": 5, "_version": version})
    admin.post(reverse("reminders:test_channel", args=[robot.public_id]))
    robot.refresh_from_db()
    assert robot.name == "新群"
    assert "access_token=tok-1" in http_sink.requests[0][0]


def test_a_test_that_fails_says_why(admin, robot, http_sink):
    http_sink.answers = [(500, {}, {})]
    page = admin.post(reverse("reminders:test_channel", args=[robot.public_id]), follow=True).content.decode()
    assert "没有送成" in page
    assert "试发" in page


@pytest.mark.parametrize("kind", ["email", "sms", "dingtalk", "wecom", "feishu"])
def test_every_kind_has_its_form(admin, kind):
    page = admin.get(reverse("reminders:add_channel", args=[kind]))
    assert page.status_code == 200
    assert admin.post(reverse("reminders:add_channel", args=[kind]), {}).status_code == 422


def test_an_sms_gateways_fields_are_lines(admin, cast):
    url = reverse("reminders:add_channel", args=["sms"])
    given = {
        "agency": cast.county.pk,
        "name": "短信",
        "address": "http://10.1.1.1/sms",
        "order": 1,
        "format": "form",
        "lines": "phone={to}\nparams={what}|{when}",
        "token": "k",
        "answer": "code",
        "well": "0",
    }
    assert admin.post(url, given | {"answer": ""}).status_code == 422
    assert admin.post(url, given | {"lines": "phone"}).status_code == 422
    assert admin.post(url, given | {"lines": "a={secret}"}).status_code == 409
    assert admin.post(url, given).status_code == 302
    assert Channel.objects.get().options == {
        "format": "form",
        "fields": {"phone": "{to}", "params": "{what}|{when}"},
        "answer": "code",
        "well": "0",
    }


def test_my_address_is_confirmed_by_the_code_that_came(cast, admin, sign_in, mail_sink):
    admin.post(
        reverse("reminders:add_channel", args=["email"]),
        {
            "agency": cast.county.pk,
            "name": "邮件",
            "address": mail_sink.address,
            "order": 1,
            "from": "office@example.org",
        },
    )
    me = sign_in(cast.liaison)
    me.post(reverse("reminders:set_contact", args=["email"]), {"address": "sun@example.org"})
    confirm = reverse("reminders:confirm_contact", args=["email"])
    assert me.post(confirm, {"code": "12345"}).status_code == 422
    code = re.search(r"确认码 (\d{6})", mail_sink.texts()[0])[1]
    assert me.post(confirm, {"code": code}).status_code == 302
    page = me.get(reverse("reminders:settings")).content.decode()
    assert "s***@example.org" in page
    assert "sun@example.org" not in page
    me.post(reverse("reminders:drop_contact", args=["email"]))
    assert not ContactPoint.objects.exists()


def test_i_say_that_i_am_away_and_back(cast, sign_in):
    me = sign_in(cast.liaison)
    url = reverse("reminders:own_absence")
    given = {"since": moment(-1), "until": moment(24), "deputy": cast.checker.pk, "note": "下乡"}
    assert me.post(url, given | {"until": moment(-2)}).status_code == 409
    assert me.post(url, given).status_code == 302
    assert "正在代办" in me.get(reverse("reminders:settings")).content.decode()
    one = Absence.objects.get()
    end = reverse("reminders:end_absence", args=[one.pk])
    assert sign_in(cast.handler).post(end).status_code == 404
    me.post(end)
    one.refresh_from_db()
    assert one.until <= timezone.now()


def test_the_roster_is_kept_on_its_page(cast, sign_in):
    me = sign_in(cast.liaison)
    given = {"person": cast.handler.pk, "since": moment(-1), "until": moment(8), "phone": "2222"}
    me.post(reverse("reminders:put_on_duty", args=[cast.county.code]), given)
    url = reverse("reminders:roster", args=[cast.county.code])
    page = sign_in(cast.handler).get(url).content.decode()
    assert "李承办" in page
    assert "2222" in page
    assert "撤销" not in page
    assert sign_in(cast.neighbour_chief).get(url).status_code == 404
    entry = RosterEntry.objects.get()
    me.post(reverse("reminders:take_off_duty", args=[cast.county.code, entry.pk]))
    assert not RosterEntry.objects.exists()


def test_what_could_not_be_sent_is_seen_and_sent_again(cast, admin, robot, clock, http_sink, sign_in):
    http_sink.answers = [(404, {}, {})]
    clock("2026-11-30 18:00")
    sweeping.sweep(now=at("2026-11-30 09:00"))
    row = Outbox.objects.get(channel="dingtalk")
    Outbox.objects.filter(pk=row.pk).update(state="dead")
    page = admin.get(reverse("reminders:dead_letters")).content.decode()
    assert "网关不接受" in page
    log = admin.get(reverse("reminders:deliveries")).content.decode()
    assert "未送成" in log
    other = sign_in(cast.neighbour_chief)
    assert other.post(reverse("reminders:retry_message", args=[row.pk])).status_code == 404
    admin.post(reverse("reminders:retry_message", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)
    assert DeliveryLog.objects.filter(outcome="retried").exists()
