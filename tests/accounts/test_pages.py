"""Every page of 管理 opens for whom it is meant, and for nobody else."""

import pytest
from django.urls import reverse

from accounts import roles
from accounts.models import SigningAuthority, Standard, local_today

PERSON, OFFICE = "handler", "141122-zrzy"
SPACES = {"inbox": "reminders"}


def address(name, cast):
    """The address of one page about the handler, the county, this year."""
    kwargs = {
        "person": {"public_id": cast.handler.public_id},
        "agency": {"code": OFFICE},
        "numbers": {"code": OFFICE},
        "calendar": {"year": 2026},
    }.get(name, {})
    return reverse(f"{SPACES.get(name, 'accounts')}:{name}", kwargs=kwargs)


PEOPLE_ACTS = ("amend_person", "appoint", "reset_password", "disable_person", "reassign_work")
AGENCY_ACTS = ("amend_agency", "open_agency", "move_agency", "merge_agency", "add_person", "record_authority")
PAGES = {
    "index": "everybody",
    "me": "everybody",
    "inbox": "everybody",
    "calendar": "everybody",
    "standards": "everybody",
    "people": "managers",
    "person": "managers",
    "agencies": "managers",
    "agency": "managers",
    "authorities": "managers",
    "audit": "audit",
}
WHO = {"everybody": set(roles.EVERYONE), "managers": set(roles.MANAGERS), "audit": {roles.AUDIT_ADMIN}}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("part", ["system_admin", "audit_admin", "chief", "handler", "police"])
def test_a_page_opens_for_those_it_is_meant_for(cast, sign_in, name, part):
    person = getattr(cast, part)
    answer = sign_in(person).get(address(name, cast))
    post = next(iter(person.role_codes))
    assert answer.status_code in ({200} if post in WHO[PAGES[name]] else {403, 404})


@pytest.mark.parametrize("name", PEOPLE_ACTS)
def test_an_act_on_a_person_has_its_form(cast, sign_in, name):
    answer = sign_in(cast.system_admin).get(reverse(f"accounts:{name}", args=[cast.handler.public_id]))
    assert answer.status_code == 200
    assert 'name="_key"' in answer.content.decode()


@pytest.mark.parametrize("name", AGENCY_ACTS)
def test_an_act_on_an_agency_has_its_form(cast, sign_in, name):
    answer = sign_in(cast.system_admin).get(reverse(f"accounts:{name}", args=[OFFICE]))
    assert answer.status_code == 200


@pytest.mark.parametrize("part", ["neighbour_chief", "prefecture", "police", "handler"])
@pytest.mark.parametrize("name", PEOPLE_ACTS)
def test_nobody_else_comes_to_an_act_on_a_person(cast, sign_in, name, part):
    answer = sign_in(getattr(cast, part)).post(
        reverse(f"accounts:{name}", args=[cast.chief.public_id]), {"password": "x"}
    )
    assert answer.status_code in (403, 404)


def test_the_neighbours_people_do_not_exist_for_a_manager(cast, sign_in):
    answer = sign_in(cast.neighbour_chief).get(address("person", cast))
    assert answer.status_code == 404


def test_the_list_shows_the_people_of_the_county_and_below_only(cast, sign_in):
    page = sign_in(cast.system_admin).get(address("people", cast) + "?size=100").content.decode()
    assert "李承办" in page and "田所长" in page
    assert "邻承办" not in page and "吕市审" not in page


def test_what_a_person_did_is_shown_to_the_audit_administrator_only(cast, sign_in):
    words = "本人办理过的事项"
    assert words in sign_in(cast.audit_admin).get(address("person", cast)).content.decode()
    assert words not in sign_in(cast.system_admin).get(address("person", cast)).content.decode()


def test_numbers_of_one_office_open_for_those_who_number(cast, sign_in):
    assert sign_in(cast.handler).get(address("numbers", cast)).status_code == 200
    assert sign_in(cast.neighbour_handler).get(address("numbers", cast)).status_code == 404
    assert sign_in(cast.police).get(address("numbers", cast)).status_code == 404


@pytest.mark.parametrize("name", ["amend_calendar", "import_calendar"])
def test_the_calendar_is_changed_by_a_system_admin_only(cast, sign_in, name):
    url = reverse(f"accounts:{name}", args=[2026])
    assert sign_in(cast.system_admin).get(url).status_code == 200
    assert sign_in(cast.chief).get(url).status_code == 403


def test_a_standard_can_be_opened_for_correction(cast, sign_in):
    row = Standard.objects.create(
        key="k", label="期限", value=3, unit="日", valid_from=local_today(), document="某文件"
    )
    url = reverse("accounts:amend_standard", args=[row.pk])
    assert sign_in(cast.system_admin).get(url).status_code == 200
    assert sign_in(cast.handler).get(url).status_code == 403


def test_an_authority_is_ended_where_its_people_are_managed(cast, sign_in):
    row = SigningAuthority.objects.create(
        principal=cast.chief,
        delegate=cast.deputy,
        agency=cast.county,
        since=local_today(),
        until=local_today(),
        recorded_by=cast.chief,
    )
    url = reverse("accounts:end_authority", args=[row.pk])
    assert sign_in(cast.chief).get(url).status_code == 200
    assert sign_in(cast.neighbour_chief).get(url).status_code == 404


def test_a_year_no_calendar_can_have_is_no_address(cast, sign_in):
    assert sign_in(cast.handler).get("/accounts/calendar/99999/").status_code == 404
