"""The working calendar: loaded, edited, imported, and a warning where a year is missing."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts import roles
from accounts.models import CalendarDay, TrailEntry
from accounts.services import calendar, clocks
from common.errors import Forbidden, Refused
from tests.cast import add_person

DAY = date(2026, 11, 20)


def test_the_shipped_years_load_once_and_keep_what_was_mended(cast):
    CalendarDay.objects.filter(day__year=2026).delete()
    call_command("load_calendar", verbosity=0)
    assert not clocks.calendar().is_workday(date(2026, 10, 1))
    assert clocks.calendar().is_workday(date(2026, 10, 10))
    calendar.set_day(by=cast.system_admin, agency=cast.county, day=DAY, kind="off", note="临时")
    assert 2026 in calendar.load()["untouched"]
    assert not clocks.calendar().is_workday(DAY)
    calendar.load(replace=True)
    assert clocks.calendar().is_workday(DAY)


def test_a_day_is_closed_opened_and_taken_back_with_a_trail(cast):
    for kind in ("off", ""):
        calendar.set_day(by=cast.system_admin, agency=cast.county, day=DAY, kind=kind)
        assert clocks.calendar().is_workday(DAY) is (kind == "")
    assert TrailEntry.objects.filter(act="amend_calendar").count() == 2
    with pytest.raises(Refused, match="不用取消"):
        calendar.set_day(by=cast.system_admin, agency=cast.county, day=DAY, kind="")


def test_a_weekday_is_no_make_up_day(cast):
    with pytest.raises(Refused, match="本来就是工作日"):
        calendar.set_day(by=cast.system_admin, agency=cast.county, day=DAY, kind="work")


@pytest.mark.parametrize("part", ["chief", "handler", "security_admin", "prefecture"])
def test_only_a_system_admin_changes_the_calendar(cast, part):
    with pytest.raises(Forbidden):
        calendar.set_day(by=getattr(cast, part), agency=cast.county, day=DAY, kind="off")


def test_below_a_prefecture_admin_the_county_admin_only_looks(cast, sign_in):
    add_person("city_admin", "市系统员", cast.prefecture_office, roles.SYSTEM_ADMIN)
    with pytest.raises(Refused, match="吕梁市规划和自然资源局的系统管理员统一维护"):
        calendar.set_day(by=cast.system_admin, agency=cast.county, day=DAY, kind="off")
    page = sign_in(cast.system_admin).get(reverse("accounts:calendar", args=[2026]))
    assert "导入全年" not in page.content.decode()


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2026, 10, 31), []),
        (date(2026, 11, 1), [2027]),
        (date(2027, 1, 1), [2027]),
        (date(2027, 12, 1), [2027, 2028]),
    ],
)
def test_the_warning_comes_when_the_notice_ought_to_be_out(cast, today, years):
    assert calendar.missing_years(today) == years
    assert all(str(year) in calendar.warning(years) for year in years)


def test_a_year_typed_off_the_notice_replaces_what_was_known(cast, sign_in):
    text = "2026-10-01 休 国庆节\n2026-10-02 休 国庆节\n\n2026-10-10 班"
    answer = sign_in(cast.system_admin).post(
        reverse("accounts:import_calendar", args=[2026]), {"days": text, "_key": "k"}
    )
    assert answer.url == "/accounts/calendar/2026/"
    days = CalendarDay.objects.filter(day__year=2026)
    assert [(str(d.day), d.kind, d.note) for d in days] == [
        ("2026-10-01", "off", "国庆节"),
        ("2026-10-02", "off", "国庆节"),
        ("2026-10-10", "work", ""),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("十月一日 休", "第1行"),
        ("2026-10-01 放", "第1行"),
        ("2027-01-01 休", "只能填2026年"),
        ("2026-10-12 班", "本来就是工作日"),
        ("{}", "没有看懂"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_changes(cast, sign_in, text, sentence):
    before = list(CalendarDay.objects.values())
    answer = sign_in(cast.system_admin).post(reverse("accounts:import_calendar", args=[2026]), {"days": text})
    page = answer.content.decode()
    assert answer.status_code in (409, 422) and sentence in page
    assert list(CalendarDay.objects.values()) == before
