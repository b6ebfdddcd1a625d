"""Every page template as axe sees it, wide and on a phone: no finding, and no sideways bar.

One page per template, taken from the house of the access matrix; a new template is taken up by itself.
RUN_DRILLS=1 opens every address.
"""

import os
from pathlib import Path

import axe_playwright_python
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.matrix.house import EVERYBODY, PLACES, build_house
from tests.matrix.oracle import RULES, arguments_of, expected
from tests.stories.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
    each => `${each.id}: ${each.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")}`)"""
EACH = os.environ.get("RUN_DRILLS") == "1"  # every address instead of one per template
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ADDRESSES = sorted(address for address, rule in RULES.items() if "GET" in rule["methods"])


def signed_in(house) -> dict:
    """A client per person, and the session that a browser needs."""
    clients = {}
    for part in EVERYBODY:
        client = Client()
        client.force_login(getattr(house.cast, part), "accounts.backends.PersonBackend")
        clients[part] = client
    return clients | {"visitor": Client()}


def pages_of(house, clients) -> dict:
    """Per template that is a whole page, or in the drill per address: (who, address)."""
    found = {}
    for address in ADDRESSES:
        place = house.places[RULES[address].get("only") or PLACES[0]]
        url = reverse(RULES[address]["name"], args=arguments_of(address, place))
        for part in clients:
            if expected(address, "GET", part, place, house) != "in":
                continue
            answer = clients[part].get(url)
            if (
                answer.status_code == 200
                and not answer.streaming
                and b"<!doctype html>" in answer.content[:200]
            ):
                found.setdefault(address if EACH else answer.templates[0].name, (part, url))
                break
    return found


def browser_of(chromium, server, client):
    """A page of the browser under a client's session."""
    context = chromium.new_context(viewport=WIDE, locale="zh-CN", base_url=server.url, bypass_csp=True)
    if cookie := client.cookies.get(settings.SESSION_COOKIE_NAME):
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
    return context.new_page()


def findings(page, url) -> list[str]:
    """What axe says of one page, wide and narrow, and whether it runs off sideways."""
    page.set_viewport_size(WIDE)
    page.goto(url)
    page.evaluate(AXE)
    said = []
    for width, viewport in (("wide", WIDE), ("phone", PHONE)):
        page.set_viewport_size(viewport)
        said += [f"{width} {line}" for line in page.evaluate(RUN)]
        if page.evaluate(SIDEWAYS) > 0:
            said.append(f"{width} runs off sideways")
    return said


def test_no_page_has_a_finding_wide_or_narrow(transactional_db, chromium, live_server):
    house = build_house()
    clients = signed_in(house)
    pages = pages_of(house, clients)
    browsers, wrong = {}, []
    for template, (part, url) in sorted(pages.items()):
        if part not in browsers:
            browsers[part] = browser_of(chromium, live_server, clients[part])
        wrong += [f"{template} {url} ({part}) {line}" for line in findings(browsers[part], url)]
    print(f"axe: {len(pages)} pages, wide and narrow")
    assert not wrong, f"{len(wrong)} findings\n" + "\n".join(wrong)
