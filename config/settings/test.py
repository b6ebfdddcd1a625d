"""What differs in tests: quick password hashes, a folder of its own, tasks run by hand."""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

# A folder of each run's and each worker's own: two suites at once share nothing.
_run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"{os.getpid()}"
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["VAR_DIR"] = str(Path(tempfile.gettempdir()) / f"kuangantong-test-{_run}-{_worker}")
if os.environ.get("REDIS_URL"):
    # Each worker has a numbered database of its own; Redis has sixteen.
    _number = int(_worker.removeprefix("gw")) % 15 + 1 if _worker != "main" else 0
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
FILES_DIR = VAR_DIR / "files"
