"""动态口令 as a duty: of whom the house says, after days of grace; then only its own page opens."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User, local_today
from accounts.services import second_factor
from tests.accounts.test_second_factor import code_of, seed_of
from tests.cast import PASSWORD

OWN, ON, OFF = "/accounts/second-factor/", "/accounts/second-factor/code/", "/accounts/second-factor/off/"
NOW = timezone.now().replace(second=5, microsecond=0)
SAID = "您的岗位须启用动态口令"


@pytest.fixture
def duty(settings, cast):
    """The duty of who opens secrets, with three days of grace."""
    settings.SECOND_FACTOR_FOR, settings.SECOND_FACTOR_GRACE_DAYS = "secrets", 3
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def signed_in(client, person):
    client.post("/accounts/sign-out/")
    client.post("/accounts/sign-in/", {"username": person.username, "password": PASSWORD})
    return client


def turned_on(client, person) -> str:
    """The seed, in use now."""
    seed = seed_of(second_factor.begin(by=person))
    assert client.post(ON, {"code": code_of(seed)}).status_code == 200
    return seed


def test_unless_the_house_says_so_it_is_nobodys(cast, client):
    page = signed_in(client, cast.handler).get("/").content.decode()
    assert SAID not in page and User.objects.get(pk=cast.handler.pk).second_factor_by is None


def test_the_first_sign_in_begins_the_days_of_grace_and_says_by_when(duty, cast, client):
    page = signed_in(client, cast.handler).get("/clues/")
    by = local_today() + timedelta(days=3)
    assert page.status_code == 200 and f"请在{by}以前启用" in page.content.decode()
    duty.shift(timedelta(days=3))
    assert signed_in(client, cast.handler).get("/clues/").status_code == 200, "the same days, not new ones"
    assert User.objects.get(pk=cast.handler.pk).second_factor_by == by


def test_after_them_only_the_page_that_turns_it_on_opens(duty, cast, client):
    signed_in(client, cast.handler)
    duty.shift(timedelta(days=4))
    signed_in(client, cast.handler)
    for address in ("/", "/clues/", "/accounts/me/"):
        assert client.get(address).url == OWN, address
    assert client.post(reverse("search"), {"q": "x"}).url == OWN
    shown = client.get(OWN)
    assert shown.status_code == 200 and "请现在启用" in shown.content.decode()
    assert "otpauth://" in client.post(OWN, {"password": PASSWORD}).content.decode()
    turned_on(client, cast.handler)
    page = client.get("/clues/")
    assert page.status_code == 200 and SAID not in page.content.decode()


def test_who_opens_no_secrets_owes_it_only_where_everybody_does(duty, cast, client, settings):
    assert SAID not in signed_in(client, cast.statistics).get("/").content.decode()
    settings.SECOND_FACTOR_FOR = "everybody"
    assert SAID in signed_in(client, cast.statistics).get("/").content.decode()


def test_it_cannot_be_turned_off_by_oneself(duty, cast, client):
    signed_in(client, cast.handler)
    turned_on(client, cast.handler)
    assert "不能停用" in client.get(OWN).content.decode()
    answer = client.post(OFF, {"password": PASSWORD, "code": "000000"})
    assert answer.status_code == 409 and second_factor.is_on(cast.handler)


def test_taken_off_by_a_reset_there_are_no_new_days(duty, cast, client):
    signed_in(client, cast.handler)
    turned_on(client, cast.handler)
    duty.shift(timedelta(days=9))
    second_factor.remove(cast.handler)
    assert signed_in(client, cast.handler).get("/clues/").url == OWN


def test_with_no_days_of_grace_it_is_shut_from_the_next_day(duty, cast, client, settings):
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    assert signed_in(client, cast.handler).get("/clues/").status_code == 200
    duty.shift(timedelta(days=1))
    assert signed_in(client, cast.handler).get("/clues/").url == OWN
