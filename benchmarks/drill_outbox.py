"""Is a reminder ever lost, or told twice, when machines die? Everything real, everything killed.

    .venv/bin/python benchmarks/drill_outbox.py [--agencies 3000] [--naive 1000] [--keep]

A PostgreSQL cluster and a Redis of its own, two workers, two beats, a mail server and a gateway
that count. A rule of the half-monthly ledger; the workers make every county's duties, remind of
them in the afternoon of the 15th, and at 18:00 all fall due at once, 200 clocks with them. Workers
die by kill -9 at six places (duties made, facts made, inbox written, row claimed, message sent,
message noted) and by hand, beats between their sign of life and their ring and by hand; Redis comes
back empty, PostgreSQL from a crash; the clock of all of them is moved over 18:00 and back while
they work. Last the naive variant, a task for each message without an outbox, under some of the
same blows.

Must hold: every duty made once; inbox none lost, none twice; mail and gateway none lost, and
together no more second copies (same Message-ID or key) than workers were killed, a crash of
PostgreSQL counting once for each worker; every point was died at; the naive variant loses some.
Exit code 1 if it doesn't.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import drill_judge, scene
from benchmarks.drill_servers import ROOT, Crew, Postgres, Redis
from tests.reminders.sinks import HttpSink, MailSink

# The 15th of January 2031 is a Wednesday; within 30 days from it lie the 15th and the 30th.
DUE = datetime(2031, 1, 15, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
AFTERNOON = DUE.replace(hour=16)
DAYS = 2
CLOCKS = 200
WORKERS = 2
POINTS = ("duty", "made", "inbox", "claim", "send", "mark", "tick")
# Orders to die that wait from the beginning, then a blow every five seconds.
ORDERS = POINTS[1:]
BEFORE = ("beat", "die-send", "worker", "redis", "die-claim", "beat", "die-mark", "die-send")
AFTER = (
    *("back 60", "beat", "over", "die-made", "die-inbox", "postgres", "die-send", "back 3600"),
    *("die-tick", "over", "die-claim", "redis", "die-mark", "worker", "back 1", "over", "beat"),
    *("die-send", "postgres", "die-claim", "back 7200", "worker", "over", "redis", "die-mark"),
    *("die-tick", "die-send"),
)
PAUSE, PATIENCE = 5, 900


@dataclass
class Drill:
    """The servers, the crew, the sinks, and what was done to them."""

    folder: Path
    database: Postgres
    redis: Redis
    crew: Crew
    mail: MailSink
    http: HttpSink
    done: Counter = field(default_factory=Counter)
    given: int = 0

    def set_clock(self, moment: datetime) -> None:
        """For every process of the crew, at once."""
        draft = self.folder / "orders" / ".offset"
        draft.write_text(str((moment - datetime.now(tz=DUE.tzinfo)).total_seconds()))
        draft.replace(draft.with_name("offset"))

    def deal(self, blow: str) -> None:
        """One blow."""
        word, _, seconds = blow.partition(" ")
        if word.startswith("die-"):
            self.given += 1
            (self.folder / "orders" / f"{word}-{self.given:03}").touch()
            return
        if word == "redis":
            self.redis.crash()
        elif word == "postgres":
            self.crash_database()
        elif word in ("worker", "beat"):
            self.crew.kill(f"{word}{random.choice('01')}")
        else:
            past = timedelta(seconds=10) if word == "over" else -timedelta(seconds=int(seconds))
            self.set_clock(DUE + past)
            word = "the clock moved"
        self.done[word] += 1

    def crash_database(self) -> None:
        """As a power cut would."""
        from django.db import connection

        connection.close()
        self.database.crash()

    def storm(self, orders, blows, finished: Callable[[], bool]) -> int:
        """All orders at once, then blow after blow, until all are dealt and everything is out;
        how many seconds it took. Orders that nobody came to are withdrawn."""
        for point in orders:
            self.deal(f"die-{point}")
        blows, start = list(blows), time.monotonic()
        last = start
        while time.monotonic() - start < PATIENCE:
            self.crew.keep()
            if blows and time.monotonic() - last > PAUSE:
                last = time.monotonic()
                self.deal(blows.pop(0))
            if not blows and finished():
                break
            time.sleep(0.2)
        for order in (self.folder / "orders").glob("die-*"):
            order.unlink(missing_ok=True)
        time.sleep(0.5)
        self.crew.keep()  # counts who died last
        return round(time.monotonic() - start)

    def reached(self) -> Counter:
        """How often somebody died at each point."""
        return Counter(path.name.split("-")[1] for path in (self.folder / "orders").glob("dead-*"))

    @property
    def allowed(self) -> int:
        """One message can be on its way at each worker that dies, or whose database does."""
        return self.crew.workers_killed + WORKERS * self.done["postgres"]


def begin(folder: Path, database: Postgres, redis: Redis) -> dict:
    """The environment of every process, and Django here, migrated."""
    (folder / "orders").mkdir()
    environment = {
        **os.environ,
        "DATABASE_URL": database.url,
        "REDIS_URL": redis.url,
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "QUIET_HOURS": "0-0",
        "DRILL_DIR": str(folder / "orders"),
        "PYTHONPATH": str(ROOT),
        "SITE_URL": "http://10.1.2.3:8000",
    }
    os.environ.update(environment)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from django.utils import timezone

    from config import house_keys

    house_keys.settle(timezone.now())
    return environment


def build(count: int, mail: MailSink, http: HttpSink) -> None:
    """Counties, a campaign, the rule of its half-monthly ledger, clocks; no duty yet."""
    from campaigns.models import DutyRule
    from campaigns.services.duty_rules import HALF_MONTHLY
    from reminders.models import Channel

    top, counties = scene.build(count, addresses=True)
    Channel.objects.create(kind="email", name="mail", agency=top, address=mail.address)
    Channel.objects.create(kind="wecom", name="robot", agency=top, address=http.address)
    campaign = scene.begin_campaign(top, counties, DUE.date())
    DutyRule.objects.create(agency=top, campaign=campaign, from_day=DUE.date(), **HALF_MONTHLY)
    scene.due_clocks((agency, "drill", DUE) for agency in counties[:CLOCKS])


def all_out(wanted: int) -> Callable[[], bool]:
    """Whether as many rows as there must be have been sent, and none waits."""
    from django.db import Error, connection

    from reminders.models import Outbox

    def asked() -> bool:
        try:
            rows = Outbox.objects.filter(state="sent").count()
            waiting = Outbox.objects.filter(state="waiting").exists()
        except Error:
            connection.close()
            return False
        return rows >= wanted and not waiting

    return asked


def duties_made(count: int) -> Callable[[], bool]:
    """Whether there are so many."""
    from campaigns.models import Duty

    return lambda: Duty.objects.count() >= count


def naive(count: int, drill: Drill) -> int:
    """The same messages as tasks, without an outbox: workers killed, then Redis; how many lost."""
    import redis

    from benchmarks import drill_app

    drill.crew.keep()
    time.sleep(8)
    lost = 0
    for what in ("workers killed", "Redis restarted empty"):
        before = len(drill.http.requests)
        for number in range(count):
            drill_app.naive.delay(number, drill.http.address)
        while len(drill.http.requests) - before < count // 3:
            time.sleep(0.02)
        if what == "workers killed":
            for name in ("worker0", "worker1") * 3:
                drill.crew.kill(name)
                drill.crew.keep()
                time.sleep(4)
        else:
            drill.redis.crash()
        quiet, last = 0, -1
        while quiet < 12:
            drill.crew.keep()
            time.sleep(1)
            now = len(drill.http.requests)
            quiet, last = (quiet + 1 if now == last else 0), now
        got = {headers["Idempotency-Key"] for _, headers, _ in drill.http.requests[before:]}
        with redis.Redis.from_url(drill.redis.url) as client:
            held = sum(b"drill.naive" in message for message in client.hvals("unacked"))
        print(f"  {what}: {count} messages, {count - len(got)} not sent, of these {held} held back")
        lost += count - len(got) - held
    return lost


def act(drill: Drill, agencies: int) -> bool:
    """The 15th of January; whether it held."""
    drill.set_clock(AFTERNOON)
    due = agencies + min(agencies, CLOCKS)
    wait = drill.storm(("duty",), (), duties_made(DAYS * agencies))
    wanted = {
        stage: drill_judge.expected(DUE, stages)
        for stage, stages in (("15:00", ("day15",)), ("18:00", ("day15", "over")))
    }
    counts = {stage: sum(map(len, keys.values())) for stage, keys in wanted.items()}
    wait += drill.storm(ORDERS, BEFORE, all_out(counts["15:00"]))
    print(f"in the afternoon: {counts['15:00']} lines and messages out after {wait} s")
    drill.set_clock(DUE - timedelta(seconds=PAUSE))
    wait = drill.storm(ORDERS, AFTER, all_out(counts["18:00"]))
    more = counts["18:00"] - counts["15:00"]
    print(f"at 18:00: {due} duties and clocks at once, {more} more out after {wait} s")
    drill.crew.stop()
    reached = drill.reached()
    print(f"dealt: {dict(drill.done)}; died: {dict(drill.crew.deaths)}; at: {dict(reached)}")
    print(
        f"allowed: {drill.crew.workers_killed} kills of a worker + "
        f"{WORKERS} workers × {drill.done['postgres']} crashes of PostgreSQL"
    )
    well = drill_judge.judge_duties(agencies, DAYS)
    well = drill_judge.judge(DUE, drill.mail, drill.http, drill.allowed) and well
    missed = set(POINTS) - set(reached)
    if missed:
        print(f"  nobody died at {missed}  NOT OK")
    return well and not missed


def run(folder: Path, options) -> bool:
    """All of it; whether it held."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        mail, http = stack.enter_context(MailSink()), stack.enter_context(HttpSink())
        database, redis = Postgres(folder), Redis()
        stack.callback(database.stop)
        stack.callback(redis.stop)
        environment = begin(folder, database, redis)
        build(options.agencies, mail, http)
        crew = Crew(folder, environment, workers=WORKERS)
        stack.callback(crew.stop)
        drill = Drill(folder, database, redis, crew, mail, http)
        well = act(drill, options.agencies)
        print("the naive variant:")
        lost = naive(options.naive, drill)
        print(f"  lost for good {lost}  {'as it must' if lost else 'NOT OK: it lost none'}")
        return well and lost > 0


def main() -> int:
    """Print the figures; 1 if anything was lost or told twice."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--agencies", type=int, default=3000)
    parser.add_argument("--naive", type=int, default=1000)
    parser.add_argument("--keep", action="store_true", help="keep the folder with the logs")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kuangantong-drill-"))
    well = False
    try:
        well = run(folder, options)
    finally:
        if options.keep:
            print(f"logs in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print("it held" if well else "IT DID NOT HOLD")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
