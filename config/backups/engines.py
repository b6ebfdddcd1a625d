"""The database in and out of one file: SQLite's online copy, PostgreSQL's own tools."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.db import Error, connection, connections, transaction

from common.errors import Refused

SQLITE, POSTGRESQL = "sqlite", "postgresql"
SUFFIX = {SQLITE: "sqlite3", POSTGRESQL: "dump"}


def dump(path: Path) -> dict[str, int]:
    """Write the whole database as of one moment to `path`; row counts of that moment."""
    return _dump_sqlite(path) if connection.vendor == SQLITE else _dump_postgresql(path)


def load(path: Path, now: datetime) -> None:
    """Put a dump of the same kind of database in the place of ours."""
    if connection.vendor == SQLITE:
        _load_sqlite(path, now)
    else:
        _load_postgresql(path)


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


# ---------------------------------------------------------------- SQLite


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


def _load_sqlite(path: Path, now: datetime) -> None:
    """The file that was there is set aside, so that a mistaken restore can be undone."""
    connections.close_all()
    place = Path(connection.settings_dict["NAME"])
    draft = place.with_name(f".{place.name}.restoring")
    shutil.copyfile(path, draft)
    with draft.open("rb+") as handle:
        os.fsync(handle.fileno())
    for ending in ("", "-wal", "-shm"):
        old = place.with_name(place.name + ending)
        if old.exists():
            old.rename(place.with_name(f"{place.name}.before-{now:%Y%m%d%H%M%S}{ending}"))
    draft.replace(place)


# ---------------------------------------------------------------- PostgreSQL


def _dump_postgresql(path: Path) -> dict[str, int]:
    tool = _tool("pg_dump")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        command = [tool, "--format=custom", "--no-owner", "--no-privileges"]
        _run([*command, f"--snapshot={snapshot}", f"--file={path}"])
        return count_rows()


def _load_postgresql(path: Path) -> None:
    """In one transaction: our tables go, the dump's come, or nothing changes."""
    restore, psql = _tool("pg_restore"), _tool("psql")
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    connections.close_all()
    tables = ", ".join(connection.ops.quote_name(name) for name in names)
    with tempfile.TemporaryFile() as complaints:
        reader = subprocess.Popen(  # noqa: S603 - the tool found above
            [restore, "--clean", "--if-exists", "--no-owner", "--no-privileges", "--file=-", path],
            stdout=subprocess.PIPE,
            stderr=complaints,
        )
        writer = subprocess.Popen(  # noqa: S603 - the tool found above
            [psql, "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            env=_environment(),
        )
        try:
            if tables:
                writer.stdin.write(f"DROP TABLE {tables} CASCADE;\n".encode())
            shutil.copyfileobj(reader.stdout, writer.stdin)
            if reader.wait() == 0:
                writer.stdin.close()  # only a whole dump may be committed
                writer.wait()
        except BrokenPipeError:
            pass  # psql has said why
        finally:
            for process in (reader, writer):
                process.kill()
                process.wait()
        if writer.returncode != 0:
            complaints.seek(0)
            raise _failed("psql", complaints.read().decode(errors="replace"))


def _run(command: list) -> None:
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise _failed(Path(command[0]).name, done.stderr)


def _failed(tool: str, output: str) -> Refused:
    if "version mismatch" in output:
        return Refused(f"{tool} 比 PostgreSQL 服务器旧，不能用。请安装与服务器同版本的 postgresql-client。")
    lines = [line for line in output.strip().splitlines() if "rror" in line] or ["没有说明原因"]
    return Refused(f"{tool} 没有完成，数据库没有变动。它的说明：{lines[0]}")


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise Refused(
            f"本机没有 {name}。请安装与服务器同版本的 PostgreSQL 客户端"
            "（Debian、统信：apt install postgresql-client）后再运行。"
        )
    return path


def _environment() -> dict[str, str]:
    """How PostgreSQL's tools reach our database; the password isn't on a command line."""
    values, options = connection.settings_dict, connection.settings_dict.get("OPTIONS", {})
    wanted = {
        "PGHOST": values["HOST"],
        "PGPORT": str(values["PORT"]),
        "PGUSER": values["USER"],
        "PGPASSWORD": values["PASSWORD"],
        "PGDATABASE": values["NAME"],
        "PGSSLMODE": options.get("sslmode", ""),
        "PGSSLROOTCERT": options.get("sslrootcert", ""),
    }
    return {**os.environ, **{name: value for name, value in wanted.items() if value}}
