"""PostgreSQL's own tools, run on our database."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from django.db import connection, connections, transaction

from common.errors import Refused


def dump(path: Path, snapshot: str = "") -> None:
    """Write the whole database to `path`, as of a snapshot that an open transaction holds."""
    command = [_tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--file={path}"]
    _run([*command, f"--snapshot={snapshot}"] if snapshot else command)


def snapshot() -> str:
    """The name of what our transaction sees, for others to see the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return cursor.fetchone()[0]


def load(path: Path) -> None:
    """In one transaction: our tables go, the dump's come, or nothing changes."""
    restore, psql = _tool("pg_restore"), _tool("psql")
    dropping = _dropping()
    connections.close_all()
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
            writer.stdin.write(dropping.encode())
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


def empty() -> None:
    """Take all tables away, in one transaction."""
    if dropping := _dropping():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(dropping)


def others() -> list[str]:
    """Where other connections to our database come from: whoever serves has some."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT coalesce(host(client_addr), '本机') FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend' ORDER BY 1"
        )
        return [address for (address,) in cursor.fetchall()]


def _dropping() -> str:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    tables = ", ".join(connection.ops.quote_name(name) for name in names)
    return f"DROP TABLE {tables} CASCADE;\n" if tables else ""


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
