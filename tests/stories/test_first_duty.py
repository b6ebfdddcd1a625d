"""A fresh install: the demo's 交城 meets the duty that is open, and the board shows it at once."""

import io

import pytest
from django.utils import timezone

from campaigns.models import Duty
from config import demo
from reminders.services import sweeping
from tests.stories.desk import PDF, act, path_of, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CAMPAIGN = "/ledgers/campaigns/luliang-now/"


@pytest.fixture
def loaded(transactional_db):
    """The demo as `manage.py demo` loads it, and the first tick of its clock."""
    demo.load(io.StringIO())
    sweeping.sweep(now=timezone.now())


def open_duty(what) -> Duty:
    """What 交城 owes next."""
    owed = Duty.objects.filter(agency__code="141122-zrzy", what=what, due_at__gt=timezone.now())
    return owed.earliest("due_at")


def test_the_first_county_meets_its_first_duty(at_pc, loaded, picture):
    duty = open_duty("ledger")
    assert (duty.state, open_duty("paper").due_at) == ("open", duty.due_at)
    liaison = at_pc("lianluo", password=demo.PASSWORD)
    liaison.goto(CAMPAIGN)
    bar = liaison.locator(".ledger-bar").inner_text()
    assert "待纳入 2 条" in bar and "此后没有变化" not in bar
    assert "还有" in bar and "第1期" in bar and "已接收" in bar
    assert liaison.locator(".ledger-bar [aria-current=step]").inner_text().startswith("1")
    picture(liaison, "ledger-open-period")

    liaison.goto(f"{CAMPAIGN}141122-zrzy/candidates/")
    for box in liaison.locator("main input[name=pick]").all():
        box.check()
    with liaison.expect_navigation():
        liaison.locator(
            "main [formaction*='/include/'], main form[action*='/include/'] [type=submit]"
        ).first.click()
    press(liaison)

    liaison.goto(f"{CAMPAIGN}141122-zrzy/prepare/")
    assert str(duty) in liaison.locator("main").inner_text()
    picture(liaison, "prepare")
    liaison.locator("main input[type=file]").set_input_files([PDF])
    press(liaison)

    checker = at_pc("shenhe", password=demo.PASSWORD)
    checker.goto("/")
    assert "核对并报送台账" in checker.locator("main").inner_text()
    checker.goto(f"{CAMPAIGN}141122-zrzy/check/")
    checker.locator("main [data-pick-all]").check()
    press(checker)
    checker.goto(f"{CAMPAIGN}141122-zrzy/submit/")
    picture(checker, "submit")
    press(checker)
    sent = path_of(checker)
    duty.refresh_from_db()
    assert duty.state == "submitted" and duty.submitted_at <= duty.due_at

    prefecture = at_pc("shiju", password=demo.PASSWORD)
    prefecture.goto("/")
    desk = prefecture.locator("main").inner_text()
    assert "半月台账" in desk and "已报：交城县" in desk and "附阶段工作进展" in desk
    picture(prefecture, "desk-prefecture")
    prefecture.goto(duty.rule.board_url + f"?day={duty.day}")
    row = prefecture.locator("main tbody tr", has_text="交城县").inner_text()
    assert "已报送" in row and "第2期" in row
    assert "已报 1" in prefecture.locator("main .duty").inner_text()
    prefecture.goto(sent)
    act(prefecture, "accept-submission")
    duty.refresh_from_db()
    assert (duty.state, open_duty("paper").state) == ("accepted", "accepted")
    liaison.goto(CAMPAIGN)
    assert "已接收" in liaison.locator(".ledger-bar__due").inner_text()


def test_a_county_without_any_change_reports_nil_on_the_due_day(at_pc, loaded):
    duty = open_duty("ledger")
    liaison, checker = (at_pc(name, password=demo.PASSWORD) for name in ("lianluo", "shenhe"))
    liaison.goto(f"{CAMPAIGN}141122-zrzy/prepare/")
    press(liaison)
    checker.goto(f"{CAMPAIGN}141122-zrzy/check/")
    press(checker)
    checker.goto(f"{CAMPAIGN}141122-zrzy/submit/")
    checker.locator("main [name=nil_report]").check()
    press(checker)
    duty.refresh_from_db()
    assert duty.state == "submitted"
