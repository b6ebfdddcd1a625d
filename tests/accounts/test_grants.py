"""Grants: one thing shown to one agency, from a day, until a day, or until taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Grant, TrailEntry, local_today
from accounts.services import grants
from clues.models import Clue
from tests.accounts.things import a_clue


@pytest.fixture
def clue(cast):
    """What is handed over, and another that isn't."""
    a_clue(cast.county, cast.intake, number="别的")
    return a_clue(cast.county, cast.intake)


def grant(cast, clue, **more):
    """Hand the clue over to 水利局."""
    values = {"agency": cast.agencies["141122-sl"], "reason": "移交", "granted_by": cast.handler}
    return Grant.objects.create(kind="clue", object_id=clue.pk, **{**values, **more})


def seen(cast, fresh, part="department"):
    """What somebody sees now."""
    return list(Clue.objects.visible_to(fresh(getattr(cast, part))))


def test_only_what_was_granted_is_seen(cast, clue, fresh):
    assert seen(cast, fresh) == []
    grant(cast, clue)
    assert seen(cast, fresh) == [clue]


@pytest.mark.parametrize(("since", "until", "there"), [
    (0, None, True), (0, 0, True), (-9, -1, False), (1, None, False),
])  # fmt: skip
def test_a_grant_holds_from_day_to_day(cast, clue, fresh, since, until, there):
    today = local_today()
    grant(
        cast,
        clue,
        since=today + timedelta(days=since),
        until=None if until is None else today + timedelta(days=until),
    )
    assert (seen(cast, fresh) == [clue]) is there


def test_a_grant_taken_back_is_gone_on_the_next_request(cast, clue, fresh):
    given = grant(cast, clue)
    assert seen(cast, fresh) == [clue]
    given.revoked_at = timezone.now()
    given.save()
    assert seen(cast, fresh) == []


def test_a_grant_of_another_kind_or_number_opens_nothing(cast, clue, fresh):
    Grant.objects.create(
        kind="case",
        object_id=clue.pk,
        agency=cast.agencies["141122-sl"],
        reason="移交",
        granted_by=cast.handler,
    )
    assert seen(cast, fresh) == []


def test_a_grant_reaches_neither_the_agencys_uppers_nor_its_neighbours(cast, clue, fresh):
    grant(cast, clue, agency=cast.police_office)
    assert seen(cast, fresh, "police") == [clue]
    assert seen(cast, fresh, "neighbour_police") == []
    assert seen(cast, fresh, "department") == []


def test_an_administrator_of_the_granted_agency_sees_nothing(cast, clue, fresh):
    grant(cast, clue, agency=cast.county)
    cast.system_admin.refresh_from_db()
    assert seen(cast, fresh, "system_admin") == []


def test_the_service_gives_once_and_takes_back_with_a_line_each(cast, clue, fresh):
    posting, water = cast.handler.current_postings[0], cast.agencies["141122-sl"]
    given = {"by": cast.handler, "posting": posting, "thing": clue, "reason": "移交"}
    assert grants.give(**given, agency=water)
    assert grants.give(**given, agency=water) is None
    assert seen(cast, fresh) == [clue]
    assert grants.take_back(**given, agencies=[cast.police_office]) == []
    assert grants.take_back(**given, agencies=[water]) == [water]
    assert seen(cast, fresh) == []
    lines = TrailEntry.objects.filter(subject_id=clue.pk, subject_kind="clues.clue").order_by("pk")
    assert [(line.label, line.reason) for line in lines] == [("授权查阅", "移交"), ("收回授权", "移交")]
