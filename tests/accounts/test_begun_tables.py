"""A table begins once to be held against the trail, be it empty; what comes by SQL later stays a finding."""

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection

from accounts import roles
from accounts.models import Confirmation, Posting, SigningAuthority, TrailEntry, User, local_today
from accounts.services import agencies, confirming, installation, people, row_seals, taking_up, trail_checks
from accounts.triggers import drop_triggers

FORGED = """
INSERT INTO accounts_signingauthority
(principal_id, delegate_id, agency_id, since, until, recorded_by_id, recorded_at, version)
VALUES (%s, %s, %s, '2026-01-01', '2027-01-01', %s, '2026-01-01 00:00:00+00:00', 1)
"""


@pytest.fixture
def house(cast):
    """The cast, entered."""
    taking_up.take_up()
    return cast


def tampered(sql, *params):
    """Do what a person with the database password could do."""
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def forge(cast):
    """An authority to sign for the chief, in a table that was empty."""
    tampered(FORGED, cast.chief.pk, cast.handler.pk, cast.county.pk, cast.chief.pk)


def started_again():
    """What every start of the server does."""
    emit_post_migrate_signal(0, False, "default")


def found() -> str | None:
    """What verify_trail says first."""
    return trail_checks.verify()["first_broken"]


def test_a_row_forged_in_an_empty_table_is_found_after_a_start_as_well(house):
    forge(house)
    key = SigningAuthority.objects.get().pk
    for _ in range(2):
        assert found() == f"代签授权（accounts.signingauthority:{key}）"
        started_again()


def test_so_it_is_in_a_house_that_was_never_started_a_second_time(db):
    """The first deed of a new house lets all its tables begin."""
    assert taking_up.take_up() == 0 and row_seals.begun() == set(), "nobody has worked here yet"
    installation.command_line()
    assert row_seals.begun() == {model._meta.label_lower for model in row_seals.tables()}
    User.objects.create_user("forged", "假人")
    connection.run_on_commit.clear()  # as SQL leaves nothing that waits
    started_again()
    assert found().startswith("人员（accounts.user:")


def test_a_house_from_before_the_mark_keeps_what_had_begun_and_begins_the_rest(house):
    """There the trail says only which rows were entered."""
    tampered("DELETE FROM accounts_trailentry WHERE act = %s", row_seals.BEGIN)
    tampered("DELETE FROM accounts_trailhead WHERE chain = %s", row_seals.BEGIN)
    tampered("UPDATE accounts_user SET name = '假名' WHERE id = %s", house.handler.pk)
    assert taking_up.take_up() == 0
    assert found() == f"人员（accounts.user:{house.handler.pk}）"
    assert TrailEntry.objects.filter(act=row_seals.BEGIN).count() == 1


def test_taking_the_mark_away_is_found(house):
    tampered("DELETE FROM accounts_trailentry WHERE act = %s", row_seals.BEGIN)
    assert found() == f"{row_seals.BEGIN}#1"


# -------------------------------------------------- who holds which post, and who confirmed


INVENTED = """
INSERT INTO accounts_posting (user_id, agency_id, role, since, note, basis)
VALUES (%s, %s, 'brigade_head', '2026-01-01', '', 'person')
"""


def test_a_post_invented_by_sql_is_found(house):
    tampered(INVENTED, house.system_admin.pk, house.county.pk)
    assert found().startswith("任职（accounts.posting:")
    started_again()
    assert found().startswith("任职（accounts.posting:")


@pytest.mark.parametrize(
    "change", ["basis = 'person'", "role = 'chief'", "until = NULL", "since = '2020-01-01'"]
)
def test_a_post_confirmed_or_stretched_by_sql_is_found(house, change):
    person = asked(house)
    post = person.postings.get()
    people.end_posting(by=house.system_admin, posting=house.intake.postings.get(), on=local_today())
    assert found() is None
    ended = house.intake.postings.get()
    tampered(f"UPDATE accounts_posting SET {change} WHERE id IN (%s, %s)", post.pk, ended.pk)  # noqa: S608
    assert found().startswith("任职（accounts.posting:")


@pytest.mark.parametrize(
    "change",
    ["state = 'confirmed'", "asked_by_id = person_id", "decided_by_id = person_id", "label = '改写'"],
)
def test_a_confirmation_forged_by_sql_is_found(house, change):
    asked(house)
    tampered(f"UPDATE accounts_confirmation SET {change}")  # noqa: S608 - our own words
    assert found().startswith("第二人确认（accounts.confirmation:")


def asked(cast) -> User:
    """Somebody whose post waits for a second person."""
    person = people.add_person(
        by=cast.system_admin, agency=cast.county, username="new", name="新人", password="abcd-efgh-2345-mnpq"
    )
    people.appoint(by=cast.system_admin, person=person, agency=cast.county, role=roles.BRIGADE_HEAD)
    return person


def test_every_way_through_the_services_leaves_them_as_the_trail_says(house, fresh):
    rows = [asked(house).confirmations.get()]
    confirming.confirm(by=house.chief, row=rows[0])
    other = people.add_person(
        by=house.system_admin,
        agency=house.county,
        username="o",
        name="又一人",
        password="abcd-efgh-2345-mnpq",
    )
    for role in (roles.INTAKE, roles.HANDLER):
        people.appoint(by=house.system_admin, person=fresh(other), agency=house.county, role=role)
    first, second = Confirmation.objects.filter(person=other).order_by("pk")
    confirming.refuse(by=house.chief, row=first, reason="查无此人")
    people.end_posting(by=house.system_admin, posting=second.posting, reason="登记错了")
    people.end_posting(by=house.system_admin, posting=house.handler.postings.get())
    office = agencies.open_agency(
        by=house.system_admin, region=house.regions["141122101"], kind="zrzy", parent=house.county
    )
    people.appoint(by=house.system_admin, person=house.reporter, agency=office, role=roles.INTAKE)
    agencies.merge_agency(by=house.system_admin, agency=office, into=house.county)
    assert Posting.objects.filter(basis="void").count() == 3 and found() is None
