"""Where I am signed in, ending it elsewhere, and the password again before what is sealed."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.forms.again import PasswordAgain
from accounts.models import SignIn, TrailEntry
from accounts.services import passwords, sessions
from clues.models import Informant
from common.forms.acts import ActForm
from tests.cases import making
from tests.cast import PASSWORD

ME = "/accounts/me/"
NEW = "山水之间有人家二十三口"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/128.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36"


def signed_in(name: str, address: str, agent: str) -> Client:
    """A browser at an address in which somebody signed in with the password."""
    client = Client(REMOTE_ADDR=address, HTTP_USER_AGENT=agent)
    assert client.post("/accounts/sign-in/", {"username": name, "password": PASSWORD}).status_code == 302
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome 128，Windows"),
        (PHONE, "Chrome 126，安卓"),
        (f"{CHROME} Edg/128.0.0.0", "Edge 128，Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox 130，Linux"),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(agent, words):
    assert sessions.browser_of(agent) == words


def test_my_sessions_are_listed_and_one_elsewhere_can_be_ended(cast):
    here, there = signed_in("handler", "10.1.1.1", CHROME), signed_in("handler", "10.2.2.2", PHONE)
    signed_in("chief", "10.3.3.3", CHROME)
    page = here.get(ME).content.decode()
    assert "10.1.1.1" in page and "10.2.2.2" in page and "10.3.3.3" not in page
    other = SignIn.objects.get(user=cast.handler, address="10.2.2.2")
    assert here.post(reverse("accounts:end_sign_in", args=[other.pk])).url == ME
    assert there.get(ME).status_code == 302 and here.get(ME).status_code == 200
    entry = TrailEntry.objects.get(act="end_session")
    assert entry.actor == cast.handler and "10.2.2.2" in str(entry.changes)


def test_nobody_ends_somebody_elses_session(cast):
    signed_in("chief", "10.3.3.3", CHROME)
    theirs = SignIn.objects.get(user=cast.chief)
    client = signed_in("handler", "10.1.1.1", CHROME)
    assert client.post(reverse("accounts:end_sign_in", args=[theirs.pk])).status_code == 404
    assert SignIn.objects.filter(pk=theirs.pk).exists()


def test_a_new_password_leaves_this_session_alone_in_the_list(cast):
    here, there = signed_in("handler", "10.1.1.1", CHROME), signed_in("handler", "10.2.2.2", PHONE)
    typed = {"old_password": PASSWORD, "new_password1": f"{NEW}呀", "new_password2": f"{NEW}呀"}
    assert here.post("/accounts/password/", typed).status_code == 302
    assert there.get(ME).status_code == 302
    assert [each.address for each in sessions.running(cast.handler, timezone.now())] == ["10.1.1.1"]


def test_a_reset_password_leaves_no_session_behind(cast):
    signed_in("reporter", "10.1.1.1", CHROME)
    passwords.reset_password(by=cast.system_admin, person=cast.reporter, password="kuang-5u7x-2q9m")
    assert not Session.objects.exists() and not SignIn.objects.exists()


def test_what_has_ended_leaves_the_list_with_the_sweep(cast):
    signed_in("handler", "10.1.1.1", CHROME)
    assert sessions.forget_ended(timezone.now() + timedelta(days=1)) == 1
    assert not SignIn.objects.exists()


@pytest.fixture
def sealed(cast):
    """The address that opens the numbers of a case's parties."""
    return reverse("cases:unmask_party", args=[making.filed_case(cast).public_id])


def opened(client, address: str, **more):
    """One try to open what is sealed."""
    return client.post(address, {"reason": "核对证件", "purpose": "", "row": "", **more})


def test_within_five_minutes_of_signing_in_nothing_more_is_asked(cast, sign_in, sealed):
    client = sign_in(cast.handler)
    assert "登录密码" not in client.get(sealed).content.decode()
    assert opened(client, sealed).status_code == 200


def test_later_the_password_is_asked_again_and_what_was_typed_stays(cast, sign_in, sealed):
    client = sign_in(cast.handler)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert "登录密码" in client.get(sealed).content.decode()
        refused = opened(client, sealed)
        assert refused.status_code == 422 and "核对证件" in refused.content.decode()
        wrong = opened(client, sealed, password="not-the-password")
        assert wrong.status_code == 422 and "密码不对" in wrong.content.decode()
        assert not TrailEntry.objects.filter(act="unmask_party").exists()
        assert opened(client, sealed, password=PASSWORD).status_code == 200
        assert TrailEntry.objects.filter(act="unmask_party").count() == 1
        assert opened(client, sealed).status_code == 200  # given a moment ago


def test_guesses_before_what_is_sealed_are_counted(cast, sign_in, sealed):
    client = sign_in(cast.handler)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        codes = [opened(client, sealed, password=f"guess-{n}").status_code for n in range(5)]
        assert codes == [422] * 4 + [429]
        assert opened(client, sealed, password=PASSWORD).status_code == 429


def test_an_informant_too_is_opened_with_the_password_only(cast, sign_in):
    clue = making.bare_clue(cast)
    Informant.objects.create(clue=clue)
    address = reverse("clues:unmask_informant", args=[clue.public_id])
    client = sign_in(cast.intake)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert "登录密码" in client.get(address).content.decode()
        assert client.post(address, {"reason": "电话核实"}).status_code == 422


def named(form, word) -> set:
    """Every form below this one whose name begins with the word."""
    below = {each for child in form.__subclasses__() for each in {child} | named(child, word)}
    return {each for each in below if each.__name__.startswith(word)}


def test_every_form_that_unmasks_asks_the_password_again():
    unmasking = named(ActForm, "Unmask") | named(ActForm, "OpenFile")
    assert len(unmasking) >= 5
    assert [form for form in unmasking if not issubclass(form, PasswordAgain)] == []
