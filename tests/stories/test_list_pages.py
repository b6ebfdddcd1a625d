"""What a list leads to by a posted form, or shows once something is kept: as axe sees it, wide and narrow."""

import pytest

from reminders.models import FilterDigest
from reminders.services import saved_filters
from reminders.services.saved_filters import Conditions
from tests.clues.making import proposed, registered
from tests.stories.conftest import PHONE, WIDE
from tests.stories.test_axe import AXE, RUN, SIDEWAYS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looked_at(page, what) -> list[str]:
    """The findings on the page as it stands, wide and narrow."""
    page.evaluate(AXE)
    said = []
    for viewport in (WIDE, PHONE):
        page.set_viewport_size(viewport)
        said += [f"{what} {viewport['width']} {line}" for line in page.evaluate(RUN)]
        if page.evaluate(SIDEWAYS) > 0:
            said.append(f"{what} {viewport['width']} runs off sideways")
    page.set_viewport_size(WIDE)
    return said


def test_the_pages_behind_a_list_have_no_finding(live_cast, at_pc, picture):
    clue, waiting = registered(live_cast), proposed(live_cast)
    saved = saved_filters.save_filter(
        by=live_cast.brigade_head,
        list_name="clues",
        name="待分派",
        conditions=Conditions("state=registered"),
        shared=True,
    )
    saved_filters.follow_filter(by=live_cast.brigade_head, saved=saved)
    FilterDigest.objects.update(fresh=[clue.pk])
    page, said = at_pc(live_cast.brigade_head), []
    for name in ("分派", "标注", "导出所选"):
        page.goto("/clues/")
        page.locator("[data-pick-all]").check()
        with page.expect_navigation():
            page.locator("[data-bulk] button", has_text=name).click()
        said += looked_at(page, name)
        picture(page, f"many-{name}")
    for url in ("/clues/?state=registered", "/reminders/saved/", f"{saved.get_absolute_url()}fresh/"):
        page.goto(url)
        said += looked_at(page, url)
    assert not said and waiting, "\n".join(said)
