"""Existence is a fact too: a foreign thing answers exactly like one that isn't there.

And default deny: an address without a policy entry is refused at run time.
"""

import re
import secrets
import sys
from types import ModuleType

import pytest
from django.db import transaction
from django.http import Http404, HttpResponse
from django.test import override_settings
from django.urls import include, path, reverse

from accounts.middleware import PolicyMiddleware
from tests.matrix.house import counts_once, open_house, request
from tests.matrix.oracle import RULES, arguments_of, expected
from tests.matrix.test_access import named

pytestmark = pytest.mark.django_db
STRANGERS = (
    "neighbour_chief", "neighbour_handler", "neighbour_liaison", "neighbour_police",
    "other_prefecture", "procurator", "system_admin", "former",
)  # fmt: skip
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ?")[^"]*')
PASSING = {"Set-Cookie", "Date"}
HIDDEN = sorted(address for address, rule in RULES.items() if rule.get("kind") not in (None, "office"))


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The cast and the offices' things, made once; every request is rolled back."""
    with django_db_blocker.unblock(), counts_once(), open_house() as built:
        yield built


def face(response) -> tuple:
    """All that a stranger can read off an answer, but for the form tokens drawn anew each time."""
    headers = {key: value for key, value in response.headers.items() if key not in PASSING}
    body = b"".join(response.streaming_content) if response.streaming else response.content
    cookies = {name: value["path"] for name, value in response.cookies.items()}
    return response.status_code, headers, cookies, TOKEN.sub(rb"\1", body)


def nowhere(value):
    """An argument of the same shape that leads to nothing."""
    if isinstance(value, int):
        return 987_654_321
    return "A" * 3 + secrets.token_hex(20)[: len(value) - 3] if "-" not in value else "149999-zrzy"


def pair_of(address, place) -> tuple[str, str]:
    """The address of this office's thing, and of none: the first argument that names one."""
    rule = RULES[address]
    arguments = arguments_of(address, place)
    # Behind a campaign that one may know comes the office; behind the name of a book its row.
    about = 1 if rule["arguments"][0] in ("campaign.code", "book") and len(arguments) > 1 else 0
    empty = [nowhere(each) if at == about else each for at, each in enumerate(arguments)]
    return reverse(rule["name"], args=arguments), reverse(rule["name"], args=empty)


def compare(house, address) -> tuple[int, list[str]]:
    """How many pairs were asked, and where the two answers differ."""
    place, asked, wrong = house.places["own"], 0, []
    there, missing = pair_of(address, place)
    for part in STRANGERS:
        for method in RULES[address]["methods"]:
            if expected(address, method, part, place, house) != "404":
                continue
            faces = []
            for url in (there, missing):
                with transaction.atomic():
                    faces.append(face(request(house.clients[part], method, url)))
                    transaction.set_rollback(True)
            asked += 1
            if faces[0] != faces[1] or faces[0][0] != 404:
                wrong.append(f"{method} {part}: {faces[0][0]} and {faces[1][0]}")
    return asked, wrong


@pytest.mark.parametrize("address", HIDDEN)
def test_a_foreign_thing_answers_like_one_that_does_not_exist(address, house):
    asked, wrong = compare(house, address)
    assert asked >= 2
    assert not wrong, wrong[:20]


def test_the_check_itself_sees_403_in_place_of_404(house, monkeypatch):
    refusing = PolicyMiddleware._admit

    def tell(self, request, entry, kwargs):
        try:
            return refusing(self, request, entry, kwargs)
        except Http404:
            return HttpResponse("这不是您的线索", status=403) if "A" * 3 not in request.path else 1 / 0

    monkeypatch.setattr(PolicyMiddleware, "_admit", tell)
    assert compare(house, "clues:detail")[1] != []


def seeded(request):
    """A page that somebody forgot to declare."""
    return HttpResponse("这里没有人看门")


def urls_with_an_undeclared_page() -> str:
    """The module path of the house's addresses plus one without a policy entry."""
    module = ModuleType("tests.matrix.seeded_urls")
    module.urlpatterns = [path("undeclared/", seeded, name="undeclared"), path("", include("config.urls"))]
    sys.modules[module.__name__] = module
    return module.__name__


def test_an_address_without_a_policy_entry_is_refused_at_run_time(house):
    with override_settings(ROOT_URLCONF=urls_with_an_undeclared_page()):
        for part in ("visitor", "handler", "chief", "province", "system_admin"):
            for method in ("GET", "POST"):
                answer = request(house.clients[part], method, "/undeclared/")
                assert answer.status_code == 404, part
                assert "没有人看门" not in answer.content.decode()


def test_an_address_without_a_line_in_the_table_fails_the_suite():
    module = urls_with_an_undeclared_page()
    running = set(named(sys.modules[module].urlpatterns))
    assert running - {rule["name"] for rule in RULES.values()} == {"undeclared"}
