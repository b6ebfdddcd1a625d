"""How many pages and clicks a walk takes: every document that was opened, every press of the mouse.

A choice from a list and a file count as one press each (Playwright makes them without the mouse);
typing is no press, for Tab leads from field to field.
"""

COUNT = """(() => {
  const add = (what) => sessionStorage.setItem(what, Number(sessionStorage.getItem(what) || 0) + 1);
  if (window !== top) return;
  add("pages");
  addEventListener("click", (event) => {
    const picked = event.detail === 0 || event.target.matches("option");
    if (event.isTrusted && !picked) add("clicks");
  }, true);
  addEventListener("change", (event) => {
    if (event.target.matches("select, [type=file]")) add("clicks");
  }, true);
})()"""


class Counted:
    """A page of one person from now on, beginning at 工作台."""

    def __init__(self, page):
        self.page = page
        page.add_init_script(COUNT)
        page.goto("/")

    def desk(self):
        """工作台, by the menu."""
        self.go(self.page.locator("nav a", has_text="工作台").first)

    def go(self, link):
        """Press what leads to another page; a fault there fails the story."""
        with self.page.expect_navigation():
            link.click()
        faults = self.page.locator("[data-faults]")
        assert faults.count() == 0, faults.first.inner_text()

    def begin(self, words):
        """A link in the page's own part."""
        self.go(self.page.locator("main").get_by_role("link", name=words, exact=True).first)

    def today(self):
        """The one line of 今天要办, by its button."""
        self.go(self.page.locator(".today__act a").first)

    def type(self, **fields):
        """Type into fields that are in view."""
        for name, value in fields.items():
            self.page.locator(f"main [name='{name}']").first.fill(value)

    def choose(self, name, label):
        """One of a list."""
        self.page.locator(f"main [name='{name}']").first.select_option(label=label)

    def tick(self, name, value):
        """A box or one of several answers; what it is folded under is pressed open first."""
        box = self.page.locator(f"[name='{name}'][value='{value}']")
        folded = self.page.locator("details:not([open])").filter(has=box)
        while folded.count():
            folded.first.locator("> summary").click()
        box.check()

    def press(self, word=""):
        """The button of the form (the one of this word)."""
        buttons = self.page.locator("main .act__bar [type=submit]")
        self.go(buttons.filter(has_text=word).first if word else buttons.first)

    def heading(self) -> str:
        """What this page is."""
        return self.page.locator("h1").first.inner_text()

    def figures(self) -> tuple[int, int]:
        """(pages, clicks) so far."""
        return tuple(
            self.page.evaluate("['pages', 'clicks'].map((what) => Number(sessionStorage.getItem(what) || 0))")
        )
