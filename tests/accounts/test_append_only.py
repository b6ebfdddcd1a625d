"""What is append-only stays so for somebody with the database's password and a shell of their own.

SQLite: a connection without our settings, on which INSERT OR REPLACE deletes without a trigger.
PostgreSQL: TRUNCATE, which asks no row.
"""

import sqlite3

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from accounts.triggers import REGISTRY, lifted

SQLITE = connection.vendor == "sqlite"
MODELS = {model._meta.db_table: model for model in apps.get_models()}
NAMES = [rule.table for rule in REGISTRY]


def keys_of(table) -> list[tuple[str, ...]]:
    """The columns of each key, told by the model: the primary one and every unique one."""
    meta = MODELS[table]._meta
    keys = {(field.column,) for field in meta.fields if field.unique}
    named = [each.fields for each in meta.constraints if isinstance(each, models.UniqueConstraint)]
    for fields in [*named, *meta.unique_together]:
        keys.add(tuple(meta.get_field(name).column for name in fields))
    return sorted(keys)


KEYS = [(table, key) for table in NAMES for key in keys_of(table)]


def value_of(field, n: int):
    """Something this column takes; another for another `n`."""
    kind = field.get_internal_type()
    if kind == "JSONField":
        return f"[{n}]"
    if kind == "DateField":
        return f"2026-01-{n:02d}"
    if kind == "DateTimeField":
        return f"2026-01-{n:02d} 09:00:00"
    return str(n) if kind in ("CharField", "TextField") else n


def row_of(table, n: int) -> dict:
    """A row whose every value is of this `n`; booleans are alike in all."""
    fields = MODELS[table]._meta.concrete_fields
    return {
        field.column: 1 if field.get_internal_type() == "BooleanField" else value_of(field, n)
        for field in fields
    }


@pytest.fixture
def raw(db):
    """A copy of the tables, opened by a shell that knows nothing of our settings."""
    if not SQLITE:
        pytest.skip("only SQLite knows INSERT OR REPLACE")
    copy = sqlite3.connect(":memory:")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%%' "
            "AND name NOT LIKE '%%@_fts@_%%' ESCAPE '@' "  # an index of words makes its own tables
            "ORDER BY type = 'trigger', type = 'index'"
        )
        for (statement,) in cursor.fetchall():
            copy.execute(statement)
    assert copy.execute("PRAGMA recursive_triggers").fetchone() == (0,)
    yield copy
    copy.close()


def insert(raw, table, row, how="INSERT"):
    """Write one row."""
    columns = ", ".join(f'"{name}"' for name in row)
    places = ", ".join("?" * len(row))
    raw.execute(f"{how} INTO {table} ({columns}) VALUES ({places})", list(row.values()))


@pytest.mark.parametrize(("table", "key"), KEYS, ids=str)
def test_no_row_is_replaced_by_any_of_its_keys(raw, table, key):
    old, new = row_of(table, 1), row_of(table, 2)
    insert(raw, table, old)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        insert(raw, table, new | {name: old[name] for name in key}, "INSERT OR REPLACE")
    insert(raw, table, new, "INSERT OR REPLACE")
    assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (2,)


@pytest.mark.parametrize("table", NAMES)
def test_no_row_is_changed_or_deleted(raw, table):
    insert(raw, table, row_of(table, 1))
    for deed in (f"UPDATE {table} SET {MODELS[table]._meta.pk.column} = 9", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(deed)


def test_a_claim_is_ruled_on_once_and_only_ruled_on(raw):
    table = "campaigns_lateclaim"
    empty = {"ruled_at": None, "ruled_by_id": None, "recognised": None, "ruling": ""}
    insert(raw, table, row_of(table, 1) | empty)
    rule = f"UPDATE {table} SET recognised = 1, ruled_at = '2026-01-02 09:00:00'"
    for changed in (f"UPDATE {table} SET note = 'x'", f"{rule}, sent_at = '2025-01-01'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(changed)
    raw.execute(rule)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(rule)


def test_no_key_of_a_protected_table_is_partial():
    """The trigger would refuse more than the index does."""
    constraints = [one for table in NAMES for one in MODELS[table]._meta.constraints]
    unique = [one for one in constraints if isinstance(one, models.UniqueConstraint)]
    assert [one.name for one in unique if one.condition] == []
    assert len(unique) >= 3


@pytest.mark.postgres
@pytest.mark.parametrize("table", NAMES)
def test_no_table_is_emptied_whole(db, table):
    refused = pytest.raises(DatabaseError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_a_restore_may_empty_them_and_leaves_them_protected(cast):
    table = "accounts_trailroot"
    with transaction.atomic(), lifted(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}" if SQLITE else f"TRUNCATE {table} CASCADE")
        MODELS[table].objects.create(day="2026-01-01", heads=1, entries=1, root="r")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        MODELS[table].objects.update(root="x")
