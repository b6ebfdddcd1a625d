"""Nothing waits for ever: PostgreSQL's limits as settings, and /health/ within a second."""

import socket
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction

from config import health, health_door
from config.settings.reading import bounded
from tests.config.houses import SETUP, House
from tests.config.processes import free_port, until

SHOW = (
    SETUP
    + """
from django.db import connection
for name in ("lock_timeout", "statement_timeout", "jit"):
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        print(name, cursor.fetchone()[0])
print("connect", connection.get_connection_params()["connect_timeout"])
"""
)


def test_limits_stand_beside_what_the_address_says():
    given = bounded({"sslmode": "require", "options": "-c x=y"}, connect=3, lock=4, statement=0)
    assert given == {
        "sslmode": "require",
        "connect_timeout": 3,
        "options": "-c lock_timeout=4000 -c statement_timeout=0 -c jit=off -c x=y",
    }


@pytest.mark.postgres
def test_the_limits_hold_in_postgresql_and_are_settings(tmp_path, new_database, monkeypatch):
    house = House(tmp_path, new_database("limits"))
    assert house.run("-c", SHOW).split() == [
        *("lock_timeout", "10s", "statement_timeout", "0", "jit", "off", "connect", "5")
    ]
    monkeypatch.setenv("DATABASE_LOCK_SECONDS", "3")
    monkeypatch.setenv("DATABASE_STATEMENT_SECONDS", "0")
    monkeypatch.setenv("DATABASE_CONNECT_SECONDS", "2")
    assert house.run("-c", SHOW).split() == [
        *("lock_timeout", "3s", "statement_timeout", "0", "jit", "off", "connect", "2")
    ]


@pytest.mark.postgres
def test_pages_have_a_limit_of_a_statement_and_commands_and_tasks_none(tmp_path, new_database):
    house = House(tmp_path, new_database("limited"))
    pages = house.run("-c", "import config.wsgi\n" + SHOW)
    assert pages.split()[2:4] == ["statement_timeout", "1min"]
    tasks = house.run("-c", "import config.celery\n" + SHOW)
    assert tasks.split()[2:4] == ["statement_timeout", "0"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_lock_that_another_holds_is_not_waited_for_for_ever():
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE django_session IN ACCESS EXCLUSIVE MODE")
            held.set()
            done.wait(30)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(10)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
            with pytest.raises(OperationalError, match="lock timeout"):
                cursor.execute("SELECT * FROM django_session")
    finally:
        done.set()
        holder.join()
        connection.close()


# These have no database on purpose: pytest-django refuses whatever would ask it.


def test_health_asks_for_no_session(client, monkeypatch):
    monkeypatch.setattr(health, "checks", lambda now: [])
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["X-Frame-Options"] == "DENY"


def test_health_answers_within_a_second_however_long_a_check_hangs(client, monkeypatch):
    asked, go_on = [], threading.Event()

    def hang(now):
        asked.append(now)
        go_on.wait(30)
        return []

    monkeypatch.setattr(health, "checks", hang)
    for _ in range(3):
        begun = time.monotonic()
        assert client.get("/health/").status_code == 503
        assert time.monotonic() - begun < 1
    assert len(asked) == 1
    go_on.set()
    health_door.DOOR.question.join(10)
    assert client.get("/health/").status_code == 200


def test_health_answers_while_the_database_takes_connections_and_says_nothing(start, tmp_path):
    with socket.create_server(("127.0.0.1", 0), backlog=50) as silent:
        port = free_port()
        address = f"http://127.0.0.1:{port}/health/"
        command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--no-control-socket"]
        start(
            [*command, "--bind", f"127.0.0.1:{port}", "--threads", "4"],
            VAR_DIR=str(tmp_path / "var"),
            DATABASE_URL=f"postgres://a@127.0.0.1:{silent.getsockname()[1]}/b",
            DATABASE_CONNECT_SECONDS="2",
            REDIS_URL="",
            DJANGO_SETTINGS_MODULE="config.settings.base",
        )
        until(lambda: answer(address)[0], seconds=60)
        code, seconds = answer(address)
        assert code == 503
        assert seconds < 1


def answer(address: str) -> tuple[int, float]:
    """Status (0 for nobody there) and seconds."""
    begun = time.monotonic()
    try:
        urllib.request.urlopen(address, timeout=20)
        code = 200
    except urllib.error.HTTPError as error:
        code = error.code
    except OSError:
        code = 0
    return code, time.monotonic() - begun
