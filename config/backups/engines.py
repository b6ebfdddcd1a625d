"""The database into one file: SQLite's online copy, PostgreSQL's own tools."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import Error, connection, transaction

from common.errors import Refused
from config.backups import postgresql

SQLITE, POSTGRESQL = "sqlite", "postgresql"
SUFFIX = {SQLITE: "sqlite3", POSTGRESQL: "dump"}


def dump(path: Path) -> dict[str, int]:
    """Write the whole database as of one moment to `path`; row counts of that moment."""
    return _dump_sqlite(path) if connection.vendor == SQLITE else _dump_postgresql(path)


def count_rows(using=connection) -> dict[str, int]:
    """Rows of every table."""
    with using.cursor() as cursor:
        counts = {}
        for table in sorted(using.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {using.ops.quote_name(table)}")  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


def is_empty() -> bool:
    """Whether nobody has worked in our database yet; one that can't be read isn't empty."""
    if connection.vendor == SQLITE and not Path(connection.settings_dict["NAME"]).exists():
        return True
    try:
        counts = count_rows()
    except Error:
        return False
    return not any(counts.get(table) for table in ("accounts_user", "accounts_trailentry"))


def _dump_sqlite(path: Path) -> dict[str, int]:
    connection.ensure_connection()
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Refused("数据库文件有损坏，没有备份。请从上一份备份恢复，或联系技术支持。")
        tables = [
            name
            for (name,) in copy.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence'"
            )
        ]
        return {
            name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for name in sorted(tables)
        }


def _dump_postgresql(path: Path) -> dict[str, int]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        postgresql.dump(path, snapshot=postgresql.snapshot())
        return count_rows()
