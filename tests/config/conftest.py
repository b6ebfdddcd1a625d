"""Real processes, ended after each test, and real databases, dropped after it."""

import os
import signal
import subprocess
from urllib.parse import quote

import psycopg2
import pytest
from django.conf import settings

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


@pytest.fixture
def new_database():
    """`new_database(name)` makes an empty PostgreSQL database; its address."""
    values = settings.DATABASES["default"]
    server = psycopg2.connect(
        host=values["HOST"],
        port=values["PORT"] or 5432,
        user=values["USER"],
        password=values["PASSWORD"],
        dbname="postgres",
    )
    server.autocommit = True
    made = []

    def make(name):
        name = f"kuangantong_{name}_{os.getpid()}"
        with server.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
        made.append(name)
        password = f":{quote(values['PASSWORD'], safe='')}" if values["PASSWORD"] else ""
        user = f"{quote(values['USER'], safe='')}{password}"
        return f"postgres://{user}@{values['HOST']}:{values['PORT'] or 5432}/{name}"

    yield make
    with server.cursor() as cursor:
        for name in made:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    server.close()
