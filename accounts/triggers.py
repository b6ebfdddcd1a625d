"""Append-only tables, held by the database itself on PostgreSQL and SQLite alike.

SQLite drops triggers when Django rebuilds a table, so they are put back after every migrate.
A statement outside our code (shell, bulk update, INSERT OR REPLACE) is refused as well.
"""

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


@dataclass(frozen=True)
class AppendOnly:
    """A table whose rows never change or go; `unless` is an SQL test on OLD/NEW that lets pass.

    `key` names the columns that make a second row a replacement of the first (SQLite's
    INSERT OR REPLACE is refused even on a connection without recursive_triggers).
    """

    table: str
    key: tuple[str, ...] = ("id",)
    update_unless: str = ""
    delete_unless: str = ""


REGISTRY: list[AppendOnly] = [
    AppendOnly("accounts_trailentry", ("chain", "seq")),
    AppendOnly("accounts_trailroot", ("day",)),
    AppendOnly("accounts_deliverylog"),
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
                for statement in _statements(rule):
                    cursor.execute(statement)


def drop_triggers() -> None:
    """Take the triggers away; only for tests that empty tables and for a restore."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for rule in REGISTRY:
            if rule.table in existing:
                for name in _names(rule):
                    tail = f" ON {rule.table}" if connection.vendor == "postgresql" else ""
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{tail}")


def _names(rule):
    return [f"{rule.table}_{deed}" for deed in ("no_update", "no_delete", "no_replace")]


def _statements(rule: AppendOnly):
    update, delete, replace = _names(rule)
    if connection.vendor == "postgresql":
        for name, deed, unless in (
            (update, "UPDATE", rule.update_unless),
            (delete, "DELETE", rule.delete_unless),
        ):
            when = f"WHEN (NOT ({unless})) " if unless else ""
            yield f"DROP TRIGGER IF EXISTS {name} ON {rule.table}"
            yield (
                f"CREATE TRIGGER {name} BEFORE {deed} ON {rule.table} "
                f"FOR EACH ROW {when}EXECUTE FUNCTION refuse_change()"
            )
        return
    same = " AND ".join(f"{column} = NEW.{column}" for column in rule.key)
    refuse = f"BEGIN SELECT RAISE(ABORT, 'append-only table {rule.table}'); END"
    for name, deed, unless in (
        (update, "UPDATE", rule.update_unless),
        (delete, "DELETE", rule.delete_unless),
    ):
        when = f"WHEN NOT ({unless}) " if unless else ""
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} BEFORE {deed} ON {rule.table} FOR EACH ROW {when}{refuse}"
    yield f"DROP TRIGGER IF EXISTS {replace}"
    there = f"SELECT 1 FROM {rule.table} WHERE {same}"  # noqa: S608 - names of our own tables
    yield (
        f"CREATE TRIGGER {replace} BEFORE INSERT ON {rule.table} FOR EACH ROW "
        f"WHEN EXISTS ({there}) {refuse}"
    )
