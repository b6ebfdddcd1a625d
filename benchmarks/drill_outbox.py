"""Is a reminder ever lost, or told twice, when machines die? Everything real, everything killed.

    .venv/bin/python benchmarks/drill_outbox.py [--agencies 3000] [--naive 1000]

A PostgreSQL cluster and a Redis of its own, two workers, two beats, a mail server and a gateway
that count. All agencies' clocks run out at once. Workers die by kill -9 at five places (facts made,
inbox written, row claimed, message sent, message noted) and at random; Redis comes back empty,
PostgreSQL comes back from a crash. Then the clock is moved over 18:00 and back. Last the naive
variant, a task for each message without an outbox, under some of the same blows.

Must hold: inbox none lost, none twice; mail and gateway none lost, and no more second copies than
kills (each with the same Message-ID or key). A crash of PostgreSQL counts once for each worker.
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
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.drill_servers import ROOT, Crew, Postgres, Redis
from tests.reminders.sinks import HttpSink, MailSink

POINTS = ("made", "inbox", "claim", "send", "mark", "send", "claim", "mark", "send")
PATIENCE = 600


def begin(folder: Path, database: Postgres, redis: Redis) -> dict:
    """The environment of every process, and Django here, migrated."""
    orders = folder / "orders"
    orders.mkdir()
    environment = {
        **os.environ, "DATABASE_URL": database.url, "REDIS_URL": redis.url, "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings.base", "QUIET_HOURS": "0-0",
        "DRILL_DIR": str(orders), "PYTHONPATH": str(ROOT), "SITE_URL": "http://10.1.2.3:8000",
    }  # fmt: skip
    os.environ.update(environment)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return environment


def build(count: int, mail: MailSink, http: HttpSink) -> list:
    """A prefecture with `count` counties, each with a liaison who has an address."""
    from django.utils import timezone

    from accounts import roles
    from accounts.models import Agency, Channel, ContactPoint, Posting, Region, User
    from accounts.services import secrets

    region = Region.objects.create(code="990000", name="演练", level="province")
    top = Agency(code="top", name="top", kind="zrzy", region=region, path="/top/")
    top.save()
    top.path = f"/{top.pk}/"
    top.save()
    Channel.objects.create(kind="email", name="mail", agency=top, address=mail.address)
    Channel.objects.create(kind="wecom", name="robot", agency=top, address=http.address)
    agencies = Agency.objects.bulk_create(
        Agency(code=f"c{n}", name=f"c{n}", kind="zrzy", region=region, parent=top, path=f"/c{n}/")
        for n in range(count)
    )
    for agency in agencies:
        agency.path = f"{top.path}{agency.pk}/"
    Agency.objects.bulk_update(agencies, ["path"], batch_size=500)
    users = User.objects.bulk_create(
        User(username=f"u{n}", public_id=f"p{n}", name="某某", agency=agency)
        for n, agency in enumerate(agencies)
    )
    Posting.objects.bulk_create(
        Posting(user=user, agency=user.agency, role=roles.LIAISON, since="2020-01-01")
        for user in users
    )
    points = []
    for user in users:
        point = ContactPoint(person=user, kind="email", masked="*", verified_at=timezone.now())
        point.address = secrets.seal(f"{user.username}@example.org", point, "address")
        points.append(point)
    ContactPoint.objects.bulk_create(points)
    return agencies


def due_at(agencies, moment, kind: str) -> None:
    """A clock for each, all due at once."""
    from accounts.models import Clock

    Clock.objects.bulk_create(
        Clock(
            subject_kind="accounts.agency", subject_id=agency.pk, kind=kind, label="台账报送",
            agency=agency, counted_from=moment.date(), due_at=moment, warn_at=moment, article="-",
        )
        for agency in agencies
    )  # fmt: skip


def storm(folder: Path, crew: Crew, database: Postgres, redis: Redis, wanted: int) -> dict:
    """Blow after blow until every message is out; what was done."""
    done = Counter()
    orders = [f"die-{point}-{n}" for n, point in enumerate(POINTS)]
    blows = ["redis", "kill", "postgres", "kill", "redis", "postgres"]
    start = last = time.monotonic()
    while time.monotonic() - start < PATIENCE:
        done["workers killed at a point or by hand"] += crew.keep()
        if not orders and not blows and sent_out(wanted):
            break
        if time.monotonic() - last > 4:
            last = time.monotonic()
            if orders:
                (folder / "orders" / orders.pop(0)).touch()
            if blows and not len(orders) % 2:
                blow(blows.pop(0), crew, database, redis, done)
        time.sleep(0.2)
    done["seconds"] = round(time.monotonic() - start)
    reached = Counter(order.name.split("-")[1] for order in (folder / "orders").glob("dead-*"))
    return {**done, **{f"died after: {point}": count for point, count in reached.items()}}


def blow(kind: str, crew: Crew, database: Postgres, redis: Redis, done: Counter) -> None:
    """One of them."""
    if kind == "redis":
        redis.crash()
    elif kind == "postgres":
        from django.db import connection

        connection.close()
        database.crash()
    else:
        crew.kill(random.choice(["worker0", "worker1"]))
    done[f"{kind} struck"] += 1


def sent_out(wanted: int) -> bool:
    """Whether every row there must be is there and has been dealt with."""
    from django.db import Error, connection

    from accounts.models import Outbox

    try:
        rows = Outbox.objects.filter(state="sent").count()
        waiting = Outbox.objects.filter(state="waiting").exists()
    except Error:
        connection.close()
        return False
    return rows >= wanted and not waiting


def judge(name: str, expected: set, seen: list, allowed: int) -> bool:
    """Print and say whether it holds."""
    counts = Counter(seen)
    lost, twice = expected - set(counts), sum(count - 1 for count in counts.values())
    foreign = set(counts) - expected
    well = not lost and not foreign and twice <= allowed
    print(
        f"  {name:8} expected {len(expected):6}  seen {len(seen):6}  lost {len(lost):4}  "
        f"second copies {twice:3} (allowed {allowed})  {'ok' if well else 'NOT OK'}"
    )
    return well


def expected_keys(channel: str) -> set:
    """The keys of the rows that there must be, worked out from the clocks alone."""
    from accounts.models import Channel, Clock, User
    from accounts.services import messages

    people = dict(User.objects.values_list("agency_id", "pk"))
    way = Channel.objects.filter(kind=channel).first()
    found = set()
    for pk, agency, due, kind in Clock.objects.values_list("pk", "agency_id", "due_at", "kind"):
        for stage in ("over",) if kind == "storm" else ("day15", "over"):
            base = f"clock:{pk}:{due:%Y%m%d%H%M}:{stage}"
            tail = {
                "inbox": f"inbox:{people[agency]}",
                "email": f"email{way and way.pk}:u{people[agency]}",
                "wecom": f"wecom{way and way.pk}:a{agency}",
            }[channel]
            found.add(f"{base}:{tail}")
    return found if channel == "inbox" else {messages.key_of(meaning) for meaning in found}


def results(mail: MailSink, http: HttpSink, allowed: int) -> bool:
    """Compare what arrived with what had to."""
    from accounts.models import Notice

    inbox = list(Notice.objects.values_list("key", flat=True))
    mails = [one.strip("<>").removesuffix("@kuangantong") for one in mail.ids()]
    return all(
        [
            judge("inbox", expected_keys("inbox"), inbox, 0),
            judge("mail", expected_keys("email"), mails, allowed),
            judge("gateway", expected_keys("wecom"), http.keys(), allowed),
        ]
    )


def move_the_clock(agencies) -> None:
    """Over 18:00 and back, several times, each a sweep of its own process."""
    from django.utils import timezone

    from accounts.models import Clock
    from accounts.services import sweeping

    Clock.objects.update(met_at=timezone.now())  # the storm's are over
    due = datetime(2031, 1, 15, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
    due_at(agencies, due, "moved")
    for seconds in (-60, 0, -60, 60, -3600, 1, -1, 0):
        done = sweeping.sweep(now=due + timedelta(seconds=seconds))
        print(f"  at 18:00 {seconds:+6d} s: made {done['reminders_made']}, sent {done['sent']}")


def naive(count: int, crew: Crew, redis: Redis, http: HttpSink) -> None:
    """The same messages as tasks, without an outbox: one worker killed, then Redis."""
    from benchmarks import drill_app

    for what in ("workers killed", "Redis restarted empty"):
        before = len(http.requests)
        for number in range(count):
            drill_app.naive.delay(number, http.address)
        time.sleep(1.5)
        if what == "workers killed":
            for name in ("worker0", "worker1") * 3:
                crew.kill(name)
                crew.keep()
                time.sleep(4)
        else:
            redis.crash()
        quiet, seen = 0, -1
        while quiet < 12:
            crew.keep()
            time.sleep(1)
            now = len(http.requests)
            quiet, seen = (quiet + 1 if now == seen else 0), now
        got = {headers["Idempotency-Key"] for _, headers, _ in http.requests[before:]}
        print(f"  naive, {what}: {count} messages, lost {count - len(got)}")


def run(folder: Path, options) -> bool:
    """All of it; whether it held."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        mail, http = stack.enter_context(MailSink()), stack.enter_context(HttpSink())
        database, redis = Postgres(folder), Redis()
        stack.callback(database.stop)
        stack.callback(redis.stop)
        environment = begin(folder, database, redis)
        from django.utils import timezone

        agencies = build(options.agencies, mail, http)
        due_at(agencies, timezone.now() - timedelta(seconds=5), "storm")
        crew = Crew(folder, environment)
        stack.callback(crew.stop)
        done = storm(folder, crew, database, redis, 3 * options.agencies)
        print(f"{options.agencies} agencies due at once: {done}")
        crew.stop()
        allowed = crew.deaths + 2 * done.get("postgres struck", 0)
        well = results(mail, http, allowed)
        print("the clock moved over 18:00 and back, 200 clocks more:")
        move_the_clock(agencies[:200])
        well = results(mail, http, allowed) and well
        print("the naive variant:")
        crew.keep()
        time.sleep(6)
        naive(options.naive, crew, redis, http)
        return well


def main() -> int:
    """Print the figures; 1 if anything was lost or told twice."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--agencies", type=int, default=3000)
    parser.add_argument("--naive", type=int, default=1000)
    parser.add_argument("--keep", action="store_true", help="keep the folder with the logs")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kuangantong-drill-"))
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
