"""Append-only tables, held by the database itself on PostgreSQL and SQLite alike.

SQLite drops triggers when Django rebuilds a table, so they are put back after every migrate.
A statement outside our code (shell, bulk update, INSERT OR REPLACE, TRUNCATE) is refused as well.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'append-only table %', TG_TABLE_NAME
  USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql
"""
DEEDS = ("no_update", "no_delete", "no_replace", "no_truncate")


@dataclass(frozen=True)
class AppendOnly:
    """A table whose rows never change or go; `unless` is an SQL test on OLD/NEW that lets pass."""

    table: str
    update_unless: str = ""
    delete_unless: str = ""


REGISTRY: list[AppendOnly] = [
    AppendOnly("accounts_paperanswer"),
    AppendOnly("accounts_trailentry"),
    AppendOnly("accounts_trailroot"),
    AppendOnly("accounts_trailseal"),
    AppendOnly("accounts_sealedhead"),
    AppendOnly("accounts_exportline"),
    AppendOnly("accounts_formercertificate"),
]


def protect(*tables: AppendOnly) -> None:
    """Add tables to what is protected; called by an app's AppConfig.ready()."""
    REGISTRY.extend(table for table in tables if table not in REGISTRY)


def install_triggers(tables: set[str] | None = None) -> None:
    """(Re)create the triggers of every registered table that exists."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for rule in REGISTRY:
            if rule.table in existing and (tables is None or rule.table in tables):
                for statement in _statements(rule, cursor):
                    cursor.execute(statement)


def drop_triggers() -> None:
    """Take the triggers away; only for tests that empty tables and for a restore."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for rule in REGISTRY:
            if rule.table in existing:
                for deed in DEEDS:
                    cursor.execute(_drop(rule, deed))


@contextmanager
def lifted() -> Iterator[None]:
    """Without triggers inside a transaction: what empties and fills tables on purpose."""
    drop_triggers()
    yield
    # PostgreSQL alters no table whose new rows still wait for their foreign keys to be checked.
    connection.check_constraints()
    install_triggers()


def _drop(rule: AppendOnly, deed: str) -> str:
    tail = f" ON {rule.table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {rule.table}_{deed}{tail}"


def _statements(rule: AppendOnly, cursor) -> Iterator[str]:
    yield from (_drop(rule, deed) for deed in DEEDS)
    write = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    yield from write(rule, cursor)


def _on_postgresql(rule: AppendOnly, _cursor) -> Iterator[str]:
    """A row's replacement is an update there; emptying a table whole asks no row."""
    for deed, event, each, unless in (
        ("no_update", "UPDATE", "ROW", rule.update_unless),
        ("no_delete", "DELETE", "ROW", rule.delete_unless),
        ("no_truncate", "TRUNCATE", "STATEMENT", ""),
    ):
        when = f"WHEN (NOT ({unless})) " if unless else ""
        yield (
            f"CREATE TRIGGER {rule.table}_{deed} BEFORE {event} ON {rule.table} "
            f"FOR EACH {each} {when}EXECUTE FUNCTION refuse_change()"
        )


def _on_sqlite(rule: AppendOnly, cursor) -> Iterator[str]:
    """INSERT OR REPLACE deletes without a delete's trigger where recursive_triggers are off."""
    for deed, event, when in (
        ("no_update", "UPDATE", _but(rule.update_unless)),
        ("no_delete", "DELETE", _but(rule.delete_unless)),
        ("no_replace", "INSERT", f"WHEN {_there_already(rule.table, cursor)} "),
    ):
        yield (
            f"CREATE TRIGGER {rule.table}_{deed} BEFORE {event} ON {rule.table} FOR EACH ROW "
            f"{when}BEGIN SELECT RAISE(ABORT, 'append-only table {rule.table}'); END"
        )


def _but(unless: str) -> str:
    return f"WHEN NOT ({unless}) " if unless else ""


def _there_already(table: str, cursor) -> str:
    """Whether a new row has the key of an old one: any key by which SQLite would replace it."""
    constraints = connection.introspection.get_constraints(cursor, table).values()
    keys = sorted(
        {
            tuple(constraint["columns"])
            for constraint in constraints
            if constraint["primary_key"] or constraint["unique"]
        }
    )
    same = (" AND ".join(f'"{name}" = NEW."{name}"' for name in key) for key in keys)
    return " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {each})" for each in same)  # noqa: S608
