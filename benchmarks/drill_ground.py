"""What the drills of keeping and running stand on: houses, processes that are killed, what is said of it."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from benchmarks.drill_servers import ROOT
from tests.config.houses import PASSWORD, House

MANAGE = [sys.executable, str(ROOT / "manage.py")]
DRAFTS = ("*.draft", ".*.draft", "*.restoring*", ".restoring", "*.tmp")


class Report:
    """Each claim with its figures as a line; whether all held."""

    def __init__(self):
        self.well = True

    def line(self, what: str, held: bool, figures: str = "") -> None:
        """One claim."""
        self.well = self.well and held
        print(f"  {what}: {figures}{'  ' if figures else ''}{'ok' if held else 'NOT OK'}", flush=True)


def environment_of(house: House, **more: str) -> dict[str, str]:
    """What a process of a house is started with."""
    return {
        **os.environ,
        "VAR_DIR": str(house.folder),
        "DATABASE_URL": house.database,
        "REDIS_URL": "",
        "ADMIN_PASSWORD": PASSWORD,
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        **more,
    }


def begun(house: House, *command: str, **more: str) -> subprocess.Popen:
    """Start Python with these arguments in a house, as a process group of its own."""
    return subprocess.Popen(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        env=environment_of(house, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def kill(process: subprocess.Popen) -> None:
    """-9 to the whole group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def ended(process: subprocess.Popen, seconds: float = 120) -> tuple[int, str]:
    """Code and words of a process that ends by itself."""
    said, _ = process.communicate(timeout=seconds)
    return process.returncode, said


def stopped(process: subprocess.Popen) -> None:
    """End a tree as systemd would; with force if it stays."""
    process.terminate()
    try:
        process.communicate(timeout=40)
    except subprocess.TimeoutExpired:
        kill(process)


def status(address: str, data: bytes | None = None, opener=None) -> tuple[int, str]:
    """Status and text of a page; 0 where nobody answers."""
    try:
        with (opener.open if opener else urllib.request.urlopen)(address, data, timeout=20) as answer:
            return answer.status, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")
    except OSError:
        return 0, ""


def seconds_until(what: Callable[[], object], at_most: float) -> float:
    """After how many seconds it is true; `at_most` and more: it never was."""
    began = time.monotonic()
    while not what() and time.monotonic() - began < at_most:
        time.sleep(0.1)
    return time.monotonic() - began


def drafts_in(folder: Path) -> list[str]:
    """What somebody began to write and left."""
    return sorted({str(path.relative_to(folder)) for name in DRAFTS for path in folder.rglob(name)})
