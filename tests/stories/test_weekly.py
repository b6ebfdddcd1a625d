"""每周五的周报: a county sets the rule, a township is reminded, hands in, gets it back, hands in again;
the county accepts it, and reminds the township that has not reported."""

from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone

from accounts import roles
from accounts.models import Agency
from campaigns.models import Duty
from reminders.models import Notice
from reminders.services import sweeping
from tests.cast import add_person
from tests.stories.conftest import PHONE
from tests.stories.desk import PDF, act, fill, path_of, press, refused

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FRIDAY = date(2026, 11, 27)


def clock(day, hour, minute=0) -> datetime:
    """A moment in Asia/Shanghai."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


@pytest.fixture
def people(live_cast):
    """The cast, with a second township of 交城."""
    county = live_cast.county
    office = Agency.objects.create(
        code="141122101-zrzy", name="夏家营自然资源所", kind="zrzy", region=live_cast.regions["141122101"],
        parent=county, path="x",
    )  # fmt: skip
    office.path = f"{county.path}{office.pk}/"
    office.save()
    live_cast.second_reporter = add_person("xia", "夏所长", office, roles.REPORTER)
    return live_cast


def inbox(page) -> str:
    """What the inbox says."""
    page.goto("/reminders/inbox/")
    return page.locator("main").inner_text()


def desk(page) -> str:
    """What 工作台 says."""
    page.goto("/")
    return page.locator("main").inner_text()


def set_the_rule(page):
    """孙联络 takes 周报 from the usual rules; the preview shows the coming Friday."""
    page.goto("/ledgers/duties/rules/")
    page.locator("summary", has_text="常用规则").click()
    page.locator("details.menu a", has_text="周报").click()
    page.locator("#preview td", has_text=f"{FRIDAY} 18:00").wait_for()
    press(page)


def test_a_friday_report_from_township_to_county(at_pc, people, picture):
    with time_machine.travel(clock(FRIDAY, 8, 50), tick=False) as watch:
        liaison = at_pc(people.liaison)
        set_the_rule(liaison)
        rule = path_of(liaison)
        assert "没有人报送" not in liaison.locator("main").inner_text()

        watch.move_to(clock(FRIDAY, 9, 1), tick=False)
        sweeping.sweep(now=timezone.now())
        reporter = at_pc(people.reporter, PHONE)
        assert "周报 将于" in inbox(reporter)
        assert "报送周报" in desk(reporter)
        picture(reporter, "weekly-phone")
        with reporter.expect_navigation():
            reporter.locator("main .duty a.button").click()
        fill(reporter, upload=PDF, note="本周巡查3次，未发现新的问题。")
        press(reporter)
        duty = path_of(reporter)
        assert "已报送" in reporter.locator("main").inner_text()

        assert "接收或退回材料" in desk(liaison)
        assert "天宁自然资源所周报（2026-11-27）已报送，待接收" in inbox(liaison)
        liaison.goto(duty)
        act(liaison, "return-paper", reason="请补充夜间巡查次数。")
        assert "已被交城县自然资源局退回" in inbox(reporter)
        assert "请补充夜间巡查次数" in desk(reporter)
        reporter.goto(duty)
        act(reporter, "hand-in", upload=PDF, note="已补充。")
        liaison.goto(duty)
        picture(liaison, "weekly-returned")
        act(liaison, "accept-paper")
        assert "已接收" in liaison.locator("main").inner_text()

        watch.move_to(clock(FRIDAY, 17, 45), tick=False)
        liaison.context.close()
        liaison, other = at_pc(people.liaison), at_pc(people.second_reporter, PHONE)
        liaison.goto(f"{rule}board/?day={FRIDAY}")
        board = liaison.locator("main").inner_text()
        assert "应报 2" in board and "已报 1" in board and "未报：夏家营自然资源所" in board
        picture(liaison, "weekly-board")
        liaison.locator("main a", has_text="提醒未报单位").click()
        press(liaison)
        sweeping.sweep(now=timezone.now())
        assert "周报 将于" in inbox(other)
        urged = Notice.objects.filter(key__contains=":urged")
        assert [notice.recipient for notice in urged] == [people.second_reporter]
        assert refused(other, duty)

        watch.move_to(clock(FRIDAY, 18, 1), tick=False)
        sweeping.sweep(now=timezone.now())
        assert "尚未办结" in inbox(liaison)
        assert Duty.objects.get(agency=people.reporter.agency, day=FRIDAY).state == "accepted"
