"""What is remembered (tests/replay.py) is what was done, and only where nothing else was."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Agency, Posting, TrailEntry, User
from accounts.services import row_seals
from cases.models import Case
from tests import replay
from tests.cases import making
from tests.cast import PEOPLE

done = []


@replay.remembered
def renamed(cast, name):
    """The county's office under another name, an office more, one person's post gone."""
    done.append(name)
    cast.county.name = name
    cast.county.save()
    Agency.objects.create(
        code="new", name=name, short_name=name, kind="zrzy", region=cast.county.region, path="/x/"
    )
    Posting.objects.filter(user=cast.audit_admin).delete()
    return cast.county, {"people": Posting.objects.count()}


@pytest.fixture(autouse=True)
def nothing_done(monkeypatch):
    """Counts what is done, with nothing kept from another test."""
    done.clear()
    monkeypatch.setattr(replay, "_kept", {})


def everything():
    return {table: replay._rows(table) for table in replay._keys()}


def again(build):
    """What `build` leaves and gives in a transaction that ends, twice over."""
    for _ in range(2):
        point = connection.savepoint()
        ground, known = replay._ground, (replay._ground.known, replay._ground.tables)
        given = build()
        yield given, everything()
        connection.savepoint_rollback(point)
        ground.settle(*known)


def test_rows_written_changed_and_gone_are_put_back(cast):
    (one, rows), (two, same) = again(lambda: renamed(cast, "某局"))
    assert done == ["某局"] and rows == same
    assert one == two and two[0].name == "某局" and two[0] is not one[0]


def test_a_case_that_is_put_back_is_the_same_to_the_last_seal(cast):
    (one, rows), (two, same) = again(lambda: making.decided_case(cast))
    assert isinstance(two, Case) and one == two and rows == same
    assert TrailEntry.objects.count() == 0


@pytest.mark.parametrize("time", [1, 2])
def test_people_who_are_put_back_wait_for_the_trail_as_those_who_were_made(cast, time):
    assert len(row_seals._waiting()[User]) == len(PEOPLE)


def test_other_arguments_are_done_anew(cast):
    list(again(lambda: renamed(cast, "甲局")))
    list(again(lambda: renamed(cast, "乙局")))
    assert done == ["甲局", "乙局"]


def test_after_something_else_was_written_it_is_done_anew(cast):
    list(again(lambda: renamed(cast, "某局")))
    User.objects.filter(username="police").update(name="另一人")
    renamed(cast, "某局")
    assert done == ["某局"] * 2


def test_under_another_clock_or_other_settings_it_is_done_anew(cast, monkeypatch, settings):
    list(again(lambda: renamed(cast, "某局")))
    settings.LANGUAGES = []
    list(again(lambda: renamed(cast, "某局")))
    assert len(done) == 3
    now = timezone.now() - timedelta(days=3)
    monkeypatch.setattr(timezone, "now", lambda: now)
    list(again(lambda: renamed(cast, "某局")))
    assert len(done) == 5


def test_it_can_be_asked_to_be_done_anew(cast):
    list(again(lambda: renamed(cast, "某局")))
    list(again(lambda: renamed.anew(cast, "某局")))
    assert len(done) == 3
