"""What a person does at a page: fill what has a name, press the button, follow a link."""

import re

from tests.papers import SIGNED

PDF = {"name": "签批单.pdf", "mimeType": "application/pdf", "buffer": SIGNED}


def unfold(page):
    """Open what is folded under 更多."""
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")


def open_row(page, name):
    """A row of a list that stands there only once its button was pressed: `party-0-name`."""
    prefix = re.match(r"(.+)-\d+-", name)
    if prefix and not page.locator(f"main [name='{name}']").count():
        page.locator(f"[data-rows='{prefix[1]}'] [data-add-row]").click()


def fill(page, **fields):
    """Fill the form by its fields' names; a choice by its words, or by a row's number."""
    unfold(page)
    for name, value in fields.items():
        open_row(page, name)
        boxes = page.locator(f"main [name='{name}']")
        first = boxes.first
        kind = first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "select":
            chosen = {"value": str(value)} if isinstance(value, int) else {"label": value}
            first.select_option(**chosen)
        elif kind == "radio":
            page.locator(f"main [name='{name}'][value='{value}']").check()
        elif kind == "checkbox":
            for each in value if isinstance(value, list) else [value]:
                page.locator(f"main [name='{name}'][value='{each}']").check()
        elif kind == "file":
            first.set_input_files([value])
        else:
            first.fill(str(value))


def press(page):
    """Press the button of the form and wait for the next page; a fault fails the story."""
    with page.expect_navigation():
        page.locator("main .act__bar [type=submit]").first.click()
        if page.locator("main form[data-ask]").count():
            page.locator("#ask [data-ask-yes]").click()
    faults = page.locator("[data-faults]")
    assert faults.count() == 0, faults.first.inner_text()


def act(page, slug, **fields):
    """From a thing's page: follow the act's link, fill its form, press its button."""
    unfold(page)
    with page.expect_navigation():
        page.locator(f"main a[href*='/{slug}/']").first.click()
    fill(page, **fields)
    press(page)


def path_of(page):
    """The address of the page, without the host."""
    return re.sub(r"^https?://[^/]+", "", page.url)


def refused(page, address):
    """Whether an address is closed to this person (404 to a stranger, 403 to a colleague)."""
    response = page.request.get(address)
    return response.status in (403, 404)
