"""Signing in and out: the same words for every wrong try, a new session id, five tries."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.services import passwords
from tests.cast import PASSWORD

SIGN_IN = "/accounts/sign-in/"


def attempt(client, username, password, **more):
    """One try on the sign-in page."""
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def wrong_words(answer):
    """The part of the page that speaks about the try, without tokens and what was typed."""
    page = answer.content.decode()
    return page[page.index("summary-of-faults") : page.index("</div>", page.index("summary-of-faults"))]


def test_the_right_password_opens_the_desk(cast, client):
    answer = attempt(client, "handler", PASSWORD)
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(cast.handler.pk)


def test_a_wrong_password_an_unknown_name_and_a_disabled_person_read_the_same(cast):
    cast.legal.is_active = False
    cast.legal.save()
    answers = [
        attempt(Client(), "handler", "not-the-password"),
        attempt(Client(), "nobody-of-that-name", "not-the-password"),
        attempt(Client(), "legal", PASSWORD),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({wrong_words(answer) for answer in answers}) == 1
    assert "登录名或密码不对" in wrong_words(answers[0])


def test_the_session_gets_a_new_id(cast, client):
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "before"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    attempt(client, "handler", PASSWORD)
    assert client.session.session_key != planted
    assert not client.session.exists(planted)


def test_five_wrong_tries_stop_the_sixth_even_with_the_right_password(cast, client):
    answers = [attempt(client, "handler", f"wrong-{n}") for n in range(5)]
    assert [answer.status_code for answer in answers[:4]] == [200] * 4
    assert answers[4].status_code == 429
    stopped = attempt(client, "handler", PASSWORD)
    assert stopped.status_code == 429
    assert "15 分钟" in stopped.content.decode()


def test_a_password_set_anew_by_the_administrator_lifts_the_stop(cast, client):
    for n in range(5):
        attempt(client, "reporter", f"wrong-{n}")
        attempt(client, "chief", f"wrong-{n}")
    passwords.reset_password(by=cast.system_admin, person=cast.reporter, password="kuang-5u7x-2q9m")
    assert attempt(client, "reporter", "kuang-5u7x-2q9m").status_code == 302
    assert attempt(Client(), "chief", PASSWORD).status_code == 429


@pytest.mark.parametrize(("minutes", "status"), [(14, 429), (16, 302)])
def test_after_a_quarter_of_an_hour_one_may_try_again(cast, client, minutes, status):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        for n in range(5):
            attempt(client, "handler", f"wrong-{n}")
    with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
        assert attempt(client, "handler", PASSWORD).status_code == status


def test_an_unknown_name_is_stopped_as_a_known_one_is(cast, client):
    codes = [attempt(client, "nobody-at-all", f"wrong-{n}").status_code for n in range(5)]
    assert codes == [200, 200, 200, 200, 429]


def test_somebody_elses_wrong_tries_elsewhere_do_not_stop_me(cast):
    other = Client(REMOTE_ADDR="10.9.9.9")
    for n in range(6):
        attempt(other, "handler", f"wrong-{n}")
    assert attempt(Client(REMOTE_ADDR="10.1.1.1"), "handler", PASSWORD).status_code == 302


def test_one_address_that_tries_name_after_name_is_stopped(cast, settings):
    """Spraying: one password for every name, no name twice."""
    names = [f"name-{n}" for n in range(settings.SIGN_IN_ADDRESS_LIMIT)]
    answers = {attempt(Client(REMOTE_ADDR="10.9.9.9"), name, "one-password").status_code for name in names}
    assert answers == {200}
    assert attempt(Client(REMOTE_ADDR="10.9.9.9"), "handler", PASSWORD).status_code == 429
    assert attempt(Client(REMOTE_ADDR="10.1.1.1"), "handler", PASSWORD).status_code == 302


def test_one_good_sign_in_does_not_wipe_out_what_was_tried_for_other_names(cast, settings):
    office = {"REMOTE_ADDR": "10.9.9.9"}
    for n in range(settings.SIGN_IN_ADDRESS_LIMIT - 1):
        attempt(Client(**office), f"name-{n}", "one-password")
    assert attempt(Client(**office), "handler", PASSWORD).status_code == 302
    attempt(Client(**office), "one-more", "one-password")
    assert attempt(Client(**office), "chief", PASSWORD).status_code == 429


@pytest.mark.parametrize(("minutes", "status"), [(14, 429), (16, 302)])
def test_an_address_too_may_try_again_after_a_quarter_of_an_hour(cast, settings, minutes, status):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        for n in range(settings.SIGN_IN_ADDRESS_LIMIT):
            attempt(Client(), f"name-{n}", "one-password")
    with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
        assert attempt(Client(), "handler", PASSWORD).status_code == status


def test_a_forged_forwarded_header_does_not_give_more_tries(cast, client):
    for n in range(5):
        client.post(
            SIGN_IN, {"username": "handler", "password": f"wrong-{n}"}, HTTP_X_FORWARDED_FOR=f"1.2.3.{n}"
        )
    assert attempt(client, "handler", PASSWORD).status_code == 429


@pytest.mark.parametrize(
    ("asked", "gone_to"),
    [
        ("/accounts/me/", "/accounts/me/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
    ],
)
def test_only_our_own_pages_come_next(cast, client, asked, gone_to):
    assert attempt(client, "handler", PASSWORD, next=asked).url == gone_to


def test_an_address_asked_for_without_a_session_comes_back_after_signing_in(cast, client):
    answer = client.get("/accounts/me/")
    assert answer.url == f"{SIGN_IN}?next=/accounts/me/"
    assert 'value="/accounts/me/"' in client.get(answer.url).content.decode()


def test_signing_out_ends_the_session_on_the_server_and_clears_the_browser(cast, sign_in):
    client = sign_in(cast.handler)
    key = client.session.session_key
    answer = client.post(reverse("accounts:sign_out"))
    assert answer.url == SIGN_IN
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    stolen = Client()
    stolen.cookies["sessionid"] = key
    assert stolen.get("/accounts/me/").status_code == 302


def test_signing_out_is_never_a_mere_link(cast, sign_in):
    client = sign_in(cast.handler)
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert client.head(reverse("accounts:sign_out")).status_code == 405
    assert client.get("/accounts/me/").status_code == 200


def test_thirty_idle_minutes_end_the_session_and_polling_does_not_keep_it(cast, client):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        attempt(client, "handler", PASSWORD)
        client.get("/accounts/me/")
    for minutes in (10, 20, 29):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert client.get("/reminders/inbox/unread/", HTTP_X_POLL="1").status_code == 200
    with time_machine.travel(start + timedelta(minutes=31), tick=False):
        assert client.get("/accounts/me/").status_code == 302


def test_somebody_signed_in_is_sent_on_from_the_sign_in_page(cast, sign_in):
    assert sign_in(cast.handler).get(SIGN_IN).url == "/"


def test_a_form_without_its_token_is_refused_with_a_sentence(cast):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(SIGN_IN, {"username": "handler", "password": PASSWORD})
    assert answer.status_code == 403
    assert "请重新打开登录页" in answer.content.decode()
    strict.force_login(cast.intake)
    came = {"referer": "http://testserver/clues/new/?x=1", "host": "testserver"}
    page = strict.post("/clues/new/", {"summary": "甲"}, headers=came).content.decode()
    assert "点“恢复”，再提交" in page and 'href="/clues/new/?x=1">重新打开那一页' in page
    assert "data-plain" in page, "the script keeps the draft as one that did not arrive"


def test_an_address_that_only_takes_a_form_says_so_when_it_is_opened(cast, sign_in):
    answer = sign_in(cast.intake).get("/clues/many/assign/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert (
        "这个地址不能直接打开" in answer.content.decode() and 'href="/">回到工作台' in answer.content.decode()
    )


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/clues/?state=assigned", "/clues/%3Fstate%3Dassigned"),
        ("http://evil.example/x", "/"),
    ],
)
def test_a_form_sent_after_the_session_ended_leads_back_to_its_page_not_to_where_it_went(
    client, db, referer, back
):
    answer = client.post("/clues/many/assign/", headers={"referer": referer, "host": "testserver"})
    assert answer.url == f"{SIGN_IN}?next={back}"


def test_somebody_without_any_post_sees_only_the_own_page_and_can_leave(cast, sign_in):
    cast.handler.postings.all().delete()
    client = sign_in(cast.handler)
    assert client.get("/accounts/me/").status_code == 200
    assert client.get("/accounts/calendar/2026/").status_code == 403
    assert client.post(reverse("accounts:sign_out")).status_code == 302


def test_a_piece_of_a_page_asked_for_too_late_sends_the_whole_page_to_sign_in(client, db):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/accounts/people/?page=2"}
    answer = client.get("/accounts/people/", headers=headers)
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == f"{SIGN_IN}?next=/accounts/people/"


def test_a_poll_after_the_session_ended_leaves_the_page_and_what_is_typed_alone(client, db):
    answer = client.get("/reminders/inbox/unread/", headers={"HX-Request": "true", "X-Poll": "1"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert "HX-Redirect" not in answer
