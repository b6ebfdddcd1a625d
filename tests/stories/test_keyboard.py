"""Without a mouse: register, assign, verify and propose, every press of Tab counted."""

import pytest

from cases.models import Case
from clues.models import Clue
from tests.clues.making import registered
from tests.stories.desk import path_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_TABS, MOST_TABS_OF_TWO_ACTS = 60, 70
HERE = """() => {
  const here = document.activeElement;
  return [here.name || '', here.matches('a, button') ? here.innerText : ''];
}"""


class Keys:
    """The keyboard of one page, and how often Tab was pressed."""

    def __init__(self, page):
        self.page, self.tabs = page, 0

    def here(self) -> tuple[str, str]:
        """Name and words of what has the focus."""
        name, words = self.page.evaluate(HERE)
        return name, words.strip()

    def to(self, *, name="", words="", most=MOST_TABS):
        """Tab until the field of this name, or what bears these words, has the focus."""
        for _ in range(most + 1):
            if (name and self.here()[0] == name) or (words and words == self.here()[1]):
                return
            self.page.keyboard.press("Tab")
            self.tabs += 1
        raise AssertionError(f"{name or words} not reached: {self.here()}")

    def tick(self, name, value):
        """Space on one of several boxes."""
        self.to(name=name)
        while self.page.evaluate("document.activeElement.value") != str(value):
            self.page.keyboard.press("Tab")
            self.tabs += 1
        self.page.keyboard.press("Space")

    def follow(self):
        """Enter, and the next page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def skip(self):
        """Past the frame by the skip link."""
        self.to(words="跳到正文", most=1)
        self.page.keyboard.press("Enter")


def faultless(page):
    """Nothing was refused."""
    assert page.locator("[data-faults]").count() == 0, page.locator("[data-faults]").inner_text()


def test_register_assign_verify_and_propose_without_a_mouse(live_cast, at_pc):
    page = at_pc(live_cast.intake)
    page.goto("/clues/")
    keys = Keys(page)
    keys.skip()
    keys.to(words="登记线索")
    keys.follow()
    keys.skip()
    keys.to(name="source")
    page.keyboard.press("ArrowDown")
    for name, typed in (("summary", "沟内有人采煤"), ("place", "东沟口")):
        keys.to(name=name)
        page.keyboard.type(typed)
    keys.to(words="登记")
    keys.follow()
    faultless(page)
    clue = Clue.objects.get()
    assert path_of(page).removesuffix("#main") == clue.get_absolute_url()
    page.wait_for_timeout(100)
    assert keys.here()[1] == "分派核查", "after saving, the next act has the focus"
    keys.follow()
    keys.skip()
    keys.to(name="handler")
    page.keyboard.press("ArrowDown")
    keys.to(words="分派")
    keys.follow()
    clue.refresh_from_db()
    print(f"{keys.tabs} Tabs from the list to the assigned clue")
    assert clue.state == "assigned" and clue.handler in (live_cast.handler, live_cast.second_handler)
    assert keys.tabs <= MOST_TABS
    verify_and_propose(Keys(at_pc(clue.handler)), live_cast)
    assert Case.objects.get().state == "proposed"


def verify_and_propose(keys, cast):
    """Who was sent to look, from the desk: what was found, then 呈批立案."""
    other = cast.second_handler if keys.page.get_by_text("李承办").count() else cast.handler
    keys.page.goto("/")
    keys.skip()
    keys.to(words="记录核查")
    keys.follow()
    keys.skip()
    keys.tick("lookers", other.pk)
    keys.to(name="facts_found")
    keys.page.keyboard.type("现场有采坑一处")
    keys.to(name="judgment")
    keys.page.keyboard.press("Space")
    keys.to(name="ongoing")
    keys.page.keyboard.press("ArrowDown")
    keys.to(words="保存核查")
    keys.follow()
    faultless(keys.page)
    keys.page.locator("a:focus", has_text="呈批立案").wait_for()
    keys.follow()
    keys.skip()
    keys.to(name="cause")
    keys.page.keyboard.type("东沟口无证开采煤矿案")
    keys.tick("mining_violations", "K21")
    keys.to(words="呈批立案")
    keys.follow()
    faultless(keys.page)
    print(f"{keys.tabs} Tabs from the desk to the proposed case")
    assert keys.tabs <= MOST_TABS_OF_TWO_ACTS


def test_rows_are_picked_by_the_keys_and_assigned_together(live_cast, at_pc):
    clues = [registered(live_cast, place=f"{at}号沟") for at in range(4)]
    page = at_pc(live_cast.brigade_head)
    page.goto("/clues/")
    for key in ("j", "x", "j", "j", "Shift+X"):
        page.keyboard.press(key)
    assert page.locator("[data-bulk-count]").inner_text() == "已选 3 件"
    assert page.locator("[data-bulk] button").all_inner_texts() == ["分派 3 件", "标注 3 件", "导出所选 3 件"]
    page.locator("[data-pick]").nth(0).click()
    page.locator("[data-pick]").nth(3).click(modifiers=["Shift"])
    assert page.locator("[data-bulk-count]").inner_text() == "已选 4 件"
    with page.expect_navigation():
        page.locator("[data-bulk] button", has_text="分派").click()
    assert "分派核查：4 件" in page.locator("h1").inner_text()
    page.locator("[name=handler]").select_option(label="李承办")
    with page.expect_navigation():
        page.locator("main .act__bar [type=submit]").click()
    assert "已分派 4 件" in page.locator("main").inner_text()
    assert {Clue.objects.get(pk=clue.pk).handler for clue in clues} == {live_cast.handler}
