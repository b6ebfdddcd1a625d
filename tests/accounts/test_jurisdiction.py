"""Who sees which rows: own and below; the neighbour nothing; police only what was granted."""

import pytest

from accounts import acts, roles
from accounts.models import Agency, Grant, local_today
from clues.models import Clue
from tests.accounts.things import a_clue
from tests.cast import add_person


@pytest.fixture
def clue(cast):
    """A clue of 交城."""
    return a_clue(cast.county, cast.intake)


SEEN = {
    "intake": True, "handler": True, "brigade_head": True, "legal": True, "deputy": True,
    "chief": True, "liaison": True, "checker": True, "prefecture": True, "province": True,
    "statistics": True,
    "reporter": False, "police": False, "procurator": False, "department": False,
    "neighbour_chief": False, "neighbour_handler": False, "neighbour_police": False,
    "other_prefecture": False, "system_admin": False, "security_admin": False,
    "audit_admin": False,
}  # fmt: skip


@pytest.mark.parametrize("part", SEEN)
def test_a_countys_row_is_seen_by(cast, clue, part):
    assert Clue.objects.visible_to(getattr(cast, part)).exists() is SEEN[part]


def test_a_township_sees_what_it_reported_and_nothing_else(cast, clue):
    mine = a_clue(cast.county, cast.reporter, number="线2", origin_agency=cast.agencies["141122100-zrzy"])
    assert list(Clue.objects.visible_to(cast.reporter)) == [mine]


def test_a_post_that_has_ended_shows_nothing_on_the_next_request(cast, clue, fresh):
    cast.handler.postings.update(until="2020-01-01")
    assert not Clue.objects.visible_to(fresh(cast.handler)).exists()


def test_a_disabled_person_sees_nothing(cast, clue, fresh):
    cast.chief.is_active = False
    cast.chief.save()
    assert not Clue.objects.visible_to(fresh(cast.chief)).exists()


def test_two_posts_show_the_rows_of_both_once(cast, clue, fresh):
    theirs = a_clue(cast.neighbour, cast.neighbour_handler, number="文1")
    cast.handler.postings.create(agency=cast.neighbour, role=roles.HANDLER, since=local_today(), note="交流")
    Grant.objects.create(
        kind="clue", object_id=clue.pk, agency=cast.county, reason="重复", granted_by=cast.intake
    )
    rows = Clue.objects.visible_to(fresh(cast.handler))
    assert sorted(row.pk for row in rows) == sorted([clue.pk, theirs.pk])


def test_an_agency_whose_number_begins_alike_is_not_below(cast, clue):
    """/1/2/ is not the beginning of /1/23/."""
    assert all(
        path.startswith("/") and path.endswith("/") for path in [*cast.chief.reach_paths(), cast.county.path]
    )
    person = add_person("other", "另一人", cast.agencies["140929-zrzy"], roles.CHIEF)
    assert not Clue.objects.visible_to(person).exists()


@pytest.mark.parametrize(
    ("part", "may"),
    [("handler", True), ("neighbour_handler", False), ("prefecture", False), ("police", False)],
)
def test_only_the_own_agencys_posts_act(cast, clue, part, may):
    posting = acts.posting_for(getattr(cast, part), {roles.HANDLER, roles.PREFECTURE}, clue)
    expected = may or part == "prefecture"
    assert (posting is not None) is expected


def test_a_prefecture_acts_below_and_not_on_its_own(cast):
    own = a_clue(cast.prefecture_office, cast.prefecture, number="市1")
    below = a_clue(cast.county, cast.intake, number="县1")
    assert acts.posting_for(cast.prefecture, {roles.PREFECTURE}, below)
    assert acts.posting_for(cast.prefecture, {roles.PREFECTURE}, own) is None


def test_the_police_act_on_what_was_granted_and_only_while_it_is(cast, clue, fresh):
    assert acts.posting_for(cast.police, {roles.POLICE}, clue) is None
    Grant.objects.create(
        kind="clue", object_id=clue.pk, agency=cast.police_office, reason="移送", granted_by=cast.handler
    )
    assert acts.posting_for(fresh(cast.police), {roles.POLICE}, clue)
    Grant.objects.update(until="2020-01-01")
    assert acts.posting_for(fresh(cast.police), {roles.POLICE}, clue) is None


def test_an_office_that_is_added_is_within_reach_at_once(cast):
    mine = a_clue(cast.county, cast.intake)
    assert list(Clue.objects.visible_to(cast.prefecture)) == [mine]
    added = Agency.objects.create(
        code="141130-zrzy", name="新县局", kind="zrzy", region=cast.prefecture_office.region,
        parent=cast.prefecture_office, path=f"{cast.prefecture_office.path}9999/",
    )  # fmt: skip
    new = a_clue(added, cast.intake, number="新1")
    assert set(Clue.objects.visible_to(cast.prefecture)) == {mine, new}
    assert list(Clue.objects.visible_to(cast.chief)) == [mine]
