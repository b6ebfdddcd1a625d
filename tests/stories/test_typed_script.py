"""What was typed never runs: pages full of it, in a real browser that listens for scripts and violations."""

import pytest

from tests.matrix.house import build_house
from tests.matrix.oracle import expected
from tests.security.house import addresses, url_of
from tests.security.marking import mark, rows_of
from tests.security.seeds import SEED, some

pytestmark = pytest.mark.browser
PAGES = 25
TYPED = (
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'-alert(1)-'\"-alert(1)-\"",
    "</script><script>alert(1)</script>",
    "</textarea><iframe srcdoc='<script>parent.alert(1)</script>'>",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "<a href=javascript:alert(1) autofocus onfocus=alert(1)>x",
    "<style>*{background:url(//evil.example)}</style>",
)
LISTEN = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => window.ran.push(name);
document.addEventListener("securitypolicyviolation", (e) => window.ran.push(e.violatedDirective));
"""
SHORT = ("<b>x", "<q>")


@pytest.fixture
def house(transactional_db):
    """The house of the access matrix, in tables that the server sees, full of what was typed."""
    built = build_house()
    built.typed = sum(mark(row, *TYPED, *SHORT) for row in rows_of(built.places["own"]))
    return built


def pages_for(house, part) -> list[str]:
    """Some of the pages that this person may look at."""
    place = house.places["own"]
    open_to = [each for each in addresses() if expected(each, "GET", part, place, house) == "in"]
    files = (
        "accounts:file",
        "accounts:preview",
        "accounts:thumbnail",
        "health",
        "help_image",
        "ledgers:download",
        "ledgers:submission_download",
    )
    return [
        url_of(house, each) for each in some(open_to, PAGES, "browser", part) if not each.startswith(files)
    ]


@pytest.mark.parametrize("part", ["handler", "liaison"])
def test_what_was_typed_never_runs(house, at_pc, part):
    page = at_pc(getattr(house.cast, part))
    page.context.add_init_script(LISTEN)
    ran, shown = {}, 0
    for url in pages_for(house, part):
        page.goto(url)
        shown += "alert(1)" in page.inner_text("body")
        if found := page.evaluate("window.ran"):
            ran[url] = found
    print(f"{PAGES} pages, seed {SEED}")
    assert house.typed >= 60 and shown >= 5 and ran == {}


def test_the_check_itself_hears_what_runs_and_what_is_stopped(house, chromium, live_server):
    context = chromium.new_context(base_url=live_server.url)
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.goto("/accounts/sign-in/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=/none onerror=alert(1)>')")
    page.wait_for_function("window.ran.length > 0")
    page.evaluate("alert(1)")
    assert "alert" in page.evaluate("window.ran")
    context.close()
