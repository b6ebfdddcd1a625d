"""Forms that didn't come from our own page in this browser are refused, wherever something is changed."""

import pytest
from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.views.decorators.csrf import csrf_exempt

from config import home, urls
from tests.security.house import addresses, comers, rolled_back, url_of, written
from tests.security.seeds import chance

pytestmark = pytest.mark.django_db  # inside the house's own transaction
HOME = "http://testserver"
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
REFUSED = "这张表没有提交"
TOKEN, ANOTHERS = _get_new_csrf_string(), _get_new_csrf_string()
FROM_ELSEWHERE = {
    "no token": ({}, {}),
    "another session's token": ({"csrfmiddlewaretoken": ANOTHERS}, {}),
    "another session's token in the header": ({}, {"HTTP_X_CSRFTOKEN": ANOTHERS}),
    "half a token": ({"csrfmiddlewaretoken": TOKEN[:16]}, {}),
    "another site": ({"csrfmiddlewaretoken": TOKEN}, {"HTTP_ORIGIN": "https://evil.example"}),
    "no site": ({"csrfmiddlewaretoken": TOKEN}, {"HTTP_ORIGIN": "null"}),
    "a site that begins like ours": ({"csrfmiddlewaretoken": TOKEN}, {"HTTP_ORIGIN": f"{HOME}.evil.example"}),
    "another page behind TLS": (
        {"csrfmiddlewaretoken": TOKEN},
        {"secure": True, "HTTP_REFERER": "https://evil.example/"},
    ),
    "no page behind TLS": ({"csrfmiddlewaretoken": TOKEN}, {"secure": True}),
}


@pytest.fixture(scope="module")
def strict(house):
    """`strict(part)`: a client that checks tokens as a server does, in the same session."""
    made = {}

    def client_of(part):
        if part not in made:
            made[part] = Client(enforce_csrf_checks=True, raise_request_exception=False)
        made[part].cookies.clear()
        made[part].cookies[settings.CSRF_COOKIE_NAME] = TOKEN
        if house.clients[part].kept_session:
            made[part].cookies[settings.SESSION_COOKIE_NAME] = house.clients[part].kept_session
        return made[part]

    return client_of


def taken(strict, house, address, part) -> list[str]:
    """Which forms from elsewhere an address let in."""
    found, url = [], url_of(house, address)
    for name, (data, extra) in FROM_ELSEWHERE.items():
        for method in UNSAFE if name == "no token" else UNSAFE[:1]:
            with rolled_back(), written() as tables:
                answer = getattr(strict(part), method.lower())(url, data, **extra)
            if answer.status_code != 403 or REFUSED not in answer.content.decode() or tables:
                found.append(f"{method} {part} with {name}: {answer.status_code} {tables}")
    return found


def changing(house) -> list[tuple[str, str]]:
    """Every address that takes a form, with one whom the table lets in, where it lets anybody in."""
    pairs = []
    for address in addresses("POST"):
        parts = comers(house, address, "POST") or ["handler"]
        pairs.append((address, chance("csrf", address).choice(parts)))
    return pairs


def test_no_address_takes_a_form_from_elsewhere(strict, house):
    pairs, found = changing(house), []
    for address, part in pairs:
        found += [f"{address}: {fault}" for fault in taken(strict, house, address, part)]
    print(f"{len(pairs)} addresses, {len(pairs) * (len(FROM_ELSEWHERE) + 3)} forms from elsewhere")
    assert len(pairs) >= 100
    assert found == []


def test_the_right_token_is_let_in(strict, house):
    """Else the test above would only show that nothing works."""
    for address in ("search", "reminders:read_all", "clues:similar"):
        with rolled_back():
            answer = strict("intake").post(url_of(house, address), {"csrfmiddlewaretoken": TOKEN})
        assert answer.status_code != 403, address


def test_the_check_itself_sees_an_address_that_asks_no_token(strict, house, monkeypatch):
    (pattern,) = [each for each in urls.urlpatterns if getattr(each, "name", "") == "search"]
    monkeypatch.setattr(pattern, "callback", csrf_exempt(home.search))
    assert len(taken(strict, house, "search", "handler")) >= len(FROM_ELSEWHERE)
