"""How many clues ten clerks register a second, at once, by the running server on one PC with SQLite.

    .venv/bin/python benchmarks/clerks.py [CLUES] [--rows ROWS]

A house of its own with 13 counties, and ROWS cases (0) with all that hangs on them; `manage.py serve` as
an office runs it. Ten clerks of ten counties are signed in; each opens its forms, CLUES in all (200), as
who is typing does. Then all are sent, each clerk one after the other, and the clue's page is read. Baseline,
same run: one clerk alone; and the same forms once more, which are led to the same pages without the deed.
It ends with 1 where a form is refused, a number given twice, or ten clerks register fewer than 20 a second.
"""

import argparse
import http.client
import os
import re
import secrets
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.house import ROOT, open_house
from benchmarks.load import Cpu

CLERKS, GOAL, ALONE = 10, 20, 20
PORT = 8976
URL, FORM = f"http://127.0.0.1:{PORT}", "/clues/new/"
IDLE = 1.0  # the server hangs up soon after; a browser would open another connection without a word
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Clerk:
    """A browser in which one person is signed in: it keeps its connection and reads what it is sent."""

    def __init__(self, user):
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "accounts.backends.PersonBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.session, self.token, self.asked = session.session_key, "", 0.0
        self.web = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
        self.forms: list[dict] = []
        self.last: dict = {}
        self.times: list[float] = []
        self.refused: list[str] = []

    def open_forms(self, count: int) -> None:
        """Open the form, once for each clue."""
        self.forms = [dict(HIDDEN.findall(self._ask("GET", FORM)[2])) for _ in range(count)]

    def send(self) -> None:
        """Send every form that is open, and look at the clue's page."""
        for hidden in self.forms:
            start, self.last = time.perf_counter(), hidden | _filled()
            led = self._led(self.last)
            self.times.append(time.perf_counter() - start)
            if led[2] != 200 or not re.fullmatch(r"/clues/\w[\w-]+/", led[1]):
                self.refused.append(str(led))

    def again(self) -> None:
        """The same requests without the deed: a form that is done already is led where it led."""
        for _ in self.forms:
            self._led(self.last)

    def _led(self, typed: dict) -> tuple[int, str, int]:
        """(status, where it led, status there) of a form."""
        status, place, _ = self._ask("POST", FORM, typed)
        return status, place, self._ask("GET", place)[0] if place else 0

    def _ask(self, method: str, path: str, typed: dict | None = None) -> tuple[int, str, str]:
        """(status, where it leads, page)."""
        if time.monotonic() - self.asked > IDLE:
            self.web.close()
        told = {"Cookie": f"sessionid={self.session}; csrftoken={self.token}"}
        if typed:
            told |= {"Content-Type": "application/x-www-form-urlencoded"}
        self.web.request(method, path, urllib.parse.urlencode(typed) if typed else None, told)
        answer = self.web.getresponse()
        page, self.asked = answer.read().decode(), time.monotonic()
        if given := re.search(r"csrftoken=(\w+)", answer.headers.get("Set-Cookie", "")):
            self.token = given[1]
        return answer.status, answer.headers.get("Location", ""), page


def _filled() -> dict:
    """A clue that is like no other: a likely repeat is asked about first."""
    place = "".join(chr(0x4E00 + secrets.randbelow(0x4000)) for _ in range(8))
    rows = {
        "party-TOTAL_FORMS": "1",
        "party-INITIAL_FORMS": "0",
        "party-MIN_NUM_FORMS": "0",
        "party-MAX_NUM_FORMS": "60",
        "party-0-kind": "person",
        "party-0-name": "",
    }
    return {
        **rows,
        "summary": f"{place}有人采煤",
        "place": place,
        "source": "patrol",
        "received_on": time.strftime("%Y-%m-%d"),
    }


def _served() -> subprocess.Popen:
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--bind", "127.0.0.1", "--port", str(PORT)]
    log = (Path(os.environ["VAR_DIR"]) / "serve.log").open("wb")
    server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{URL}/health/", timeout=5)
        except OSError:
            if server.poll() is not None:
                sys.exit(Path(log.name).read_text())
            time.sleep(0.2)
        else:
            return server
    sys.exit("the server didn't come up")


def _measured(clerks: list[Clerk], each: int) -> float:
    """Clues a second."""
    for clerk in clerks:
        clerk.open_forms(each)
    return _rate(clerks, each, Clerk.send)


def _rate(clerks: list[Clerk], each: int, deed: Callable) -> float:
    """How many forms a second, all clerks at once."""
    start = time.perf_counter()
    with ThreadPoolExecutor(len(clerks)) as pool:
        list(pool.map(deed, clerks))
    return len(clerks) * each / (time.perf_counter() - start)


def _house(rows: int) -> list[Clerk]:
    """The offices and their rows; ten clerks signed in."""
    from benchmarks.province import Province

    province = Province(rows)
    province.build()
    if rows:
        province.fill()
    province._person("system_admin", province.prefecture, 0)
    return [Clerk(province.who("intake", county)) for county in range(CLERKS)]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("clues", type=int, nargs="?", default=200)
    parser.add_argument("--rows", type=int, default=0)
    options = parser.parse_args()
    open_house()
    from clues.models import Clue

    clerks = _house(options.rows)
    before, each, server = Clue.objects.count(), options.clues // CLERKS, _served()
    try:
        alone = _measured(clerks[:1], ALONE)
        clerks[0].times.clear()
        cpu = Cpu(server=server.pid)
        together = _measured(clerks, each)
        taken, floor = cpu.taken()["server"] / options.clues, _rate(clerks, each, Clerk.again)
    finally:
        server.terminate()
        server.wait(60)
    times = sorted(seconds for clerk in clerks for seconds in clerk.times)
    refused = [each for clerk in clerks for each in clerk.refused]
    made = Clue.objects.count() - before
    numbers = Clue.objects.values_list("agency", "number")
    twice = len(numbers) - len(set(numbers))
    load = os.getloadavg()[0]
    print(
        f"{options.rows} cases; load {load:.1f}; one clerk {alone:.1f}/s; ten {together:.1f}/s, "
        f"without the deed {floor:.1f}/s; all of it {taken * 1e3:.0f} ms of the server's CPU; "
        f"a form {statistics.median(times):.2f} s, the slowest of {len(times)} {times[-1]:.2f} s; "
        f"registered {made}, refused {len(refused)}, numbers given twice {twice}"
    )
    print("\n".join(refused[:5]))
    sys.exit(int(bool(refused) or bool(twice) or together < GOAL or made != ALONE + len(times)))


if __name__ == "__main__":
    main()
