"""How many clues ten clerks register a second, at once, by the running server on one PC with SQLite.

    .venv/bin/python benchmarks/clerks.py [CLUES] [--rows ROWS]

A house of its own with 13 counties, and ROWS cases (0) with all that hangs on them; `manage.py serve` as
an office runs it. Ten clerks of ten counties are signed in; each opens its forms, CLUES in all (200), as
who is typing does. Then all are sent, each clerk one after the other. Baseline: one clerk alone, same run.
It ends with 1 where a form is refused, a number given twice, or ten clerks register fewer than 20 a second.
"""

import argparse
import os
import re
import secrets
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.house import ROOT, open_house

CLERKS, GOAL, ALONE = 10, 20, 20
PORT = 8976
URL = f"http://127.0.0.1:{PORT}"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Clerk:
    """A browser in which one person is signed in."""

    def __init__(self, user):
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "accounts.backends.PersonBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.cookie = f"sessionid={session.session_key}"
        self.forms: list[dict] = []
        self.times: list[float] = []
        self.refused: list[str] = []

    def open_forms(self, count: int) -> None:
        """Open the form, once for each clue."""
        for _ in range(count):
            page, token = self._ask("/clues/new/")
            text = page.read().decode()
            hidden = dict(HIDDEN.findall(text))
            self.forms.append({"hidden": hidden, "token": token})

    def send(self) -> None:
        """Send every form that is open."""
        for form in self.forms:
            fields = form["hidden"] | _filled()
            start = time.perf_counter()
            page, _ = self._ask("/clues/new/", urllib.parse.urlencode(fields).encode(), form["token"])
            self.times.append(time.perf_counter() - start)
            if page.status != 200 or not re.search(r"/clues/\w[\w-]+/", page.url):
                self.refused.append(f"{page.status} {page.url}")
        self.forms = []

    def _ask(self, path: str, body: bytes | None = None, token: str = ""):
        cookie = "; ".join(filter(None, (self.cookie, token)))
        request = urllib.request.Request(URL + path, body, {"Cookie": cookie, "Referer": URL + path})
        try:
            page = urllib.request.urlopen(request, timeout=120)
        except urllib.error.HTTPError as refusal:
            page = refusal
        given = re.search(r"csrftoken=\w+", page.headers.get("Set-Cookie", ""))
        return page, given[0] if given else ""


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
    start = time.perf_counter()
    with ThreadPoolExecutor(len(clerks)) as pool:
        list(pool.map(Clerk.send, clerks))
    return len(clerks) * each / (time.perf_counter() - start)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("clues", type=int, nargs="?", default=200)
    parser.add_argument("--rows", type=int, default=0)
    options = parser.parse_args()
    open_house()
    from benchmarks.province import Province
    from clues.models import Clue

    province = Province(options.rows)
    province.build()
    if options.rows:
        province.fill()
    province._person("system_admin", province.prefecture, 0)
    clerks = [Clerk(province.who("intake", county)) for county in range(CLERKS)]
    before, server = Clue.objects.count(), _served()
    try:
        alone = _measured(clerks[:1], ALONE)
        clerks[0].times.clear()
        together = _measured(clerks, options.clues // CLERKS)
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
        f"a form {statistics.median(times):.2f} s, the slowest of {len(times)} {times[-1]:.2f} s; "
        f"registered {made}, refused {len(refused)}, numbers given twice {twice}"
    )
    print("\n".join(refused[:5]))
    sys.exit(int(bool(refused) or bool(twice) or together < GOAL or made != ALONE + len(times)))


if __name__ == "__main__":
    main()
