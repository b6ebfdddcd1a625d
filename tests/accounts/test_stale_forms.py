"""A form opened before somebody else's change isn't taken: its page shows what changed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts import roles
from accounts import standards as registry
from accounts.models import CalendarDay, SigningAuthority, Standard, User, local_today
from accounts.services import agencies, authorities, calendar, people, standards

YEAR = 2027


@pytest.fixture
def figure(cast, monkeypatch):
    """One standard."""
    monkeypatch.setattr(registry, "REGISTRY", {})
    registry.register("trial_days", "试用期限", "日")
    return standards.record_standard(
        by=cast.system_admin,
        agency=cast.county,
        key="trial_days",
        value=Decimal(5),
        valid_from=date(2026, 1, 1),
        document="某文件第一条",
    )


@pytest.fixture
def late(cast, sign_in):
    """`late(url, typed, change)`: open the form, let somebody else change the row, then send."""

    def send(url, typed, change, by=cast.system_admin):
        client = sign_in(by)
        version = client.get(url).context["version"]
        assert version is not None
        change()
        return client.post(url, {**typed, "_key": "late", "_version": version})

    return send


def assert_stopped(answer, *words):
    """The conflict page, with what was changed."""
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "别人已作了改动" in page
    assert [word for word in words if word not in page] == []


def test_an_agency(cast, late):
    def change():
        agencies.amend_agency(by=cast.system_admin, agency=cast.county, short_name="交城局")

    answer = late(
        reverse("accounts:amend_agency", args=["141122-zrzy"]),
        {"name": "交城县局", "short_name": "交局", "document_prefix": "交自然资"},
        change,
    )
    assert_stopped(answer, "简称", "交城局", "系统员")
    cast.county.refresh_from_db()
    assert (cast.county.name, cast.county.short_name) == ("交城县自然资源局", "交城局")


def test_a_person(cast, late):
    def change():
        people.amend_person(by=cast.system_admin, person=cast.handler, phone="0358-1")

    url = reverse("accounts:amend_person", args=[cast.handler.public_id])
    answer = late(url, {"name": "李承办", "phone": "0358-2", "agency": cast.county.pk}, change)
    assert_stopped(answer, "联系电话", "0358-1")
    assert User.objects.get(pk=cast.handler.pk).phone == "0358-1"


def test_a_persons_posts(cast, late):
    def change():
        people.appoint(by=cast.system_admin, person=cast.handler, agency=cast.county, role=roles.INTAKE)

    url = reverse("accounts:disable_person", args=[cast.handler.public_id])
    assert_stopped(late(url, {"reason": "调离"}, change), "岗位", "线索登记")
    assert User.objects.get(pk=cast.handler.pk).is_active


def test_a_standard(cast, late, figure):
    def change():
        standards.amend_standard(by=cast.system_admin, agency=cast.county, standard=figure, value=Decimal(7))

    url = reverse("accounts:amend_standard", args=[figure.pk])
    assert_stopped(late(url, {"value": "9", "document": "另一文件"}, change), "数值", "7")
    assert Standard.objects.get().value == 7


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("amend_calendar", {"day": f"{YEAR}-05-06", "kind": "off", "note": "晚"}),
        ("import_calendar", {"days": f"{YEAR}-05-06 休 晚"}),
    ],
)
def test_a_year_of_the_calendar(cast, late, name, typed):
    def change():
        calendar.set_day(
            by=cast.system_admin, agency=cast.county, day=date(YEAR, 5, 5), kind="off", note="早"
        )

    answer = late(reverse(f"accounts:{name}", args=[YEAR]), typed, change)
    assert_stopped(answer, f"{YEAR}-05-05")
    assert [day.note for day in CalendarDay.objects.filter(day__year=YEAR)] == ["早"]


def test_a_day_of_another_year_is_not_entered_under_this_ones_version(cast, sign_in):
    url = reverse("accounts:amend_calendar", args=[YEAR])
    answer = sign_in(cast.system_admin).post(url, {"day": "2028-05-06", "kind": "off"})
    assert answer.status_code == 422
    assert f"只能填{YEAR}年" in answer.content.decode()


def test_an_authority(cast, late):
    today = local_today()
    authority = authorities.record_authority(
        by=cast.chief,
        agency=cast.county,
        principal=cast.chief,
        delegate=cast.deputy,
        since=today - timedelta(days=9),
        until=today + timedelta(days=9),
    )

    def change():
        authorities.end_authority(by=cast.chief, authority=authority, reason="回来了")

    url = reverse("accounts:end_authority", args=[authority.pk])
    assert_stopped(late(url, {"reason": "不用了"}, change), "至")
    assert SigningAuthority.objects.get().until == today - timedelta(days=1)


def test_the_same_form_sent_again_with_the_new_version_is_taken(cast, sign_in, late):
    url = reverse("accounts:amend_person", args=[cast.handler.public_id])
    typed = {"name": "李承办", "phone": "0358-2", "agency": cast.county.pk}

    def change():
        people.amend_person(by=cast.system_admin, person=cast.handler, phone="0358-1")

    again = late(url, typed, change).context
    sign_in(cast.system_admin).post(url, {**typed, "_key": again["key"], "_version": again["version"]})
    assert User.objects.get(pk=cast.handler.pk).phone == "0358-2"
