"""每月15日18时: a rule is set, three people are reminded, one county is in time by two seconds and
another late by one; the board shows it at once, the prefecture returns and accepts."""

from datetime import datetime, time

import pytest
import time_machine
from django.utils import timezone

from accounts import roles
from accounts.models import local_today
from campaigns.models import Campaign, CampaignMember, Duty
from reminders.services import sweeping
from tests.cast import add_person
from tests.stories.desk import act, fill, path_of, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CAMPAIGN = "/ledgers/campaigns/now/"


@pytest.fixture
def people(live_cast):
    """The cast, with a liaison at the prefecture."""
    live_cast.prefecture_liaison = add_person("setter", "市联络", live_cast.prefecture_office, roles.LIAISON)
    return live_cast


@pytest.fixture
def campaign(people):
    """An open campaign with two counties, without any duty yet."""
    made = Campaign.objects.create(
        code="now",
        name="严厉打击非法采矿占地专项行动",
        region=people.regions["141100"],
        from_day=local_today().replace(month=1, day=1),
    )
    for code in ("141122-zrzy", "141121-zrzy", "141100-zrzy"):
        CampaignMember.objects.create(campaign=made, agency=people.agencies[code])
    return made


def clock(hour, minute=0, second=0) -> datetime:
    """A moment of today in Asia/Shanghai."""
    return timezone.make_aware(datetime.combine(local_today(), time(hour, minute, second)))


def prepare(page, address, **fields):
    """提交核对 by a county's liaison; after a return with what was corrected."""
    page.goto(f"{CAMPAIGN}{address}/prepare/")
    fill(page, **fields)
    press(page)


def check(page, address):
    """核对: no row yet, so the whole is confirmed."""
    page.goto(f"{CAMPAIGN}{address}/check/")
    press(page)


def submit(page, address, moment, watch):
    """零报告 at an exact moment."""
    watch.move_to(moment, tick=False)
    page.goto(f"{CAMPAIGN}{address}/submit/")
    page.locator("main [name='nil_report']").check()
    press(page)
    return path_of(page)


def inbox(page) -> str:
    """What the inbox says."""
    page.goto("/reminders/inbox/")
    return page.locator("main").inner_text()


def set_the_rule(page):
    """市联络 sets 半月台账 for today's day, watching the preview."""
    page.goto("/ledgers/duties/rules/new/?preset=half-monthly")
    fill(page, campaign="严厉打击非法采矿占地专项行动", days=str(local_today().day))
    page.locator("#preview td", has_text=f"{local_today()} 18:00").wait_for()
    press(page)


def test_the_fifteenth_at_six(at_pc, people, campaign, picture):
    with time_machine.travel(clock(8, 50), tick=False) as watch:
        setter = at_pc(people.prefecture_liaison)
        set_the_rule(setter)
        picture(setter, "duty-rule")
        assert Duty.objects.count() >= 2

        watch.move_to(clock(9, 0, 5), tick=False)
        sweeping.sweep(now=timezone.now())
        liaison, checker = at_pc(people.liaison), at_pc(people.checker)
        head, prefecture = at_pc(people.brigade_head), at_pc(people.prefecture)
        for page in (liaison, checker, head):
            assert "半月台账 将于" in inbox(page)
        assert "半月台账" not in inbox(prefecture)
        picture(liaison, "inbox")
        liaison.goto("/ledgers/duties/calendar/")
        assert liaison.locator(".month li", has_text="半月台账").count()
        picture(liaison, "duty-calendar")

        watch.move_to(clock(17, 40), tick=False)
        for page in (liaison, checker, prefecture):
            page.context.close()
        liaison, checker = at_pc(people.liaison), at_pc(people.checker)
        near_liaison, near = at_pc(people.neighbour_liaison), at_pc(people.neighbour_checker)
        prefecture = at_pc(people.prefecture)
        liaison.goto("/")
        assert "还有 20 分钟" in liaison.locator("main .duty").inner_text()
        picture(liaison, "desk-duty")
        prepare(liaison, "141122-zrzy")
        check(checker, "141122-zrzy")
        prepare(near_liaison, "141121-zrzy")
        check(near, "141121-zrzy")

        first = submit(checker, "141122-zrzy", clock(17, 59, 58), watch)
        submit(near, "141121-zrzy", clock(18, 0, 1), watch)

        watch.move_to(clock(18, 0, 30), tick=False)
        sweeping.sweep(now=timezone.now())
        prefecture.goto(Duty.objects.first().rule.board_url)
        board = prefecture.locator("main").inner_text()
        assert "应报 2" in board and "已报 2" in board and "迟报 1" in board
        assert "17:59:58" in board and "18:00:01" in board and "迟报 1 秒" in board
        picture(prefecture, "duty-board")

        prefecture.goto(first)
        act(prefecture, "return-submission", reason="请附情况说明后重报。")
        liaison.goto(f"{CAMPAIGN}141122-zrzy/prepare/")
        assert "第1期已被退回：请附情况说明后重报。" in liaison.locator("main").inner_text()
        prepare(liaison, "141122-zrzy", correction="已附情况说明")
        check(checker, "141122-zrzy")
        watch.move_to(clock(18, 20), tick=False)
        checker.goto(f"{CAMPAIGN}141122-zrzy/submit/")
        press(checker)
        prefecture.goto(path_of(checker))
        act(prefecture, "accept-submission")
        prefecture.goto(Duty.objects.first().rule.board_url)
        row = prefecture.locator("main tbody tr", has_text="交城县").inner_text()
        assert "已接收" in row and "迟报" not in row
