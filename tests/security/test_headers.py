"""What every answer carries, written down by hand and compared whole, on every kind of answer."""

import logging

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from clues.models import Clue
from config import health
from tests.security.house import addresses, ask, comers
from tests.security.reading import body_of
from tests.security.seeds import some

pytestmark = pytest.mark.django_db
CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
OF_A_FILE = {"sandbox", "default-src 'none'"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
TELLING = {"Server", "X-Powered-By", "Access-Control-Allow-Origin"}


def faults(response, *, signed_in, csp=CSP) -> list[str]:
    """What an answer lacks, has otherwise, or tells."""
    found = [f"{name}: {response.get(name)}" for name, value in ALWAYS.items() if response.get(name) != value]
    given = [part.strip() for part in response.get("Content-Security-Policy", "").split(";") if part.strip()]
    if set(given) != csp or len(given) != len(csp):
        found.append(f"Content-Security-Policy: {given}")
    if signed_in and "no-store" not in response.get("Cache-Control", "").split(", "):
        found.append(f"Cache-Control: {response.get('Cache-Control')}")
    return found + [name for name in TELLING if name in response]


def test_every_answer_of_the_house_carries_them_all(house):
    """Pages, refusals, missing things, downloads: some of all addresses, as who may and who may not."""
    found, kinds = [], set()
    for address in some(addresses(), 90, "headers"):
        coming = comers(house, address)
        for part in [*some(coming, 1, "in", address), *some(STRANGERS, 1, "out", address), "visitor"]:
            seen = ask(house, part, address)
            csp = OF_A_FILE if address.startswith(FILES) and seen.response.status_code == 200 else CSP
            signed_in = part != "visitor" and address != "health"
            found += [f"{seen}: {fault}" for fault in faults(seen.response, signed_in=signed_in, csp=csp)]
            kinds.add(seen.response.status_code)
    assert found == []
    assert kinds >= {200, 302, 403, 404}


FILES = ("accounts:file", "accounts:preview", "accounts:thumbnail")
STRANGERS = ("neighbour_police", "other_prefecture", "procurator", "system_admin", "audit_admin")


@pytest.mark.parametrize(
    "address",
    ["accounts:file#clue", "accounts:preview#clue", "accounts:thumbnail#clue", "accounts:file#case"],
)
def test_a_file_is_sealed_off(house, address):
    answer = ask(house, "handler", address).response
    assert answer.status_code == 200
    assert faults(answer, signed_in=True, csp=OF_A_FILE) == []


def exported(house, sign_in):
    """A list as a workbook."""
    answer = sign_in(house.cast.handler).get(reverse("clues:list"), {"export": "xlsx"})
    assert body_of(answer).startswith(b"PK")
    return answer


def wrong_token(house, sign_in):
    """A form without its token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.cast.handler, "accounts.backends.PersonBackend")
    return client.post(reverse("search"), {"q": "x"})


def too_many(house, sign_in):
    """A form with more fields than any of ours has."""
    return sign_in(house.cast.handler).post(reverse("search"), {f"x{n}": "1" for n in range(1500)})


def wrong_method(house, sign_in):
    """A method that the address doesn't take."""
    return sign_in(house.cast.handler).delete(reverse("clues:list"))


def page_missing(house, sign_in):
    """An address that isn't there."""
    return sign_in(house.cast.handler).get("/nowhere/at/all/")


@pytest.mark.parametrize(
    ("make", "status"),
    [(exported, 200), (wrong_token, 403), (too_many, 400), (wrong_method, 405), (page_missing, 404)],
)
def test_what_the_sweep_does_not_meet(house, sign_in, make, status):
    answer = make(house, sign_in)
    assert answer.status_code == status
    assert faults(answer, signed_in=status not in (400, 403)) == []


@pytest.mark.parametrize("path", ["/static/css/app.css", "/static/none.css", "/favicon.ico", "/health/"])
def test_what_needs_no_session_carries_them_too(client, monkeypatch, path):
    monkeypatch.setattr(health, "checks", lambda now: [])
    assert faults(client.get(path), signed_in=False) == []


def test_a_page_of_a_fault_carries_them_and_tells_nothing(house, sign_in, monkeypatch):
    logging.disable(logging.CRITICAL)
    client = sign_in(house.cast.handler)
    client.raise_request_exception = False
    monkeypatch.setattr(type(Clue.objects.all()), "visible_to", lambda *_: 1 / 0)
    answer = client.get(reverse("clues:list"))
    logging.disable(logging.NOTSET)
    assert answer.status_code == 500 and faults(answer, signed_in=True) == []
    text = answer.content.decode()
    assert "没有办成" in text
    assert not [word for word in ("ZeroDivision", "Traceback", "/clues/", "views") if word in text]


@override_settings(SECURE_HSTS_SECONDS=365 * 24 * 3600, SECURE_SSL_REDIRECT=True)
def test_behind_tls_browsers_are_told_to_stay_there(client):
    answer = client.get(reverse("accounts:sign_in"), secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000"
    assert client.get("/").status_code == 301


@pytest.mark.parametrize(
    "name", ["Content-Security-Policy", "X-Frame-Options", "Cache-Control", "Cross-Origin-Resource-Policy"]
)
def test_the_check_itself_sees_one_that_is_missing_or_wider(house, sign_in, name):
    answer = sign_in(house.cast.handler).get("/")
    whole = answer.headers[name]
    del answer.headers[name]
    assert len(faults(answer, signed_in=True)) == 1
    answer.headers[name] = whole + ("; script-src 'self' 'unsafe-inline'" if "Content" in name else "x")
    assert len(faults(answer, signed_in=True)) == 1
