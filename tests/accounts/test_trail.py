"""The trail is appended only, chained, and tells where it was touched."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import TrailEntry, TrailHead
from accounts.services import trail, trail_checks
from accounts.triggers import drop_triggers, install_triggers


@pytest.fixture
def three_entries(cast):
    """Three entries about one agency."""
    for word in ("一", "二", "三"):
        trail.record(
            by=cast.handler, act="test", label="测试", thing=cast.county, changes={"名称": ("旧", word)}
        )
    return TrailEntry.objects.order_by("seq")


def tampered(sql, *params):
    """Do what a person with the database password could do."""
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    install_triggers()


def test_an_untouched_trail_holds(three_entries):
    assert [entry.seq for entry in three_entries] == [1, 2, 3]
    assert trail_checks.first_broken() is None


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_refuses_to_change_an_entry(three_entries, deed):
    entry = three_entries.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        if deed == "update":
            TrailEntry.objects.filter(pk=entry.pk).update(reason="改")
        else:
            TrailEntry.objects.filter(pk=entry.pk).delete()
    assert TrailEntry.objects.count() == 3


def test_replacing_an_entry_is_refused(three_entries):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite knows INSERT OR REPLACE")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO accounts_trailentry SELECT * FROM accounts_trailentry WHERE seq = 2"
        )


def test_an_edited_entry_is_found(three_entries):
    tampered("UPDATE accounts_trailentry SET reason = 'x' WHERE seq = 2")
    assert trail_checks.first_broken().endswith("#2")


def test_a_removed_entry_is_found(three_entries):
    tampered("DELETE FROM accounts_trailentry WHERE seq = 2")
    assert trail_checks.first_broken().endswith("#3")


def test_a_cut_tail_is_found(three_entries):
    tampered("DELETE FROM accounts_trailentry WHERE seq = 3")
    assert trail_checks.first_broken() is not None


def test_a_whole_chain_gone_with_its_entries_is_found(three_entries):
    tampered("DELETE FROM accounts_trailentry")
    assert trail_checks.first_broken() is not None


def test_a_head_gone_is_found(three_entries):
    TrailHead.objects.all().delete()
    assert trail_checks.first_broken() is not None
