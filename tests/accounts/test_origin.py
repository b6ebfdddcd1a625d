"""The trail says where a deed came from, and a visitor cannot say it for themselves."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import TrailEntry
from common.addresses import client_address
from tests.cast import PASSWORD

SIGN_IN = "/accounts/sign-in/"


def origin_of_a_deed(client, cast, **headers) -> str:
    """Amend a person; where the trail says that it came from."""
    client.post(
        reverse("accounts:amend_person", args=[cast.handler.public_id]),
        {"name": "李承办", "phone": "1", "agency": cast.county.pk, "_key": "k"},
        **headers,
    )
    return TrailEntry.objects.get(act="amend_person").origin


def test_behind_a_proxy_the_trail_names_the_visitor(cast, sign_in, settings):
    settings.PROXY_COUNT = 1
    told = {"HTTP_X_FORWARDED_FOR": "10.2.3.4", "REMOTE_ADDR": "127.0.0.1"}
    assert origin_of_a_deed(sign_in(cast.system_admin), cast, **told) == "网页 10.2.3.4"


def test_without_a_proxy_a_claimed_address_is_not_believed(cast, sign_in):
    told = {"HTTP_X_FORWARDED_FOR": "10.2.3.4", "REMOTE_ADDR": "10.9.9.9"}
    assert origin_of_a_deed(sign_in(cast.system_admin), cast, **told) == "网页 10.9.9.9"


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (1, "6.6.6.6, 10.2.3.4", "10.2.3.4"),
        (2, "6.6.6.6, 10.2.3.4, 10.0.0.1", "10.2.3.4"),
        (1, "", "127.0.0.1"),
        (2, "10.2.3.4", "127.0.0.1"),
        (1, "nonsense<script>", "127.0.0.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (0, "6.6.6.6", "127.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_wrote_counts(settings, proxies, header, address):
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=header, REMOTE_ADDR="127.0.0.1")
    assert client_address(request) == address


def test_behind_a_proxy_the_brake_stops_one_visitor_and_not_everybody(cast, client, settings):
    settings.PROXY_COUNT = 1

    def attempt(password, address):
        typed = {"username": "handler", "password": password}
        return client.post(SIGN_IN, typed, HTTP_X_FORWARDED_FOR=address).status_code

    for n in range(5):
        attempt(f"wrong-{n}", f"6.6.6.{n}, 10.2.3.4")
    assert attempt(PASSWORD, "10.2.3.4") == 429
    assert attempt(PASSWORD, "10.2.3.5") == 302
