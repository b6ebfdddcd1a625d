"""What a sweep costs: duties and clocks by the hundred thousand, most of them not to be told of.

    .venv/bin/python benchmarks/sweep.py [COUNT] [--postgres]

COUNT duties and as many clocks (100,000 each), of 400 counties, falling due at 18:00 on 25 days.
On SQLite in a folder of its own; with --postgres on a cluster of its own, thrown away; or on the
empty database of DATABASE_URL. Baseline in the same run: the same deeds for 1,000 things, one by
one.

Must hold: a full batch of 1,000 costs the same number of queries whichever it is, and a sweep that
finds nothing next to none. Exit code 1 if it doesn't.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import scene
from benchmarks.house import open_house

COUNTIES, DAYS = 400, 25
BATCH = 1000
BASE = datetime(2030, 12, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
FIRST = BASE.replace(hour=18) + timedelta(days=6)
# Queries of one full batch of 1,000 (PostgreSQL); SQLite splits long statements by its limit of
# places, by the number of rows that there are to write and so never more than this either.
MOST = {"postgresql": 40, "sqlite": 120}
SPREAD = {"postgresql": 8, "sqlite": 100}
IDLE = 25


class Counter:
    """Counts the queries of the deeds done within it."""

    def __enter__(self):
        from django.db import connection

        self.count, self.start = 0, time.perf_counter()
        self.wrapper = connection.execute_wrapper(self)
        self.wrapper.__enter__()
        return self

    def __call__(self, execute, *args):
        self.count += 1
        return execute(*args)

    def __exit__(self, *error):
        self.seconds = time.perf_counter() - self.start
        self.wrapper.__exit__(*error)


def build(count: int) -> None:
    """Rules that ask for COUNT duties, and as many clocks spread over the same 25 days."""
    from campaigns.models import DutyRule
    from campaigns.services.duty_rules import HALF_MONTHLY

    top, counties = scene.build(COUNTIES)
    campaign = scene.begin_campaign(top, counties, BASE.date())
    rhythm = {**HALF_MONTHLY, "pattern": "every", "every": 1, "days": []}
    DutyRule.objects.bulk_create(
        DutyRule(agency=top, campaign=campaign, from_day=FIRST.date(), **rhythm)
        for _ in range(count // (COUNTIES * DAYS))
    )
    scene.due_clocks(
        (counties[n % COUNTIES], f"k{n}", FIRST + timedelta(days=n // COUNTIES % DAYS)) for n in range(count)
    )


class Costs:
    """What each step cost, and the queries of each full batch."""

    def __init__(self):
        self.full: dict[str, set[int]] = {}
        self.idle: set[int] = set()
        self.per_thousand: dict[str, tuple[float, float]] = {}

    def swept(self, name: str, now: datetime) -> None:
        """One sweep to its end, as reminders.services.sweeping does it; printed."""
        from reminders.services import delivery, making, outbox

        making.notice_time(now)
        looked = made = delivered = queries = 0
        start = time.perf_counter()
        while True:
            with Counter() as looking:
                some, new = making.remind_due(now=now, limit=BATCH)
            what = "making reminders" if new else "nothing to tell"
            self._note(f"{name}, {what}", some, 2 * BATCH, looking)
            with Counter() as filling:
                taken = outbox.deliver(now=now, limit=BATCH)["taken"]
            self._note(f"{name}, filling inboxes", taken, BATCH, filling)
            looked, made, delivered = looked + some, made + new, delivered + taken
            queries += looking.count + filling.count
            if not some and not taken:
                break
        delivery.send_out(now=now)
        if not looked:
            self.idle.add(looking.count + filling.count)
        self.print(name, looked, made, time.perf_counter() - start, queries)

    def _note(self, name: str, done: int, limit: int, counter: Counter) -> None:
        if done >= limit:
            self.full.setdefault(name, set()).add(counter.count)

    def print(self, name: str, looked: int, made: int, seconds: float, queries: int) -> None:
        """One line."""
        per = (queries / looked * 1000, seconds / looked * 1000) if looked else (0, 0)
        self.per_thousand[name] = per
        print(
            f"{name:26} {looked:7d} looked at {made:7d} reminders {seconds:8.2f} s {queries:7d} "
            f"queries  per 1,000: {per[0]:7.1f} queries {per[1]:6.2f} s",
            flush=True,
        )

    def hold(self, vendor: str) -> bool:
        """Whether every full batch of a step costs the same, and nothing due next to nothing."""
        well = max(self.idle) <= IDLE
        print(f"  a sweep with nothing due: {sorted(self.idle)} queries {_word(well)}")
        for name, numbers in self.full.items():
            good = max(numbers) <= MOST[vendor] and max(numbers) - min(numbers) <= SPREAD[vendor]
            print(f"  each full batch, {name}: {min(numbers)} to {max(numbers)} queries {_word(good)}")
            well = well and good
        return well


def _word(good: bool) -> str:
    return "ok" if good else "NOT OK"


def one_by_one(now: datetime, count: int) -> tuple[int, int]:
    """The baseline: every thing looked at, told and planned by itself, every line delivered so."""
    from reminders.services import making, outbox

    looked = made = 0
    while looked < count:
        some, new = making.remind_due(now=now, limit=1)
        while outbox.deliver(now=now, limit=1)["taken"]:
            pass
        looked, made = looked + some, made + new
        if not some:
            break
    return looked, made


def make(count: int) -> bool:
    """Have the rules make the duties; whether so many came."""
    from reminders.services import making

    with Counter() as cost:
        made = making.make_duties(BASE, [])
    print(f"{'duties made by rules':26} {made:7d} made {cost.seconds:8.2f} s {cost.count:7d} queries")
    return made == count


def sweep_all(count: int) -> bool:
    """All steps; whether what must hold does."""
    from django.db import connection

    vendor, costs = connection.vendor, Costs()
    well = make(count)
    costs.swept("first look at all", BASE)
    costs.swept("again, nothing due", BASE + timedelta(minutes=1))
    costs.swept("six days missed", FIRST - timedelta(hours=2))
    costs.swept("due at once at 18:00", FIRST)
    costs.swept("again, nothing left", FIRST + timedelta(minutes=1))
    next_day = FIRST + timedelta(days=1)
    costs.swept("the next day, 17:00", next_day - timedelta(hours=1))
    with Counter() as cost:
        looked, made = one_by_one(next_day, BATCH)
    costs.print("one by one (baseline)", looked, made, cost.seconds, cost.count)
    batch, base = (costs.per_thousand["due at once at 18:00"], costs.per_thousand["one by one (baseline)"])
    print(
        f"in batches, of the baseline: 1/{base[0] / batch[0]:.0f} of the queries, "
        f"1/{base[1] / batch[1]:.0f} of the time"
    )
    return costs.hold(vendor) and well


def main() -> int:
    """Print the figures; 1 if a batch costs more than it may."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--postgres", action="store_true", help="on a cluster of its own")
    options = parser.parse_args()
    if options.count % (COUNTIES * DAYS):
        parser.error(f"COUNT has to be a multiple of {COUNTIES * DAYS}")
    folder = Path(tempfile.mkdtemp(prefix="kuangantong-sweep-"))
    server = None
    try:
        if options.postgres:
            from benchmarks.drill_servers import Postgres

            server = Postgres(folder)
            os.environ["DATABASE_URL"] = server.url
        return measure(options.count)
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def measure(count: int) -> int:
    """Build and sweep; the exit code."""
    open_house()
    from django.db import connection

    from accounts.models import Agency

    if Agency.objects.exists():
        print("There are agencies in this database; this wants an empty one.")
        return 1
    start = time.perf_counter()
    build(count)
    print(
        f"{connection.vendor}: {count} duties to be made, {count} open clocks, {COUNTIES} counties "
        f"(built in {time.perf_counter() - start:.0f} s)"
    )
    well = sweep_all(count)
    connection.close()
    print("it held" if well else "IT DID NOT HOLD")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
