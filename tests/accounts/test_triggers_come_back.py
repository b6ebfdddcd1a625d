"""SQLite drops a table's triggers when a migration rebuilds it; the next migrate puts them back."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.models.signals import post_migrate  # noqa: TID251 - a migrate is no deed

from accounts.models import TrailEntry
from accounts.services import trail
from accounts.triggers import REGISTRY, install_triggers

SQLITE = connection.vendor == "sqlite"


def triggers(table):
    """The names of a table's triggers, as the database tells them."""
    with connection.cursor() as cursor:
        if SQLITE:
            sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
        else:
            sql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = %s::regclass"
        cursor.execute(sql, [table])
        return {row[0] for row in cursor.fetchall()}


def refused():
    """Whether the database refuses to change an entry."""
    try:
        with transaction.atomic():
            TrailEntry.objects.update(reason="改")
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize("rule", REGISTRY, ids=lambda rule: rule.table)
def test_every_protected_table_has_its_triggers(db, rule):
    assert len(triggers(rule.table)) == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not SQLITE, reason="only SQLite rebuilds tables")
def test_a_rebuilt_table_has_lost_them_and_the_end_of_a_migrate_brings_them_back():
    from tests.cast import build_cast

    cast = build_cast()
    trail.record(by=cast.handler, act="test", label="测试", thing=cast.county)
    assert refused()
    old = TrailEntry._meta.get_field("reason")
    new = models.CharField(max_length=900, blank=True)
    new.set_attributes_from_name("reason")
    new.model = TrailEntry
    with connection.schema_editor() as editor:
        editor.alter_field(TrailEntry, old, new, strict=False)
    assert triggers("accounts_trailentry") == set()
    assert not refused()
    with connection.schema_editor() as editor:
        editor.alter_field(TrailEntry, new, old, strict=False)
    config = apps.get_app_config("accounts")
    post_migrate.send(
        sender=config, app_config=config, verbosity=0, interactive=False, using="default", plan=[], apps=apps
    )
    assert len(triggers("accounts_trailentry")) == 3
    assert refused()


def test_installing_twice_is_installing_once(db):
    before = triggers("accounts_trailentry")
    install_triggers()
    assert triggers("accounts_trailentry") == before
