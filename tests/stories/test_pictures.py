"""Pictures in a real browser: pasted and dragged in, turned by the keyboard, sent from a township's phone."""

import pytest

from clues.models import Clue
from clues.services.verification import assign_clue
from tests.clues.making import jpeg, registered
from tests.config.processes import until
from tests.papers import HEIC
from tests.stories.conftest import PHONE
from tests.stories.counting import Counted
from tests.stories.desk import fill
from tests.stories.test_clue_forms import chosen, fits, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_PAGES, MOST_CLICKS = 4, 8  # a person's share of a clue, on a phone
LOW = "e => (({ top, bottom }) => top > innerHeight / 2 && bottom < innerHeight)(e.getBoundingClientRect())"
BRING = """async ([kind, names]) => {
  const bag = new DataTransfer();
  for (const [at, name] of names.entries()) {
    const canvas = Object.assign(document.createElement("canvas"), { width: 40 + at, height: 30 });
    canvas.getContext("2d").fillRect(0, 0, 20, 20);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    bag.items.add(new File([name.startsWith("坏") ? "no" : blob], name, { type: "image/png" }));
  }
  const far = { bubbles: true, cancelable: true };
  const field = document.querySelector("[name=files]");
  if (kind === "drop") field.dispatchEvent(new DragEvent(kind, { dataTransfer: bag, ...far }));
  else document.body.dispatchEvent(new ClipboardEvent(kind, { clipboardData: bag, ...far }));
}"""


def test_pasted_and_dragged_pictures_are_taken_in_at_once_and_a_broken_one_says_why(
    live_cast, at_pc, picture
):
    page = at_pc(live_cast.intake)
    page.goto("/clues/new/")
    fill(page, source="无人机", summary="沟内有人采煤", place="东沟口")
    page.evaluate(BRING, ["paste", ["image.png", "image.png"]])
    page.evaluate(BRING, ["drop", ["远景.png", "坏.jpg"]])
    page.locator("[name=_staged]").nth(2).wait_for()
    page.locator("#field-files .fault").wait_for()
    assert "已收到 3 个文件" in page.locator("#field-files").inner_text()
    assert "坏.jpg" in page.locator("#field-files .fault").inner_text()
    assert page.input_value("[name=summary]") == "沟内有人采煤"
    picture(page, "pasted")
    press(page)
    titles = [link.get_attribute("data-picture") for link in page.locator("#files a[data-picture]").all()]
    assert len(set(titles)) == 3 and "远景.png" in titles


def test_the_keyboard_turns_pictures_and_the_focus_stays(live_cast, at_pc, picture):
    photos = [jpeg("微信图片.jpg", colour=(at * 60, 90, 60)) for at in range(3)]
    clue = registered(live_cast, files=photos)
    page = at_pc(live_cast.handler)
    page.goto(clue.get_absolute_url())
    first = page.locator("a[data-picture]").first
    assert page.request.get(first.get_attribute("href")).headers["content-type"] == "image/jpeg"
    first.focus()
    page.keyboard.press("Enter")
    title = page.locator("#picture-title")
    title.wait_for()
    assert title.inner_text() == "微信图片（1）.jpg"
    until(lambda: page.evaluate("document.querySelector('#picture img').naturalWidth") == 32)
    page.keyboard.press("ArrowRight")
    assert title.inner_text() == "微信图片（2）.jpg"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert title.inner_text() == "微信图片（3）.jpg"
    picture(page, "picture")
    page.keyboard.press("Escape")
    assert not page.locator("#picture").evaluate("box => box.open")
    assert page.evaluate("document.activeElement.dataset.picture") == "微信图片（3）.jpg"


def test_a_township_reports_with_photos_and_a_handler_verifies_on_their_phones(live_cast, at_pc, picture):
    township = Counted(at_pc(live_cast.reporter, PHONE))
    page = township.page
    township.begin("登记线索")
    button = page.locator(".act__bar [type=submit]")
    assert button.evaluate(LOW) and fits(page)
    phone = {"name": "IMG_1.heic", "mimeType": "image/heic", "buffer": HEIC}
    page.locator("[name=files]").set_input_files([*chosen("现场.jpg"), phone])
    township.choose("source", "日常巡查")
    township.type(summary="沟口有新挖的坑", place="东沟口")
    picture(page, "township-phone")
    township.press()
    township.begin("查看线索")
    page.locator("a[data-picture='IMG_1.heic']").wait_for()
    assert page.locator("a[data-picture]").count() == 2 and fits(page)
    clue = Clue.objects.get()
    assign_clue(by=live_cast.intake, clue=clue, handler=live_cast.handler)
    handler = Counted(at_pc(live_cast.handler, PHONE))
    verify(handler, live_cast)
    clue.refresh_from_db()
    assert clue.state == "verified" and clue.files.count() == 3
    figures = (township.figures(), handler.figures())
    print(f"(pages, clicks) on a phone: township {figures[0]}, handler {figures[1]}")
    assert all(pages <= MOST_PAGES and clicks <= MOST_CLICKS for pages, clicks in figures)


def verify(handler, cast):
    """On the ground, from 工作台, with a photo of the pit."""
    handler.today()
    page = handler.page
    assert page.locator(".act__bar [type=submit]").evaluate(LOW) and fits(page)
    handler.tick("lookers", cast.second_handler.pk)
    handler.type(facts_found="坑深三米，有新鲜车辙")
    handler.tick("judgment", "true")
    handler.tick("ongoing", "no")
    page.locator("[name=files]").set_input_files(chosen("坑.jpg"))
    handler.press()
    assert fits(page)


def test_what_leads_stays_in_reach_of_a_thumb(live_cast, at_pc):
    page = at_pc(live_cast.brigade_head, PHONE)
    page.goto(registered(live_cast, files=[jpeg()]).get_absolute_url())
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    lead = page.locator(".next .button--act")
    assert lead.evaluate(LOW) and fits(page)
