"""What a field asks for follows another's answer; without a script all of it stands behind one line."""

import pytest
from django.conf import settings
from django.test import Client

from cases.service_ways import WAYS
from tests.cases import making
from tests.cases.pages import at
from tests.stories.test_axe import WIDE, browser_of, findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HELP = "#id_detail_helptext"


@pytest.fixture
def handler(live_cast):
    """The handler's client, signed in."""
    client = Client()
    client.force_login(live_cast.handler, "accounts.backends.PersonBackend")
    return client


def seen(page) -> list[str]:
    """The helps that show beside 送达情况."""
    every = page.locator(f"{HELP} > p").all()
    return [each.text_content() for each in every if each.is_visible()]


def test_only_the_help_of_the_chosen_way_shows(live_cast, handler, chromium, live_server):
    case = making.decided_case(live_cast)
    page = browser_of(chromium, live_server, handler)
    assert findings(page, at(case, "record_service")) == []
    page.set_viewport_size(WIDE)
    assert seen(page) == [WAYS["direct"].asks]
    for code in ("post", "leaving", "announcement"):
        page.select_option("[name=mode]", code)
        assert seen(page) == [WAYS[code].asks]


def test_with_the_decision_it_waits_for_a_way(live_cast, handler, chromium, live_server):
    case = making.mined(live_cast, making.filed_case(live_cast, signed_on=making.ago(20)))
    page = browser_of(chromium, live_server, handler)
    assert findings(page, at(case, "record_decision")) == []
    page.set_viewport_size(WIDE)
    for box in page.locator("summary").all():
        if box.is_visible():
            box.click()
    assert seen(page) == []
    page.select_option("[name=mode]", "post")
    assert seen(page) == [WAYS["post"].asks]
    case = making.recorded_decision(live_cast, case)
    assert findings(page, at(case, "correct_decision")) == []
    page.set_viewport_size(WIDE)


def test_without_a_script_every_way_stands_behind_one_line(live_cast, handler, chromium, live_server):
    case = making.decided_case(live_cast)
    context = chromium.new_context(
        viewport=WIDE, locale="zh-CN", base_url=live_server.url, java_script_enabled=False
    )
    value = handler.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto(at(case, "record_service"))
    folded = page.locator(f"{HELP} details")
    assert folded.locator("li").count() == len(WAYS) and not folded.locator("li").first.is_visible()
    folded.locator("summary").click()
    assert folded.locator("li").last.is_visible()
