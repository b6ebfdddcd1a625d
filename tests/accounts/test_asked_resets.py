"""The password of somebody whose posts open secrets is reset only once a second person has confirmed it."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts import roles
from accounts.models import Confirmation, Posting, TrailEntry
from accounts.services import confirming, passwords, people
from common.errors import Forbidden, Refused
from reminders.models import Outbox
from tests.cast import PASSWORD

GUESS = "kuang-5u7x-2q9m"


def asked(cast, person) -> Confirmation:
    """The administrator asks for a reset."""
    passwords.ask_reset(by=cast.system_admin, person=person, reason="本人忘记")
    return Confirmation.objects.get(person=person, what="password", state="waiting")


def test_an_administrator_alone_resets_nobody_who_reads_secrets(cast, fresh):
    for part in ("handler", "brigade_head", "intake", "chief", "security_admin"):
        with pytest.raises(Refused, match="第二人确认"):
            passwords.reset_password(by=cast.system_admin, person=getattr(cast, part), password=GUESS)
        assert fresh(getattr(cast, part)).check_password(PASSWORD)


def test_the_form_takes_no_password_for_such_a_person(cast, sign_in, fresh):
    url = reverse("accounts:reset_password", args=[cast.handler.public_id])
    client = sign_in(cast.system_admin)
    page = client.get(url).content.decode()
    assert 'name="password"' not in page and "第二人" not in page.split("<h1")[0]
    assert client.post(url, {"reason": "本人忘记", "password": GUESS}).status_code == 302
    assert fresh(cast.handler).check_password(PASSWORD)
    assert Confirmation.objects.get().what == "password"


def test_until_it_is_confirmed_nothing_changes_and_then_the_old_one_opens_nothing(cast, fresh):
    client = Client()
    client.post("/accounts/sign-in/", {"username": "handler", "password": PASSWORD})
    row = asked(cast, cast.handler)
    assert client.get("/accounts/me/").status_code == 200
    done = confirming.confirm(by=cast.chief, row=row)
    person = fresh(cast.handler)
    assert person.check_password(done.password) and person.must_change_password
    assert client.get("/accounts/me/").status_code == 302 and not Session.objects.exists()


def test_neither_who_asked_nor_whom_it_is_about_confirms(cast):
    row = asked(cast, cast.chief)
    with pytest.raises(Forbidden):
        confirming.confirm(by=cast.system_admin, row=row)
    with pytest.raises(Refused, match="不能自己确认"):
        confirming.confirm(by=cast.chief, row=row)
    assert confirming.confirm(by=cast.deputy, row=row).password


def test_a_security_administrator_who_asks_does_not_confirm_it(cast):
    passwords.ask_reset(by=cast.security_admin, person=cast.handler, reason="本人忘记")
    with pytest.raises(Refused, match="不能自己确认"):
        confirming.confirm(by=cast.security_admin, row=Confirmation.objects.get())


def test_moving_the_person_to_another_office_does_not_choose_who_confirms(cast, fresh):
    """An administrator moves people; where the post is held stays."""
    office = cast.agencies["141122100-zrzy"]
    people.amend_person(by=cast.system_admin, person=cast.handler, agency=office)
    assert asked(cast, fresh(cast.handler)).agency == cast.county


def test_taking_the_post_away_first_is_no_way_round(cast, fresh):
    """Without the post the reset is free; given again, the post waits, and the password goes."""
    people.end_posting(by=cast.system_admin, posting=Posting.objects.get(user=cast.brigade_head))
    passwords.reset_password(by=cast.system_admin, person=cast.brigade_head, password=GUESS)
    people.appoint(
        by=cast.system_admin, person=cast.brigade_head, agency=cast.county, role=roles.BRIGADE_HEAD
    )
    assert not fresh(cast.brigade_head).role_codes
    confirming.confirm(by=cast.chief, row=Confirmation.objects.get())
    assert fresh(cast.brigade_head).holds(roles.BRIGADE_HEAD)
    assert not fresh(cast.brigade_head).check_password(GUESS)


def test_it_is_asked_once_and_a_no_leaves_everything(cast, fresh):
    row = asked(cast, cast.handler)
    with pytest.raises(Refused, match="已经提出"):
        passwords.ask_reset(by=cast.system_admin, person=cast.handler, reason="再试")
    confirming.refuse(by=cast.deputy, row=row, reason="本人没有忘记")
    assert fresh(cast.handler).check_password(PASSWORD) and fresh(cast.handler).holds(roles.HANDLER)
    assert asked(cast, cast.handler).pk != row.pk


def test_the_leaders_and_the_person_are_told(cast):
    row = asked(cast, cast.handler)
    Outbox.objects.all().delete()
    confirming.confirm(by=cast.security_admin, row=row)
    told = set(Outbox.objects.values_list("recipient__username", flat=True))
    assert told == {"chief", "deputy", "system_admin", "handler"}


def test_the_trail_says_who_asked_and_who_confirmed_and_never_the_password(cast):
    done = confirming.confirm(by=cast.chief, row=asked(cast, cast.handler))
    entries = TrailEntry.objects.filter(subject_kind="accounts.user", subject_id=cast.handler.pk)
    assert [(entry.act, entry.actor) for entry in entries.order_by("seq")] == [
        ("reset_password", cast.system_admin),
        ("confirm", cast.chief),
    ]
    assert done.password not in str(list(entries.values())) and done.password not in repr(done)


def test_the_server_itself_resets_without_asking(cast, fresh):
    passwords.reset_password(person=cast.handler, password=GUESS)
    assert fresh(cast.handler).check_password(GUESS)
