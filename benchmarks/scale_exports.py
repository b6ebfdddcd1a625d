"""Lists written out whole: a workbook and plain text, beside the same rows fetched and written bare."""

import os
import tempfile
import threading
import time
from pathlib import Path

SQL = (
    "SELECT c.number, (SELECT string_agg(p.name, '、') FROM cases_caseparty k JOIN registry_party p "
    "ON p.id = k.party_id WHERE k.case_id = c.id), c.cause, r.name, c.place, c.state, h.name, c.filed_on "
    "FROM cases_case c JOIN accounts_region r ON r.code = c.county_id "
    "LEFT JOIN accounts_user h ON h.id = c.handler_id ORDER BY c.filed_on DESC, c.id DESC"
)


class Memory(threading.Thread):
    """How far this process grows while something is done; MB."""

    def __init__(self):
        super().__init__(daemon=True)
        self.begun, self.peak, self.over = _resident(), 0.0, False

    def run(self):
        while not self.over:
            self.peak = max(self.peak, _resident() - self.begun)
            time.sleep(0.02)


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def run(bench) -> None:
    """Each kind once, after a small one to warm up."""
    if bench.only not in "cases, prefecture: export":
        return
    client = bench.client("prefecture")
    county = bench.province.counties[0].region_id
    bare = bench.meter.measure(_bare)[0]
    for kind in ("xlsx", "csv", "gbk"):
        _take(client, f"/cases/?export={kind}&county={county}")
        _one(bench, f"cases, prefecture: export, {kind}", client, f"/cases/?export={kind}", bare)


def _one(bench, name: str, client, url: str, bare: float) -> None:
    from benchmarks.scale import Figure, line

    memory, first = Memory(), []
    memory.start()
    cpu, server, wall, queries = bench.meter.measure(lambda: first.append(_take(client, url)))
    memory.over = True
    figure = Figure(
        name, round(cpu), round(server), round(wall), queries, round(cpu - bench.frame), round(bare)
    )
    bench.figures.append(figure)
    print(f"{line(figure)}  first byte {first[0]:.0f} ms, +{memory.peak:.0f} MB", flush=True)


def _take(client, url: str) -> float:
    """Read a file to its end; milliseconds until its first piece came."""
    begun, first = time.perf_counter(), None
    answer = client.get(url)
    assert answer.status_code == 200, url
    for _ in answer.streaming_content:
        first = first or (time.perf_counter() - begun) * 1e3
    return first


def _bare() -> None:
    """A cursor of the server's, and rows of plain values straight into a sheet."""
    from django.db import connection

    from common.xlsx_stream import StreamedBook

    with tempfile.TemporaryFile() as target, StreamedBook(target) as book:
        sheet, plain = book.sheet("x"), book.style()
        with connection.cursor() as cursor:
            cursor.execute(
                SQL.replace("string_agg", "group_concat") if connection.vendor == "sqlite" else SQL
            )
            while rows := cursor.fetchmany(2000):
                for row in rows:
                    sheet.append([(plain, value) for value in row])
