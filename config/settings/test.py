"""What differs in tests: quick password hashes, a folder of its own, tasks run by hand."""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import redis

# A folder of each run's and each worker's own: two suites at once share nothing.
_run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"{os.getpid()}"
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
WHOSE = f"{_run}-{_worker}"
os.environ["VAR_DIR"] = str(Path(tempfile.gettempdir()) / f"kuangantong-test-{WHOSE}")


def _free_number(url: str) -> int:
    """A numbered database of Redis that no other worker and no other suite uses now.

    Tests empty theirs, so who has which stands in number 0, for longer than a suite may take. A
    process that hands out the work takes one too: more than 15 need `redis-server --databases`.
    """
    with redis.Redis.from_url(urlsplit(url)._replace(path="/0").geturl()) as server:
        held = int(server.config_get("databases").get("databases", 16))
        for number in range(1, held):
            if server.set(f"kuangantong-test:{number}", WHOSE, nx=True, ex=3 * 3600):
                return number
    raise RuntimeError(
        f"all {held - 1} numbered databases of this Redis are taken: start it with --databases"
    )


if os.environ.get("REDIS_URL"):
    _number = _free_number(os.environ["REDIS_URL"])
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{_number}").geturl()

from config.settings.base import *  # noqa: E402,F403
from config.settings.base import DATABASES, IS_SQLITE, VAR_DIR  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if IS_SQLITE:
    DATABASES["default"]["NAME"] = str(VAR_DIR / "test.sqlite3")
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA synchronous=OFF;"
    )
    # Tables straight from the models: the migrations are walked on PostgreSQL, by the tests that
    # start a county from nothing, and compared with the models.
    DATABASES["default"].setdefault("TEST", {})["MIGRATE"] = False
elif "TEST" not in DATABASES["default"]:
    DATABASES["default"]["TEST"] = {"NAME": f"test_kuangantong_{_run[:12]}"}
FILES_DIR = VAR_DIR / "files"
# Tests write rows that no deed tells of; what is kept has tests of its own.
KEPT_SECONDS = 0
# A machine that tests share with others may take a minute for what takes a second.
REQUEST_SECONDS = 300
