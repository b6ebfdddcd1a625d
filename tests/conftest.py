"""The cast, clients signed in as them, and what marked tests need."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from accounts.triggers import drop_triggers
from tests.cast import build_cast

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SERVERS = {
    "postgres": lambda: not settings.IS_SQLITE,
    "redis": lambda: bool(os.environ.get("REDIS_URL")),
    "browser": lambda: os.environ.get("RUN_BROWSER") == "1",
    "drill": lambda: os.environ.get("RUN_DRILLS") == "1",
}


def pytest_collection_modifyitems(config, items):
    """Leave out what needs a server that this run doesn't have, and say how many."""
    kept, left_out = [], []
    for item in items:
        lacking = [name for name, there in SERVERS.items() if item.get_closest_marker(name) and not there()]
        (left_out if lacking else kept).append(item)
    if left_out:
        items[:] = kept
        config.hook.pytest_deselected(items=left_out)
        config.stash[LEFT_OUT] = left_out


LEFT_OUT = pytest.StashKey()


def pytest_terminal_summary(terminalreporter, config):
    """The count of tests left out, by what they need."""
    left_out = config.stash.get(LEFT_OUT, [])
    counts = {name: sum(1 for item in left_out if item.get_closest_marker(name)) for name in SERVERS}
    said = ", ".join(f"{count} need {name}" for name, count in counts.items() if count)
    if said:
        terminalreporter.write_line(f"left out: {len(left_out)} tests ({said})")


@pytest.fixture(scope="session", autouse=True)
def var_folder():
    """A folder of this run's own for files and keys."""
    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)


def pytest_unconfigure():
    """Leave nothing in the temporary directory; the process that hands out the work has a folder too."""
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.fixture
def cast(db):
    """The fixed cast of people (tests/cast.py)."""
    return build_cast()


@pytest.fixture
def sign_in():
    """`sign_in(person)` gives a client signed in as that person."""

    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def fresh():
    """`fresh(person)` reads a person anew, as the next request would."""
    return lambda person: User.objects.get(pk=person.pk)


@pytest.fixture(autouse=True)
def tables_can_be_emptied(request):
    """Tests with real transactions empty all tables afterwards; append-only ones would refuse."""
    marker = request.node.get_closest_marker("django_db")
    real = (marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames
    yield
    if real:
        drop_triggers()
