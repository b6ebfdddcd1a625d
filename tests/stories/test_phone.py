"""On a phone: the list before its filters, the steps on one line, one strong button on a township's desk."""

import pytest

from tests.clues.making import registered
from tests.stories.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOP = "e => e.getBoundingClientRect().top"


def test_a_list_stands_in_the_first_screen_and_its_filters_are_folded(live_cast, at_pc, picture):
    registered(live_cast)
    page = at_pc(live_cast.brigade_head, PHONE)
    for address, on in (("/clues/?state=registered", "1"), ("/clues/", ""), ("/cases/referrals/", "")):
        page.goto(address)
        first = page.locator("#list .list__scroll tr[data-row], #list .empty").first
        assert first.evaluate(TOP) < PHONE["height"] / 2, address
        shown = page.locator("[data-filters] .filter:visible")
        assert [box.locator("input").get_attribute("name") for box in shown.all()] == ["text"], address
        more = page.locator(".filters__more > summary")
        assert more.inner_text() == f"更多条件{on}"
    page.goto("/clues/?state=registered")
    picture(page, "filters-folded-phone")
    page.locator(".filters__more > summary").click()
    page.locator("[name=state]").select_option("verified")
    page.wait_for_url("**/clues/?state=verified")  # the piece is swapped in without a style of its own
    page.locator("#list .empty").wait_for()
    assert not page.locator("[name=state]").is_visible()


def test_the_steps_stand_on_one_line_and_say_which_of_how_many(live_cast, at_pc):
    clue = registered(live_cast)
    page = at_pc(live_cast.intake, PHONE)
    page.goto(clue.get_absolute_url())
    steps = page.locator(".stepper")
    assert steps.evaluate("e => e.getBoundingClientRect().height") < 28
    assert page.locator(".stepper__of:visible").all_inner_texts() == ["2/6"]
    assert page.locator(".stepper [aria-current]").inner_text().split()[-2:] == ["分派", "2/6"]


def test_only_what_leads_the_desk_of_a_township_is_strong(live_cast, at_pc):
    registered(live_cast, by=live_cast.reporter)
    page = at_pc(live_cast.reporter, PHONE)
    page.goto("/")
    assert [one.inner_text() for one in page.locator("main .button--act").all()] == ["登记线索"]
    assert "时限" not in page.locator("section[aria-labelledby=sent-head]").inner_text()
    due = page.locator("section[aria-labelledby=sent-head] tbody .today__due")
    assert due.evaluate("e => getComputedStyle(e).display") == "none", "no empty 时限"
