"""A person's own password: the old one is asked, other sessions end, a temporary one must go."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import TrailEntry, User
from accounts.services import passwords
from common.errors import Refused
from tests.cast import PASSWORD

PAGE = "/accounts/password/"
NEW = "交城 山水 2026 安全"


def change(client, old=PASSWORD, new=NEW, again=None):
    """One try on the page."""
    return client.post(PAGE, {"old_password": old, "new_password1": new, "new_password2": again or new})


def test_the_new_password_counts_and_the_old_one_no_longer(cast, sign_in):
    assert change(sign_in(cast.handler)).status_code == 302
    person = User.objects.get(pk=cast.handler.pk)
    assert person.check_password(NEW) and not person.check_password(PASSWORD)
    assert TrailEntry.objects.filter(act="change_password", actor=person).count() == 1


def test_this_session_goes_on_and_every_other_ends(cast, sign_in):
    here, elsewhere = sign_in(cast.handler), sign_in(cast.handler)
    change(here)
    assert here.get("/accounts/me/").status_code == 200
    assert elsewhere.get("/accounts/me/").status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"old": "not-the-old-one"}, "原密码不对"),
        ({"again": "something-else-2026"}, "两次输入的新密码不一样"),
        ({"new": "short"}, "12"),
        ({"new": "123456789012345"}, "数字"),
        ({"new": "qwerty123456"}, "常见"),
        ({"new": PASSWORD}, "与原密码相同"),
    ],
)
def test_a_bad_new_password_is_refused_with_a_sentence(cast, sign_in, typed, sentence):
    answer = change(sign_in(cast.handler), **typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert User.objects.get(pk=cast.handler.pk).check_password(PASSWORD)


def test_the_old_password_can_be_guessed_five_times_only(cast, sign_in):
    client = sign_in(cast.handler)
    codes = [change(client, old=f"guess-{n}").status_code for n in range(5)]
    assert codes == [422] * 4 + [429]
    stopped = change(client)
    assert stopped.status_code == 429 and "15 分钟" in stopped.content.decode()
    assert User.objects.get(pk=cast.handler.pk).check_password(PASSWORD)


def test_the_old_password_is_not_guessed_from_an_address_that_is_stopped(cast, sign_in, settings):
    for n in range(settings.SIGN_IN_ADDRESS_LIMIT):
        Client().post("/accounts/sign-in/", {"username": f"name-{n}", "password": "guess-guess-1"})
    stopped = change(sign_in(cast.handler))
    assert stopped.status_code == 429
    assert User.objects.get(pk=cast.handler.pk).check_password(PASSWORD)


def test_a_temporary_password_opens_only_the_page_to_change_it(cast, sign_in):
    cast.handler.must_change_password = True
    cast.handler.save()
    client = sign_in(cast.handler)
    for address in ("/", "/accounts/me/", "/reminders/inbox/"):
        assert client.get(address).url == PAGE
    assert change(client).url == "/"
    assert client.get("/accounts/me/").status_code == 200


def test_a_reset_ends_every_session_and_must_be_changed(cast, sign_in):
    client = sign_in(cast.reporter)
    answer = sign_in(cast.system_admin).post(
        reverse("accounts:reset_password", args=[cast.reporter.public_id]),
        {"password": "abcd-efgh-2345-mnpq", "_key": "k1", "_version": ""},
    )
    assert answer.status_code == 302
    assert client.get("/accounts/me/").status_code == 302
    person = User.objects.get(pk=cast.reporter.pk)
    assert person.must_change_password and person.check_password("abcd-efgh-2345-mnpq")


def test_no_trail_entry_and_no_key_ever_holds_a_password(cast, sign_in):
    secret = "abcd-efgh-2345-mnpq"
    passwords.reset_password(by=cast.system_admin, person=cast.reporter, password=secret)
    entry = TrailEntry.objects.get(act="reset_password")
    assert secret not in f"{entry.changes}{entry.reason}{entry.label}"


def test_a_temporary_password_is_strong_enough_and_never_the_same(cast):
    made = {passwords.temporary() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        passwords.check(password, cast.handler)


def test_a_manager_cannot_reset_a_neighbours_password(cast):
    with pytest.raises(Refused):
        passwords.reset_password(
            by=cast.system_admin, person=cast.neighbour_handler, password="abcd-efgh-2345"
        )
