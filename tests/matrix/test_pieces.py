"""What a page fetches by itself opens for whoever the page is drawn for: nothing is asked for in vain.

The pages come from the table of the access matrix; no page is left out of it.
"""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from common import slots
from tests.frames import bare_frame
from tests.matrix.house import PARTS, open_house, request
from tests.matrix.oracle import RULES, arguments_of, expected

pytestmark = pytest.mark.django_db  # inside the house's own transaction
FETCHED = re.compile(r'hx-get="([^"]+)"\s+hx-trigger="load')
PAGES = sorted(address for address, rule in RULES.items() if "kind" in rule and "GET" in rule["methods"])


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The cast and the offices' things, made once; every request is rolled back."""
    with django_db_blocker.unblock(), bare_frame(), open_house() as built:
        yield built


def in_vain(house, address) -> list[str]:
    """Who is shown which piece of a page about the own office's thing that doesn't open."""
    place, found = house.places["own"], []
    url = reverse(RULES[address]["name"], args=arguments_of(address, place))
    for part in PARTS:
        if expected(address, "GET", part, place, house) != "in":
            continue
        with transaction.atomic():
            page = request(house.clients[part], "GET", url)
            text = "" if page.streaming else page.content.decode("utf-8", "replace")
            for piece in FETCHED.findall(text):
                answer = request(house.clients[part], "GET", piece, headers={"HX-Request": "true"})
                if answer.status_code >= 300:
                    found.append(f"{part}: {piece} answers {answer.status_code}")
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("address", PAGES)
def test_no_page_fetches_what_is_refused(address, house):
    assert in_vain(house, address) == []


def test_reporters_departments_and_police_read_the_clue_that_is_theirs(house):
    place = house.places["own"]
    url = reverse("clues:detail", args=arguments_of("clues:detail", place))
    for part in ("reporter", "department", "police"):
        assert expected("clues:detail", "GET", part, place, house) == "in"
        page = request(house.clients[part], "GET", url).content.decode()
        assert "盗采" in page and not FETCHED.search(page), part


def test_the_check_itself_sees_a_piece_fetched_in_vain(house, monkeypatch):
    monkeypatch.setattr("accounts.templatetags.slots.may_open", lambda user, name: True)
    assert slots.guests("clue.side")
    assert {line.split(":")[0] for line in in_vain(house, "clues:detail")} >= {"reporter", "department"}
