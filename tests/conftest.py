"""The cast, clients signed in as them, and what marked tests need."""

import functools
import itertools
import os
import re
import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import settings as searched

from accounts.models import User, sealed
from accounts.services import row_seals
from accounts.triggers import drop_triggers
from common.crypto import Keyring
from reminders.services import banners
from tests import replay
from tests.cast import build_cast
from tests.security.seeds import SEED

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SERVERS = {
    "postgres": lambda: not settings.IS_SQLITE,
    "redis": lambda: bool(os.environ.get("REDIS_URL")),
    "browser": lambda: os.environ.get("RUN_BROWSER") == "1",
    "drill": lambda: os.environ.get("RUN_DRILLS") == "1",
}

# The same examples on every run: a commit passes or fails for what it changed, and no slow machine fails it.
# New examples are looked for by `pytest --hypothesis-profile=searching`.
searched.register_profile("suite", deadline=None, derandomize=True)
searched.register_profile("searching", deadline=None, derandomize=False)
searched.load_profile("suite")

ASKS_FOR_A_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}
LEFT_OUT = pytest.StashKey()
# Storing a file and signing are parts of a deed, whose entry takes what they wrote.
SERVICES = re.compile(rf"^{re.escape(str(ROOT))}/\w+/services/(?!files\.py|signing\.py)")
SECOND_PLACES = itertools.count()
HOUSES = {ROOT / "tests" / "config", ROOT / "tests" / "trials"}
# The same table over the same policies, the same bytes, the same counts: on both databases one answer.
ALIKE = {
    ROOT / "tests" / name
    for name in (
        "matrix/test_access.py",
        "matrix/test_pieces.py",
        "matrix/test_repeats.py",
        "security/test_doors.py",
        "security/test_forms_from_elsewhere.py",
        "config/test_docs.py",
        "reminders/test_channels_down.py",
    )
}


def pytest_addoption(parser):
    """`--second-run`: the same commit has passed on the embedded database already."""
    parser.addoption("--second-run", action="store_true", help="leave out what no server can change")


def why_left_out(item) -> str:
    """Which server a test lacks, or in a second run that no server can change it; "" for a test to run.

    A test that neither asks for a database nor is marked can't reach one: pytest-django blocks it, and
    the processes it starts are given a folder and an embedded database of their own. It gave its
    answer in the first run, and would give the same again. Neither do files of `ALIKE`: who may, cell by
    cell, what a page fetches in vain, a form sent twice; what a stranger gets runs on both.
    """
    marked = [name for name in SERVERS if item.get_closest_marker(name)]
    lacking = [name for name in marked if not SERVERS[name]()]
    if lacking:
        return f"need {lacking[0]}"
    if marked or not item.config.getoption("--second-run"):
        return ""
    if item.path in ALIKE:
        return "are alike on both databases"
    return "" if asks_for_a_database(item) else "ask for no database"


def asks_for_a_database(item) -> bool:
    """Whether a test may reach the database of this run."""
    return bool(item.get_closest_marker("django_db") or ASKS_FOR_A_DATABASE & set(item.fixturenames))


def pytest_collection_modifyitems(config, items):
    """Leave out what needs a server that this run doesn't have or what no server can change."""
    kept, left_out = [], []
    for item in items:
        why = why_left_out(item)
        (left_out if why else kept).append((item, why))
    if left_out:
        items[:] = [item for item, _ in kept]
        config.hook.pytest_deselected(items=[item for item, _ in left_out])
    # Whole houses, a minute each, begin first: the last of them would keep one worker busy alone.
    items.sort(key=lambda item: asks_for_a_database(item) or item.path.parent not in HOUSES)
    config.stash[LEFT_OUT] = Counter(
        f"{why}: {item.path.relative_to(ROOT).parent.as_posix()}" if why.startswith("ask") else why
        for item, why in left_out
    )


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Each worker collected the same tests: what one left out, all did."""
    if hasattr(node, "workeroutput"):
        node.config.stash[LEFT_OUT] = Counter(node.workeroutput.get("left_out", {}))


def pytest_sessionfinish(session):
    """A worker tells the process that hands out the work what it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(session.config.stash.get(LEFT_OUT, {}))


def pytest_terminal_summary(terminalreporter, config):
    """How many tests were left out, and why; .ci/run reads the lines that begin with `left out`."""
    for why, count in sorted(config.stash.get(LEFT_OUT, Counter()).items()):
        terminalreporter.write_line(f"left out: {count} tests {why}")


def pytest_report_header():
    """By which chance tests/security chooses what it tries."""
    return f"security seed: {SEED} (SECURITY_SEED=n for another)"


@pytest.fixture(scope="session", autouse=True)
def var_folder():
    """A folder of this run's own for files and keys; the keys are those of a new house."""
    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
    Keyring.create(Path(settings.KEYS_DIR) / "fields")


def pytest_configure():
    """Clear away what runs that were killed left behind a day ago or longer."""
    yesterday = time.time() - 24 * 3600
    for folder in Path(settings.VAR_DIR).parent.glob("kuangantong-test-*"):
        if folder.stat().st_uid == os.getuid() and folder.stat().st_mtime < yesterday:
            shutil.rmtree(folder, ignore_errors=True)


def pytest_unconfigure():
    """Leave nothing in the temporary directory; the process that hands out the work has a folder too."""
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)
    give_back_redis()


def give_back_redis():
    """Another suite may take the numbered database that config/settings/test.py found for this one."""
    if url := os.environ.get("REDIS_URL"):
        address = urlsplit(url)
        with redis.Redis.from_url(address._replace(path="/0").geturl()) as server:
            taken = f"kuangantong-test:{address.path.strip('/')}"
            if server.get(taken) == settings.WHOSE.encode():
                server.delete(taken)


@pytest.fixture(autouse=True)
def what_is_remembered(request):
    """Deeds that most tests begin with are done once (tests/replay.py), where rows go when a test ends."""
    marker = request.node.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames:
        yield
        replay.forget()
    elif "db" in request.fixturenames or marker:
        request.getfixturevalue("db")
        with replay.watched():
            yield
    else:
        yield


@pytest.fixture
def cast(db, what_is_remembered):
    """The fixed cast of people (tests/cast.py)."""
    return build_cast()


@pytest.fixture(autouse=True)
def next_year_is_entered(monkeypatch):
    """A page of today is in December as before, when everybody is told of next year's days off."""
    told = banners._missing_year

    def of_another_day(user, today):
        return told(user, today) if today != timezone.localdate() else None

    monkeypatch.setattr(banners, "_missing_year", of_another_day)


@pytest.fixture
def sign_in():
    """`sign_in(person)` gives a client signed in as that person."""

    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="accounts.backends.PersonBackend")
        return client

    return signed_in


@pytest.fixture
def fresh():
    """`fresh(person)` reads a person anew, as the next request would."""
    return lambda person: User.objects.get(pk=person.pk)


@pytest.fixture(autouse=True)
def second_place_of_its_own(monkeypatch):
    """Seals are numbered from 1 in each test's database; their lines mustn't meet another test's."""
    folder = Path(settings.VAR_DIR) / f"trail-{next(SECOND_PLACES)}"
    monkeypatch.setattr(settings, "TRAIL_COPY_DIR", folder)


@pytest.fixture(autouse=True)
def every_sealed_row_is_sealed(request, monkeypatch):
    """Whatever service a test runs: when its transaction ends, the trail has the digest of what it wrote."""
    wrote, forgotten = [], []
    if "db" in request.fixturenames or "cast" in request.fixturenames:
        watch(monkeypatch, wrote, forgotten)
    yield forgotten
    assert not forgotten, f"written without an entry of the trail after it: {forgotten}"


def services_above() -> list[str]:
    """Where in services the code that runs now was called from, outermost first.

    Walks bare frames, for it is asked often.
    """
    found, frame = [], sys._getframe(1)
    while frame:
        if is_service(frame.f_code.co_filename):
            found.append(f"{frame.f_code.co_filename}:{frame.f_lineno}")
        frame = frame.f_back
    return found[::-1]


@functools.cache
def is_service(path: str) -> bool:
    """Whether a file is one of the services that do deeds."""
    return bool(SERVICES.match(path))


def watch(monkeypatch, wrote, forgotten):
    """Note who writes sealed rows, and look whenever what would be a commit outside of tests comes."""
    note, leave = sealed.note, transaction.Atomic.__exit__

    def look():
        if wrote and all(block._from_testcase for block in connection.atomic_blocks):
            waiting = row_seals._waiting()
            forgotten.extend(
                (model, who) for model, keys, who in wrote if keys & waiting.get(model, {}).keys()
            )
            wrote.clear()

    def noted(model, was, using=None):
        note(model, was, using)
        if services := services_above():
            wrote.append((model, set(was), services))
        look()

    def left(self, kind, *error):
        leave(self, kind, *error)
        if kind is None:
            look()

    monkeypatch.setattr(sealed, "note", noted)
    monkeypatch.setattr(transaction.Atomic, "__exit__", left)


@pytest.fixture(autouse=True)
def tables_can_be_emptied(request):
    """Tests with real transactions empty all tables afterwards; append-only ones would refuse."""
    marker = request.node.get_closest_marker("django_db")
    real = (marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames
    yield
    if real:
        drop_triggers()
