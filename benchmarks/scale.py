"""What lists, searches, a case's page and the desk cost when a prefecture has ROWS cases.

    .venv/bin/python benchmarks/scale.py [ROWS] [--postgres] [--json FILE] [--only WORD] [--beside FILE]
                                       [--keep FOLDER] [--parts lists,pages]

ROWS cases (100,000), half as many clues again, parties, findings, decisions, referrals, files and 13
entries of the trail for each case, of 13 counties, poured in by COPY; on SQLite in a folder of its own,
with --postgres on a cluster of its own, both thrown away. Each page is asked for twice to warm up, then
fifteen times, or as often as three seconds allow and three times at least. The middle of them is printed:
CPU (of this process and of the server's for its connection), the server's alone, wall time, queries; and
the CPU of the cheapest go ("least"), which whatever else the machine does disturbs least. An almost empty
page stands first: what is above it is the page's own ("over"). Beside a list stands hand-written SQL that
fetches the same rows ("bare"). --beside reads an earlier --json and prints what changed. --keep FOLDER
(with --postgres) fills a cluster there that stays, or measures what an earlier run filled there, migrated
to what the product is now.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.house import open_house

TIMES, AT_LEAST, ENOUGH = 15, 3, 3  # goes, and seconds after which three of them do
PARTS = ("lists", "pages", "ledgers", "exports")  # what comes later is one more module here


@dataclass
class Figure:
    """One thing measured; milliseconds."""

    name: str
    cpu: float
    server: float
    wall: float
    queries: int
    over: float = 0  # CPU over the frame
    least: float = 0  # CPU of the cheapest go
    bare: float | None = None  # CPU of hand-written SQL for the same rows


class Meter:
    """Counts queries, and the CPU of this process and of the database's for this connection."""

    def __init__(self):
        from django.db import connection

        self.connection, self.queries = connection, 0
        self.server = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def _count(self, execute, *args):
        self.queries += 1
        return execute(*args)

    def _server_ms(self) -> float:
        return int(self.server.read_text().split()[0]) / 1e6 if self.server else 0

    def measure(self, deed) -> tuple[float, float, float, int]:
        """(CPU in all, of it the server's, wall, queries) of one go."""
        self.queries = 0
        with self.connection.execute_wrapper(self._count):
            there, cpu, wall = self._server_ms(), time.process_time(), time.perf_counter()
            deed()
            own, lasted = (time.process_time() - cpu) * 1e3, (time.perf_counter() - wall) * 1e3
            served = self._server_ms() - there
        return own + served, served, lasted, self.queries

    def goes(self, deed) -> list[tuple[float, float, float, int]]:
        """What `measure` said of each of several goes."""
        deed()
        deed()
        begun, goes = time.perf_counter(), []
        while len(goes) < TIMES and (len(goes) < AT_LEAST or time.perf_counter() - begun < ENOUGH):
            goes.append(self.measure(deed))
        return goes

    def middle(self, name: str, deed) -> Figure:
        """The middle of several goes, each figure by itself."""
        several = list(zip(*self.goes(deed), strict=True))
        cpu, server, wall, queries = (statistics.median(each) for each in several)
        least = round(min(several[0]), 1)
        return Figure(name, round(cpu, 1), round(server, 1), round(wall, 1), int(queries), least=least)


class Bench:
    """People signed in, pages asked for, figures kept."""

    def __init__(self, province, only: str):
        self.province, self.only, self.meter = province, only, Meter()
        self.figures: list[Figure] = []
        self.frame = 0.0

    def client(self, role: str, county: int = 0):
        """A browser in which somebody with that post is signed in."""
        from django.test import Client

        client = Client(SERVER_NAME="localhost")
        client.force_login(self.province.who(role, county), "accounts.backends.PersonBackend")
        return client

    def page(self, name: str, client, url: str, bare: str | list[str] = "", **headers) -> Figure | None:
        """Measure a page; `bare` is SQL that fetches the same rows."""
        if self.only not in name:
            return None

        def ask():
            answer = client.get(url, **headers)
            assert answer.status_code == 200, f"{name} {url}: {answer.status_code}"

        figure = self.meter.middle(name, ask)
        figure.over = round(figure.cpu - self.frame, 1)
        if bare:
            figure.bare = self.meter.middle(name, lambda: self._rows(bare)).cpu
        self.figures.append(figure)
        print(line(figure), flush=True)
        return figure

    def _rows(self, sql: str | list[str]) -> list:
        with self.meter.connection.cursor() as cursor:
            for each in [sql] if isinstance(sql, str) else sql:
                cursor.execute(each)
                rows = cursor.fetchall()
            return rows


def line(figure: Figure) -> str:
    """One row of the table."""
    bare = f"{figure.bare:8.1f}" if figure.bare is not None else "       –"
    return (
        f"{figure.name:44} {figure.cpu:8.1f} {figure.over:8.1f} {figure.least:8.1f} {figure.server:8.1f} "
        f"{figure.wall:8.1f} "
        f"{figure.queries:4d} {bare}"
    )


HEAD = f"{'':44} {'CPU ms':>8} {'over':>8} {'least':>8} {'server':>8} {'wall':>8} {'q':>4} {'bare':>8}"


def measure(rows: int, only: str, parts: tuple[str, ...] = PARTS) -> dict:
    """Fill and measure."""
    import importlib

    from django.db import connection

    from benchmarks.province import Province

    province, start = Province(rows), time.perf_counter()
    if not province.find():
        province.build()
        province.fill()
    filled = round(time.perf_counter() - start, 1)
    total = sum(count for count, _ in province.seconds.values())
    print(
        f"{connection.vendor}: {rows} cases, {total} rows, filled in {filled} s; "
        f"load {os.getloadavg()[0]:.1f}"
    )
    print(HEAD)
    bench = Bench(province, only)
    for part in parts:
        importlib.import_module(f"benchmarks.scale_{part}").run(bench)
    return {
        "vendor": connection.vendor,
        "rows": rows,
        "filled": filled,
        "fill": province.seconds,
        "load": os.getloadavg()[0],
        "figures": [asdict(figure) for figure in bench.figures],
    }


def beside(result: dict, earlier: dict) -> None:
    """CPU before and now, page by page."""
    before = {each["name"]: each["cpu"] for each in earlier["figures"]}
    for each in result["figures"]:
        if was := before.get(each["name"]):
            print(f"{each['name']:44} {was:8.1f} → {each['cpu']:8.1f}   {each['cpu'] / was:5.2f}×")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=int, nargs="?", default=100_000)
    parser.add_argument("--postgres", action="store_true", help="on a cluster of its own")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", default="", help="measure what has this word in its name")
    parser.add_argument("--parts", default=",".join(PARTS), help="which modules, by comma; none only fills")
    parser.add_argument("--keep", type=Path, help="a folder in which the cluster stays")
    parser.add_argument("--beside", type=Path, help="an earlier --json")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", "No directory at")
    folder, server = options.keep or Path(tempfile.mkdtemp(prefix="kuangantong-scale-")), None
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if options.postgres:
            from benchmarks.drill_servers import Postgres

            server = Postgres(folder)
            # A helper's CPU isn't this connection's: none help, so that the figure is whole.
            server.ask("ALTER DATABASE postgres SET max_parallel_workers_per_gather = 0")
            os.environ["DATABASE_URL"] = server.url
            os.environ["DATABASE_STATEMENT_SECONDS"] = "0"
        open_house(options.keep and options.keep / "house")
        result = measure(options.rows, options.only, tuple(filter(None, options.parts.split(","))))
        from django.db import connection

        connection.close()
    finally:
        if server:
            server.stop(clean=bool(options.keep))
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1))
    if options.beside:
        beside(result, json.loads(options.beside.read_text()))


if __name__ == "__main__":
    main()
