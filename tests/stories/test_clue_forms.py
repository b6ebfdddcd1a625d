"""The forms of a clue in a real browser: files outlive a refusal, like clues are seen in time."""

import pytest
from django.conf import settings

from tests.cast import PASSWORD
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
    strong, article = page.locator(".next .button--act"), page.locator(".next__lead .article")
    assert [one.inner_text() for one in strong.all()] == ["呈批立案"], "at once, and alone"
    places = [strong.bounding_box(), article.bounding_box()]
    assert 0 <= places[1]["y"] - places[0]["y"] - places[0]["height"] < 8, "its article stands below it"
    if viewport is PHONE:
        page.mouse.wheel(0, 5000)
        reach = page.locator("nav.sidenav").bounding_box()["y"]
        assert reach - 120 < strong.bounding_box()["y"] < reach - 44, "in reach of a thumb on a long page"


BOTTOM = "e => Math.round(e.getBoundingClientRect().bottom + scrollY)"


def ends_at(page):
    """Where the form ends before it is pressed open: 更多, or the last field where it has none."""
    parts = page.locator("details.act__more > summary, .act__fields > :not(details)")
    return max(part.evaluate(BOTTOM) for part in parts.all() if part.is_visible())


def test_registering_fits_one_screen_and_asks_more_only_where_it_applies(live_cast, at_pc, picture):
    page = at_pc(live_cast.intake)
    page.goto("/clues/new/")
    more = page.locator("details.act__more > summary")
    assert more.is_visible() and ends_at(page) <= WIDE["height"]
    assert page.locator("main .act__bar").evaluate(BOTTOM) <= WIDE["height"], "nothing need be scrolled"
    assert page.locator("[name=informant_name]").is_visible() is False
    assert page.locator("[name^=party-0]").count() == 0
    picture(page, "register")
    page.get_by_role("button", name="添加当事人").click()
    assert page.evaluate("document.activeElement.name") == "party-0-kind"
    identity, firm = (
        page.locator("[name='party-0-identity']"),
        page.locator("[name='party-0-representative']"),
    )
    assert not identity.is_visible()
    page.fill("[name='party-0-name']", "某石料厂")
    assert identity.is_visible() and not firm.is_visible()
    page.select_option("[name='party-0-kind']", "organisation")
    assert firm.is_visible()
    page.get_by_role("button", name="添加当事人").click()
    assert page.evaluate("document.activeElement.name") == "party-1-kind"
    more.click()
    assert page.locator("[name=informant_name]").is_visible()


def test_proposing_a_filing_fits_two_screens(live_cast, at_pc):
    clue = verified(live_cast)
    page = at_pc(live_cast.handler)
    ends = {}
    for address in ("/cases/register/", "/cases/new/", f"/cases/from-clue/{clue.public_id}/"):
        page.goto(address)
        ends[address] = ends_at(page)
    print(ends)
    assert max(ends.values()) <= 2 * WIDE["height"], ends


BESIDE = """() => {
  const box = (e) => e.getBoundingClientRect();
  const fields = [...document.querySelectorAll('.section > .field')].filter((e) => e.offsetParent);
  const label = (e) => Math.round(box(e.querySelector('label, legend')).top);
  const level = (a, b) => box(a).top < box(b).bottom && box(b).top < box(a).bottom;
  const beside = (a) => fields.filter((b) => level(a, b) && box(a).left < box(b).left);
  return fields.flatMap((a) => beside(a).map((b) => [a.id, b.id, label(a) - label(b)]));
}"""


def test_labels_side_by_side_stand_on_one_line_whatever_their_hints(live_cast, at_pc):
    page = at_pc(live_cast.handler)
    for address in ("/clues/new/", "/cases/register/", "/cases/new/"):
        page.goto(address)
        pairs = page.evaluate(BESIDE)
        assert len(pairs) > 1 and {off for *_, off in pairs} == {0}, (address, pairs)


def test_what_was_typed_comes_back_after_a_lost_session(live_cast, at_pc):
    page = at_pc(live_cast.intake)
    page.goto("/clues/new/")
    fill(page, source="无人机", summary="沟内有人采煤", place="东沟口", **{"party-0-name": "张某"})
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    press(page)
    assert "/accounts/sign-in/" in page.url
    page.fill("input[name=username]", live_cast.intake.username)
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main button[type=submit]")
    assert page.url.endswith("/clues/new/")
    page.get_by_role("button", name="恢复").click()
    kept = {
        name: page.locator(f"[name='{name}']").input_value() for name in ("summary", "place", "party-0-name")
    }
    assert kept == {"summary": "沟内有人采煤", "place": "东沟口", "party-0-name": "张某"}
    press(page)
    assert "张某" in page.locator("#parties").inner_text()


def test_the_way_back_leads_to_the_list_as_it_was_filtered(live_cast, at_pc):
    clue, other = registered(live_cast), assigned(live_cast, place="别处")
    page = at_pc(live_cast.intake)
    page.goto("/clues/?state=registered")
    page.get_by_role("link", name=clue.number).click()
    page.locator("#content").wait_for()
    with page.expect_navigation():
        page.locator(".crumbs a").first.click()
    assert page.url.endswith("/clues/?state=registered")
    assert page.get_by_text(clue.number).count() and not page.get_by_text(other.number).count()
