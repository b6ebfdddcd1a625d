"""Somebody who was disabled gets nothing from the next request on, whatever was open before."""

import pytest
from django.contrib import auth
from django.contrib.auth import get_user as asked_of_the_session
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.matrix.oracle import RULES
from tests.security.house import CANARY, TAG, rolled_back, url_of
from tests.security.reading import body_of

pytestmark = pytest.mark.django_db  # inside the house's own transaction
PARTS = ("handler", "chief", "system_admin", "prefecture", "police")
WAY_IN = "/accounts/sign-in/"


@pytest.fixture
def disabled(house, monkeypatch):
    """`disabled(part)`: a client whose session was opened before its person was disabled."""
    monkeypatch.setattr(auth, "get_user", asked_of_the_session)  # reads the row anew, as a server does

    def client_of(part):
        client, person = Client(raise_request_exception=False), getattr(house.cast, part)
        client.force_login(person, "accounts.backends.PersonBackend")
        assert client.get(reverse("accounts:me")).status_code == 200
        kept = client.cookies["sessionid"].value
        User.objects.filter(pk=person.pk).update(is_active=False)

        def ask(method, url):
            client.cookies.clear()
            client.cookies["sessionid"] = kept
            return client.generic(method, url)

        return ask

    return client_of


def let_in(house, ask) -> list[str]:
    """The addresses that answer such a person otherwise than a visitor."""
    found = []
    for address, rule in sorted(RULES.items()):
        for method in rule["methods"]:
            with rolled_back():
                answer = ask(method, url_of(house, address))
                body = body_of(answer)
            sent_away = answer.status_code == 302 and answer["Location"].startswith(WAY_IN)
            tells = CANARY.encode() in body or TAG.encode() in body
            if tells or not (sent_away or rule.get("public")):
                found.append(f"{method} {address}: {answer.status_code}")
    return found


@pytest.mark.parametrize("part", PARTS)
def test_an_open_session_ends_on_the_next_request_at_every_address(house, disabled, part):
    ask = disabled(part)
    assert let_in(house, ask) == []


def test_the_check_itself_sees_a_session_that_goes_on(house, disabled, monkeypatch):
    ask = disabled("handler")
    monkeypatch.setattr("django.contrib.auth.backends.ModelBackend.user_can_authenticate", lambda *_: True)
    assert len(let_in(house, ask)) >= 50
