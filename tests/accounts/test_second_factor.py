"""动态口令 (RFC 6238): set up with the password, asked after it, never the same code twice."""

import re
from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Confirmation, RecoveryCode, SecondFactor, TrailEntry
from accounts.services import confirming, passwords, second_factor
from common.errors import Forbidden, Refused
from tests.cast import PASSWORD

SIGN_IN, STEP = "/accounts/sign-in/", "/accounts/sign-in/code/"
OWN, ON, OFF = "/accounts/second-factor/", "/accounts/second-factor/code/", "/accounts/second-factor/off/"
NOW = timezone.now().replace(second=5, microsecond=0)


@pytest.fixture(autouse=True)
def standing():
    """A clock that stands five seconds into a minute."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def seed_of(address: str) -> str:
    """The seed in what an app reads."""
    return re.search(r"secret=([A-Z2-7]+)", address).group(1)


def code_of(seed: str, seconds: int = 0) -> str:
    """What the telephone shows, or showed."""
    return pyotp.TOTP(seed).at(timezone.now() + timedelta(seconds=seconds))


def on(person):
    """(seed, recovery codes) of somebody who has set it up, two minutes ago."""
    past = timezone.now() - timedelta(minutes=2)
    seed = seed_of(second_factor.begin(by=person))
    return seed, second_factor.turn_on(by=person, code=pyotp.TOTP(seed).at(past), now=past)


def half_in(username="handler", **more) -> Client:
    """Somebody who gave the right password."""
    client = Client(**more)
    answer = client.post(SIGN_IN, {"username": username, "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, STEP)
    return client


def test_without_it_the_password_is_enough_and_with_it_not(cast):
    assert Client().post(SIGN_IN, {"username": "handler", "password": PASSWORD}).url == "/"
    seed, _ = on(cast.handler)
    client = half_in()
    assert client.get("/").url.startswith(SIGN_IN) and client.get(STEP).status_code == 200
    assert client.post(STEP, {"code": "000000"}).status_code == 422
    assert client.get("/").status_code == 302
    assert client.post(STEP, {"code": code_of(seed)}).url == "/"
    assert client.get("/").status_code == 200


def test_where_one_wanted_to_go_comes_after_the_code(cast):
    seed, _ = on(cast.handler)
    client = Client()
    client.post(SIGN_IN, {"username": "handler", "password": PASSWORD, "next": "/accounts/me/"})
    assert client.post(STEP, {"code": code_of(seed)}).url == "/accounts/me/"


@pytest.mark.parametrize(
    ("seconds", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_telephone_may_be_half_a_minute_wrong(cast, seconds, taken):
    seed, _ = on(cast.handler)
    assert (second_factor.fault_of(cast.handler, code_of(seed, seconds), timezone.now()) == "") is taken


def test_no_code_is_taken_twice_and_none_older_than_the_last(cast):
    seed, _ = on(cast.handler)
    assert half_in().post(STEP, {"code": code_of(seed)}).status_code == 302
    assert half_in().post(STEP, {"code": code_of(seed)}).status_code == 422
    assert half_in().post(STEP, {"code": code_of(seed, -30)}).status_code == 422
    assert half_in().post(STEP, {"code": code_of(seed, 30)}).status_code == 302


def test_the_first_code_of_all_opens_no_door_again(cast):
    seed = seed_of(second_factor.begin(by=cast.handler))
    second_factor.turn_on(by=cast.handler, code=code_of(seed), now=timezone.now())
    assert second_factor.fault_of(cast.handler, code_of(seed), timezone.now())


def test_guessing_is_braked_whatever_the_address(cast, standing):
    seed, codes = on(cast.handler)
    for n in range(5):
        assert half_in(REMOTE_ADDR=f"10.0.0.{n}").post(STEP, {"code": f"00000{n}"}).status_code == 422
    page = half_in(REMOTE_ADDR="10.0.0.9").post(STEP, {"code": code_of(seed)})
    assert page.status_code == 422 and "15 分钟" in page.content.decode()
    assert half_in().post(STEP, {"code": codes[0]}).status_code == 422
    standing.shift(timedelta(minutes=16))
    assert half_in().post(STEP, {"code": code_of(seed)}).status_code == 302


def test_a_recovery_code_opens_once(cast):
    _, codes = on(cast.handler)
    assert len(set(codes)) == second_factor.RECOVERY
    assert half_in().post(STEP, {"code": codes[3].upper()}).status_code == 302
    assert half_in().post(STEP, {"code": codes[3]}).status_code == 422
    assert second_factor.left(cast.handler) == second_factor.RECOVERY - 1


def test_nobody_comes_to_the_code_without_the_password_or_long_after_it(cast, standing):
    seed, _ = on(cast.handler)
    assert Client().get(STEP).url == SIGN_IN
    assert Client().post(STEP, {"code": code_of(seed)}).url == SIGN_IN
    client = half_in()
    standing.shift(timedelta(minutes=6))
    assert client.post(STEP, {"code": code_of(seed)}).url == SIGN_IN


def test_a_password_changed_in_between_sends_back_to_the_start(cast):
    seed, _ = on(cast.handler)
    client = half_in()
    passwords.reset_password(person=cast.handler, password="kuang-5u7x-2q9m")
    assert client.post(STEP, {"code": code_of(seed)}).url == SIGN_IN


def test_another_persons_code_opens_nothing(cast):
    on(cast.handler)
    seed, codes = on(cast.chief)
    assert half_in().post(STEP, {"code": code_of(seed)}).status_code == 422
    assert half_in().post(STEP, {"code": codes[0]}).status_code == 422


def test_the_pages_set_it_up_with_the_password_and_show_the_codes_once(cast, sign_in):
    client = sign_in(cast.handler)
    assert client.post(OWN, {"password": "wrong"}).status_code == 422 and not SecondFactor.objects.exists()
    page = client.post(OWN, {"password": PASSWORD}).content.decode()
    assert (
        "<svg" in page and "<style" not in page and " style=" not in page.split("<svg")[1].split("</svg>")[0]
    )
    seed = seed_of(page)
    assert client.post(ON, {"code": "000000"}).status_code == 422 and not second_factor.is_on(cast.handler)
    shown = client.post(ON, {"code": code_of(seed)}).content.decode()
    assert shown.count("<li>") >= second_factor.RECOVERY and second_factor.is_on(cast.handler)
    assert seed not in client.get(OWN).content.decode()
    with pytest.raises(Refused, match="已经启用"):
        second_factor.begin(by=cast.handler)


def test_seed_and_recovery_codes_are_in_no_table_as_they_are(cast):
    seed, codes = on(cast.handler)
    kept = str([*SecondFactor.objects.values(), *RecoveryCode.objects.values(), *TrailEntry.objects.values()])
    assert seed not in kept and not any(code in kept for code in codes)


def test_it_is_taken_off_with_password_and_code_only(cast, sign_in):
    seed, _ = on(cast.handler)
    client = sign_in(cast.handler)
    assert client.post(OFF, {"password": "wrong", "code": code_of(seed)}).status_code == 422
    assert client.post(OFF, {"password": PASSWORD, "code": "000000"}).status_code == 422
    assert second_factor.is_on(cast.handler)
    assert client.post(OFF, {"password": PASSWORD, "code": code_of(seed)}).status_code == 302
    assert not second_factor.is_on(cast.handler)


def test_who_reads_secrets_is_rid_of_it_only_by_a_second_person(cast, sign_in):
    on(cast.handler)
    url = reverse("accounts:reset_second_factor", args=[cast.handler.public_id])
    assert sign_in(cast.system_admin).post(url, {"reason": "手机丢失"}).status_code == 302
    assert second_factor.is_on(cast.handler)
    row = Confirmation.objects.get(what="second_factor")
    with pytest.raises(Forbidden):
        confirming.confirm(by=cast.system_admin, row=row)
    assert confirming.confirm(by=cast.chief, row=row).password == ""
    assert not second_factor.is_on(cast.handler)


def test_of_anybody_else_an_administrator_takes_it_off_and_where_there_is_none_nothing(cast):
    on(cast.reporter)
    second_factor.reset_factor(by=cast.system_admin, person=cast.reporter, reason="手机丢失")
    assert not second_factor.is_on(cast.reporter)
    with pytest.raises(Refused, match="动态口令"):
        second_factor.reset_factor(by=cast.system_admin, person=cast.handler, reason="手机丢失")
