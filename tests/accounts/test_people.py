"""People and posts: who may add, appoint, end and disable, and what is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import roles
from accounts.models import Posting, TrailEntry, User, local_today
from accounts.services import people
from common.errors import Forbidden, Refused
from tests.cast import PASSWORD, add_person

TEMPORARY = "abcd-efgh-2345-mnpq"


@pytest.fixture
def newcomer(cast):
    """Somebody without a post yet."""
    return people.add_person(
        by=cast.system_admin, agency=cast.county, username="xinren", name="新人", password=TEMPORARY
    )


def test_a_new_person_belongs_to_the_agency_and_must_change_the_password(cast, newcomer):
    assert newcomer.agency == cast.county and newcomer.must_change_password
    entry = TrailEntry.objects.get(act="add_person")
    assert (entry.actor, entry.agency, entry.role) == (cast.system_admin, cast.county, "system_admin")


@pytest.mark.parametrize("username", ["handler", "Handler", " handler "])
def test_a_sign_in_name_is_given_once(cast, username):
    with pytest.raises(Refused, match="已经有人使用"):
        people.add_person(
            by=cast.system_admin, agency=cast.county, username=username, name="另一人", password=TEMPORARY
        )


def test_a_weak_temporary_password_is_refused_and_nobody_is_added(cast):
    with pytest.raises(Refused):
        people.add_person(by=cast.system_admin, agency=cast.county, username="x1", name="弱", password="123")
    assert not User.objects.filter(username="x1").exists()


@pytest.mark.parametrize("part", ["chief", "handler", "prefecture", "audit_admin", "police"])
def test_only_a_system_admin_adds_people(cast, part):
    with pytest.raises(Forbidden):
        people.add_person(
            by=getattr(cast, part), agency=cast.county, username="x2", name="某人", password=TEMPORARY
        )


def test_a_county_admin_manages_neither_the_neighbour_nor_the_prefecture(cast):
    for agency in (cast.neighbour, cast.prefecture_office, cast.police_office):
        with pytest.raises(Forbidden):
            people.add_person(
                by=cast.system_admin, agency=agency, username="x3", name="某人", password=TEMPORARY
            )
    below = cast.agencies["141122100-zrzy"]
    assert people.add_person(
        by=cast.system_admin, agency=below, username="x4", name="所员", password=TEMPORARY
    )


def test_a_post_shows_at_once_what_it_opens(cast, newcomer, fresh):
    people.appoint(by=cast.system_admin, person=newcomer, agency=cast.county, role=roles.CHECKER)
    assert fresh(newcomer).holds(roles.CHECKER)
    assert fresh(newcomer).reach_paths() == [cast.county.path]


def test_several_posts_at_once_are_held_by_one_person(cast, newcomer, fresh):
    for role in (roles.CHECKER, roles.REPORTER, roles.STATISTICS):
        people.appoint(by=cast.system_admin, person=newcomer, agency=cast.county, role=role)
    assert fresh(newcomer).role_codes == {roles.CHECKER, roles.REPORTER, roles.STATISTICS}


def test_a_post_holds_from_its_first_to_its_last_day(cast, newcomer):
    today = local_today()
    people.appoint(
        by=cast.system_admin,
        person=newcomer,
        agency=cast.county,
        role=roles.CHECKER,
        since=today + timedelta(days=3),
        until=today + timedelta(days=5),
        note="代理",
    )
    held = [bool(newcomer.postings.in_force(today + timedelta(days=n))) for n in range(2, 7)]
    assert held == [False, True, True, True, False]


@pytest.mark.parametrize("first", [roles.HANDLER, roles.SYSTEM_ADMIN])
def test_business_and_administration_are_never_in_one_hand(cast, newcomer, first):
    second = roles.SYSTEM_ADMIN if first == roles.HANDLER else roles.HANDLER
    people.appoint(by=cast.system_admin, person=newcomer, agency=cast.county, role=first)
    with pytest.raises(Refused, match="不能同时办理业务"):
        people.appoint(by=cast.system_admin, person=newcomer, agency=cast.county, role=second)


def test_they_may_follow_one_another(cast, newcomer):
    today = local_today()
    people.appoint(
        by=cast.system_admin,
        person=newcomer,
        agency=cast.county,
        role=roles.HANDLER,
        since=today - timedelta(days=9),
        until=today - timedelta(days=1),
    )
    assert people.appoint(by=cast.system_admin, person=newcomer, agency=cast.county, role=roles.SYSTEM_ADMIN)


def test_the_same_post_is_not_given_twice_for_one_time(cast):
    with pytest.raises(Refused, match="不用再任"):
        people.appoint(by=cast.system_admin, person=cast.handler, agency=cast.county, role=roles.HANDLER)


@pytest.mark.parametrize(
    ("office", "role"),
    [
        ("141122-zrzy", roles.POLICE),
        ("141122-zrzy", roles.PREFECTURE),
        ("141122-zrzy", roles.PROVINCE),
        ("141122100-zrzy", roles.PROCURATOR),
    ],
)
def test_a_post_that_the_agency_does_not_have_is_refused(cast, newcomer, office, role):
    with pytest.raises(Refused):
        people.appoint(by=cast.system_admin, person=newcomer, agency=cast.agencies[office], role=role)


def test_a_post_elsewhere_needs_the_say_there_too(cast, newcomer):
    with pytest.raises(Forbidden):
        people.appoint(by=cast.system_admin, person=newcomer, agency=cast.neighbour, role=roles.HANDLER)


def test_an_ended_post_opens_nothing_from_the_next_request_on(cast, sign_in):
    client = sign_in(cast.handler)
    assert client.get("/accounts/calendar/2026/").status_code == 200
    posting = Posting.objects.get(user=cast.handler)
    people.end_posting(by=cast.system_admin, posting=posting, reason="调离")
    assert client.get("/accounts/calendar/2026/").status_code == 403
    posting.refresh_from_db()
    assert posting.until == local_today() - timedelta(days=1)
    with pytest.raises(Refused, match="不用再免"):
        people.end_posting(by=cast.system_admin, posting=posting)


def test_a_disabled_person_is_out_at_once_and_may_come_back(cast, sign_in, client):
    signed_in = sign_in(cast.handler)
    people.disable(by=cast.security_admin, person=cast.handler, reason="账号异常")
    assert signed_in.get("/accounts/me/").status_code == 302
    sign = {"username": "handler", "password": PASSWORD}
    assert client.post("/accounts/sign-in/", sign).status_code == 200
    people.enable(by=cast.system_admin, person=User.objects.get(pk=cast.handler.pk), reason="核实")
    assert client.post("/accounts/sign-in/", sign).status_code == 302


def test_nobody_disables_themselves(cast):
    add_person("second_admin", "第二管理员", cast.county, roles.SYSTEM_ADMIN)
    with pytest.raises(Refused, match="不能停用自己"):
        people.disable(by=cast.system_admin, person=cast.system_admin, reason="试")


def test_the_last_system_admin_stays(cast):
    with pytest.raises(Refused, match="最后一名系统管理员"):
        people.disable(by=cast.security_admin, person=cast.system_admin, reason="试")
    with pytest.raises(Refused, match="最后一名系统管理员"):
        people.end_posting(by=cast.system_admin, posting=Posting.objects.get(user=cast.system_admin))


def test_a_county_admin_may_go_when_the_prefecture_has_one(cast):
    add_person("city_admin", "市系统员", cast.prefecture_office, roles.SYSTEM_ADMIN)
    assert not people.disable(by=cast.security_admin, person=cast.system_admin, reason="调离").is_active


def test_what_the_command_line_does_stands_in_the_trail_under_its_own_name(cast):
    person = people.add_person(agency=cast.county, username="first", name="首个管理员", password=TEMPORARY)
    people.appoint(person=person, agency=cast.county, role=roles.SYSTEM_ADMIN)
    entry = TrailEntry.objects.filter(subject_id=person.pk, act="appoint").get()
    assert entry.actor.username == "system" and not entry.actor.has_usable_password()


def test_an_act_page_does_it_once_however_often_it_is_sent(cast, sign_in, newcomer):
    client = sign_in(cast.system_admin)
    form = {"agency": cast.county.pk, "role": roles.HANDLER, "since": local_today(), "_key": "once"}
    url = reverse("accounts:appoint", args=[newcomer.public_id])
    assert [client.post(url, form).status_code for _ in range(3)] == [302, 302, 302]
    assert newcomer.postings.count() == 1
    other = {**form, "role": roles.LEGAL}
    assert client.post(url, other).status_code == 422


def test_a_refusal_is_shown_on_the_form_with_what_was_typed(cast, sign_in):
    url = reverse("accounts:appoint", args=[cast.handler.public_id])
    answer = sign_in(cast.system_admin).post(
        url, {"agency": cast.county.pk, "role": roles.SYSTEM_ADMIN, "since": local_today(), "note": "记"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "不能同时办理业务" in page and 'value="记"' in page
