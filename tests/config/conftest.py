"""Real processes, ended after each test, and real databases, dropped after it."""

import os
import signal
import subprocess
from urllib.parse import quote

import psycopg2
import pytest
from django.conf import settings

from tests.config.houses import House
from tests.config.processes import ROOT, below, running


@pytest.fixture
def start():
    """`start(command, **env)` runs a parent in the checkout; it is ended afterwards."""
    started = []

    def begin(command, **environment):
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        left = below(process.pid)
        if process.poll() is None:
            process.kill()
        for pid in running(left):
            os.kill(pid, signal.SIGKILL)
        process.wait()


class Server:
    """The PostgreSQL server of this run; its databases are named for the process that makes them."""

    def __init__(self):
        self.values, self.made = settings.DATABASES["default"], []
        self.connection = psycopg2.connect(
            host=self.values["HOST"],
            port=self.values["PORT"] or 5432,
            user=self.values["USER"],
            password=self.values["PASSWORD"],
            dbname="postgres",
        )
        self.connection.autocommit = True

    def make(self, name: str, template: str = "template0") -> str:
        """Make a database, empty or like another; its name on the server."""
        name = f"kuangantong_{name}_{os.getpid()}"
        with self.connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\'')
        self.made.append(name)
        return name

    def address(self, name: str) -> str:
        """How programs reach it."""
        password = f":{quote(self.values['PASSWORD'], safe='')}" if self.values["PASSWORD"] else ""
        user = f"{quote(self.values['USER'], safe='')}{password}"
        return f"postgres://{user}@{self.values['HOST']}:{self.values['PORT'] or 5432}/{name}"

    def close(self) -> None:
        """Drop what was made."""
        with self.connection.cursor() as cursor:
            for name in self.made:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.connection.close()


@pytest.fixture
def new_database():
    """`new_database(name)` makes an empty PostgreSQL database; its address."""
    server = Server()
    yield lambda name: server.address(server.make(name))
    server.close()


@pytest.fixture(scope="session")
def tables_ready(tmp_path_factory):
    """A PostgreSQL database with all tables and no row of anybody's, made once in a run."""
    server = Server()
    name = server.make("migrated")
    House(tmp_path_factory.mktemp("migrated") / "var", server.address(name)).manage("migrate", "-v0")
    yield name
    server.close()


@pytest.fixture
def ready_database(tables_ready):
    """`ready_database(name)` makes a PostgreSQL database whose start need not migrate; its address."""
    server = Server()
    yield lambda name: server.address(server.make(name, tables_ready))
    server.close()
