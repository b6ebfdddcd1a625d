"""A real Chromium for each person of a story; what the content policy blocks fails the story."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests.cast import PASSWORD, build_cast
from tests.conftest import CHROMIUM

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WIDE = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
IMAGES = Path(__file__).resolve().parents[2] / "docs" / "handbook" / "images"


@pytest.fixture(scope="session")
def chromium():
    """One headless Chromium for the run."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop lives in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def live_cast(transactional_db):
    """The cast, in tables that another thread (the server) sees."""
    return build_cast()


class Person:
    """One person at a PC: signs in through the page, then clicks and types."""

    def __init__(self, browser, address, username, password, viewport):
        self.context = browser.new_context(viewport=viewport, locale="zh-CN", base_url=address)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.complaints = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto("/accounts/sign-in/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", password)
        self.page.click("main button[type=submit]")
        self.page.wait_for_load_state("load")

    def _hear(self, message):
        refused = "status of 4" in message.text or "Status Error Code 4" in message.text
        if message.type == "error" and not refused:
            self.complaints.append(message.text)

    def close(self):
        """Close the window; a blocked script, style or script error fails the story."""
        self.context.close()
        assert not self.complaints, self.complaints


@pytest.fixture
def at_pc(chromium, live_server):
    """`at_pc(person)` opens a browser signed in as that person (or as a demo's sign-in name)."""
    opened = []

    def open_for(user, viewport=WIDE, password=PASSWORD):
        username = getattr(user, "username", user)
        person = Person(chromium, live_server.url, username, password, viewport)
        opened.append(person)
        return person.page

    yield open_for
    for person in opened:
        person.close()


@pytest.fixture
def picture():
    """`picture(page, name)`: into the handbook when HANDBOOK=1, else beside the test's results."""
    folder = IMAGES if os.environ.get("HANDBOOK") == "1" else Path(settings.VAR_DIR) / "pictures"
    folder.mkdir(parents=True, exist_ok=True)

    def take(page, name, full=False):
        path = folder / f"{name}.png"
        page.screenshot(path=str(path), full_page=full)
        return path

    return take
