"""What people wait for when an office works: USERS with time to think, on the product's own web server.

    .venv/bin/python benchmarks/load.py [USERS] [CASES] [MINUTES] [--think S] [--json FILE]

CASES cases and all that hangs on them (`province.py`) on a PostgreSQL of its own, the web server as `serve`
starts it (2 workers, 4 threads each). The users are a process of their own (`load_users.py`): they read
lists, cases, clues and the desk, search, filter, register clues and record findings, and think in between
(10 s on average). Afterwards 8 clients ask for the list of cases without a pause, whole and as the piece
that htmx asks for. Printed: how often, middle, p95 and longest of reads and of writes, errors, pages and
pieces a second, the CPU of users, web server and database, the load of the machine.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.drill_servers import ROOT, Postgres, spare_port, wait_for
from benchmarks.house import open_house

CLIENTS, FULL_SECONDS = 8, 20
TICKS = os.sysconf("SC_CLK_TCK")


def sessions(province, users: int) -> list[dict]:
    """People signed in, and what each of them opens: [{cookie, role, cases, working, clues}]."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.models import User
    from cases.models import Case
    from clues.models import Clue

    # Two with a certificate investigate, else no finding is taken.
    User.objects.update(certificate_no="演练", certificate_since="2016-01-01", certificate_until="2036-01-01")
    signed = []
    for n in range(users):
        office = province.counties[n % len(province.counties)]
        person = province.people[office.pk][n // len(province.counties) % 9]
        store = SessionStore()
        store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[-1]
        store[HASH_SESSION_KEY] = person.get_session_auth_hash()
        store.create()
        own = Case.objects.filter(agency=office).order_by("-pk").values_list("public_id", flat=True)
        clues = Clue.objects.filter(agency=office).order_by("-pk").values_list("public_id", flat=True)
        signed.append(
            {
                "cookie": store.session_key,
                "role": person.postings.first().role,
                "cases": list(own[:200]),
                "working": list(
                    own.filter(handler=person, state="investigation", second_handler__isnull=False)[:50]
                ),
                "clues": list(clues[:200]),
            }
        )
    return signed


class Cpu:
    """Seconds of the processor that several trees of processes took since this began."""

    def __init__(self, **roots: int):
        self.roots = roots
        self.begun = {name: self._taken(pid) for name, pid in roots.items()}

    def taken(self) -> dict[str, float]:
        """By name."""
        return {name: round(self._taken(pid) - self.begun[name], 1) for name, pid in self.roots.items()}

    def _taken(self, root: int) -> float:
        """Of a process, those that live below it, and those below it that have ended."""
        below, found = defaultdict(list), {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                below[int(fields[1])].append(int(entry.name))
                found[int(entry.name)] = sum(map(int, fields[11:15]))
        ticks, several = 0, [root]
        while several:
            pid = several.pop()
            ticks += found.get(pid, 0)
            several += below[pid]
        return ticks / TICKS


def web_server(folder: Path) -> tuple[subprocess.Popen, int]:
    """The web server with the product's own command line."""
    from config import serving

    port = spare_port()
    command = serving.children("127.0.0.1", port)[0].command
    log = (folder / "web.log").open("ab")
    process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
    wait_for(port, 60)
    return process, port


def play(port: int, folder: Path, people: list[dict], **asked) -> dict:
    """Have the users' process play, and read what it measured."""
    order = folder / "order.json"
    order.write_text(json.dumps({"port": port, "people": people, **asked}))
    said = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "load_users.py"), str(order)],
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(said.stdout)


def figures(several: list[float]) -> str:
    """How often, middle, p95, longest; in milliseconds."""
    if not several:
        return f"{0:7d}"
    several = sorted(several)
    at = [several[min(int(len(several) * share), len(several) - 1)] * 1e3 for share in (0.5, 0.95)]
    return f"{len(several):7d} {at[0]:8.0f} {at[1]:8.0f} {several[-1] * 1e3:8.0f}"


def report(result: dict, cpu: dict, seconds: float) -> None:
    """The table of the users' day."""
    print(f"{'':28} {'number':>7} {'middle':>8} {'p95':>8} {'longest':>8}  ms")
    for kind in ("read", "write"):
        print(f"{kind + 's':28} {figures([t for k, _, t in result['took'] if k == kind])}")
        for name in sorted({n for k, n, _ in result["took"] if k == kind}):
            print(f"  {name:26} {figures([t for k, n, t in result['took'] if (k, n) == (kind, name)])}")
    print(f"errors: {len(result['errors'])} {result['errors'][:5]}")
    shares = ", ".join(f"{name} {taken / seconds:.2f}" for name, taken in cpu.items())
    print(f"CPU: users {result['cpu'] / seconds:.2f}, {shares} of a core; load {os.getloadavg()[0]:.1f}")


def measure(options, folder: Path, server: Postgres) -> dict:
    """Fill, start, play, count."""
    from django.db import connections

    from benchmarks.province import Province

    province = Province(options.cases)
    province.build()
    province.fill()
    people = sessions(province, options.users)
    connections.close_all()
    process, port = web_server(folder)
    database = int((server.data / "postmaster.pid").read_text().split()[0])
    try:
        play(port, folder, people[:10], seconds=5, think=0.2)  # warm
        seconds, cpu = options.minutes * 60, Cpu(web=process.pid, database=database)
        result = play(port, folder, people, seconds=seconds, think=options.think)
        result["server_cpu"], result["load"] = cpu.taken(), os.getloadavg()[0]
        report(result, result["server_cpu"], seconds)
        for piece in (False, True):
            cpu = Cpu(web=process.pid, database=database)
            full = play(port, folder, people[:CLIENTS], seconds=FULL_SECONDS, piece=piece)
            word, number = "pieces" if piece else "pages", len(full["took"])
            result[word] = number / FULL_SECONDS
            print(f"{CLIENTS} clients, {word}: {result[word]:.1f}/s; {len(full['errors'])} errors; "
                  f"CPU of the client {full['cpu'] / FULL_SECONDS:.2f}, web and database "
                  f"{ {k: round(v / max(number, 1) * 1e3, 1) for k, v in cpu.taken().items()} } ms each; "
                  f"load {os.getloadavg()[0]:.1f}")  # fmt: skip
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
    return result


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("users", type=int, nargs="?", default=100)
    parser.add_argument("cases", type=int, nargs="?", default=200_000)
    parser.add_argument("minutes", type=float, nargs="?", default=10)
    parser.add_argument("--think", type=float, default=10, help="seconds on average between two pages")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kuangantong-load-"))
    server = Postgres(folder)
    os.environ["DATABASE_URL"] = server.url
    begun = time.perf_counter()
    try:
        os.environ["DATABASE_STATEMENT_SECONDS"] = "0"
        open_house()
        del os.environ["DATABASE_STATEMENT_SECONDS"]
        result = measure(options, folder, server)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{time.perf_counter() - begun:.0f} s in all")
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
