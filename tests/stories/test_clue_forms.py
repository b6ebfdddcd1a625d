"""The forms of a clue in a real browser: files outlive a refusal, like clues are seen in time."""

import pytest

from tests.clues.making import assigned, jpeg, registered, verified
from tests.stories.conftest import PHONE, WIDE
from tests.stories.desk import fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def chosen(*names):
    """Photos as a file dialog gives them."""
    return [
        {"name": name, "mimeType": "image/jpeg", "buffer": jpeg(colour=(at, 9, 9)).read()}
        for at, name in enumerate(names)
    ]


def fits(page) -> bool:
    """No sideways bar."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def press(page):
    """Press the form's button, whatever comes."""
    with page.expect_navigation():
        page.locator("main .act__bar [type=submit]").first.click()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_photos_outlive_a_fault_and_one_is_taken_out(live_cast, at_pc, picture, viewport):
    page = at_pc(live_cast.intake, viewport)
    page.goto("/clues/new/")
    fill(
        page,
        source="无人机",
        summary="沟内有人采煤",
        place="东沟口",
        **{"party-0-name": "张某", "party-0-identity": "123"},
    )
    page.locator("[name=files]").set_input_files(chosen("a.jpg", "b.jpg", "c.jpg"))
    press(page)
    assert "已收到 3 个文件" in page.locator("#field-files").inner_text()
    page.locator(".summary-of-faults a").first.click()
    assert page.evaluate("document.activeElement.name") == "party-0-identity"
    assert fits(page)
    page.locator("#field-files").scroll_into_view_if_needed()
    picture(page, f"staged-{viewport['width']}")
    page.locator("[name=_staged]").nth(1).uncheck()
    page.fill("[name='party-0-identity']", "")
    page.locator("[name=files]").set_input_files(chosen("d.jpg"))
    press(page)
    files = page.locator("#files").inner_text()
    assert [name in files for name in ("a.jpg", "b.jpg", "c.jpg", "d.jpg")] == [True, False, True, True]


@pytest.mark.parametrize("address", ["/clues/new/", "/cases/register/"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_bar_points_at_like_clues_and_the_tick_stays(live_cast, at_pc, picture, address, viewport):
    like = registered(live_cast)
    page = at_pc(live_cast.handler, viewport)
    page.goto(address)
    fill(page, summary=like.summary, place=like.place)
    hint = page.locator("#similar-hint a")
    hint.wait_for()
    assert hint.is_visible()
    box = page.locator("[name=similar_seen]")
    assert not box.is_checked()
    assert fits(page)
    picture(page, f"hint-{address.split('/')[1]}-{viewport['width']}")
    hint.click()
    page.wait_for_timeout(300)
    assert page.locator("#similar-head").evaluate(
        "e => e.getBoundingClientRect().top > 40 && e.getBoundingClientRect().bottom < innerHeight"
    )
    picture(page, f"panel-{address.split('/')[1]}-{viewport['width']}")
    with page.expect_response("**/clues/similar/"):
        box.check()
    hint.wait_for(state="detached")
    assert page.locator("[name=similar_seen]").is_checked()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_pages_of_a_clue_fit(live_cast, at_pc, picture, viewport):
    clue, new = verified(live_cast, files=[jpeg("微信图片.jpg")]), assigned(live_cast)
    row = clue.files.get()
    page = at_pc(live_cast.handler, viewport)
    shown = {
        "clue": clue.get_absolute_url(),
        "sheet": f"{clue.get_absolute_url()}verification-form/",
        "propose": f"{clue.get_absolute_url()}propose/",
        "hand-over": f"{new.get_absolute_url()}propose/",
        "describe": f"{clue.get_absolute_url()}files/{row.file.public_id}/",
    }
    for name, address in shown.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert fits(page), name
        picture(page, f"{name}-{viewport['width']}", full=True)
    page.goto(shown["clue"])
    strong = page.locator(".page__side .button--act")
    strong.first.wait_for()
    assert [one.inner_text() for one in strong.all()] == ["呈批立案"]


def test_registering_fits_one_screen_and_asks_more_only_where_it_applies(live_cast, at_pc, picture):
    page = at_pc(live_cast.intake)
    page.goto("/clues/new/")
    more = page.locator("details.act__more > summary")
    assert more.is_visible()
    assert page.locator("[name=informant_name]").is_visible() is False
    identity, firm = (
        page.locator("[name='party-0-identity']"),
        page.locator("[name='party-0-representative']"),
    )
    assert not identity.is_visible()
    page.fill("[name='party-0-name']", "某石料厂")
    assert identity.is_visible() and not firm.is_visible()
    page.select_option("[name='party-0-kind']", "organisation")
    assert firm.is_visible()
    page.locator("[data-add-row]").first.click()
    assert page.evaluate("document.activeElement.name") == "party-1-kind"
    more.click()
    assert page.locator("[name=informant_name]").is_visible()
    picture(page, "register")
