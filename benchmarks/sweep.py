"""What a sweep costs: open clocks by the hundred thousand, most of them not due to be told.

    .venv/bin/python benchmarks/sweep.py [CLOCKS]

Prints the first look at all of them, a sweep with nothing due, a sweep with some thousands due, and
the queries per 1,000 of each; on SQLite, or on the server of DATABASE_URL. Baseline in the same
run: asking for each clock by itself whom to tell.
"""

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.house import open_house
from benchmarks.import_rows import measured

COUNTIES = 400


def build(count: int, base) -> None:
    """Clocks of 400 counties: 1 in 20 due at `base`, the others in the weeks after."""
    from accounts import roles
    from accounts.models import Agency, Clock, Region
    from tests.cast import add_person, build_cast

    cast = build_cast()
    region = Region.objects.get(code="141122")
    agencies = []
    for n in range(COUNTIES):
        agency = Agency(
            code=f"b{n}", name=f"b{n}", kind="zrzy", region=region, parent=cast.prefecture_office,
            path=f"/b{n}/",
        )  # fmt: skip
        agency.save()
        agency.path = f"{cast.prefecture_office.path}{agency.pk}/"
        agency.save(update_fields=["path"])
        add_person(f"b{n}", "某某", agency, roles.LIAISON)
        agencies.append(agency)
    Clock.objects.bulk_create(
        (
            Clock(
                subject_kind="accounts.agency", subject_id=n, kind=f"k{n}", label="作出处罚决定",
                agency=agencies[n % COUNTIES], counted_from=base.date(),
                due_at=base + timedelta(days=0 if n % 20 == 0 else 10 + n % 60), warn_at=base,
                article="-",
            )
            for n in range(count)
        ),
        batch_size=2000,
    )  # fmt: skip


def looked(now) -> tuple[int, int]:
    """Every batch of one sweep: (things looked at, reminders made)."""
    from accounts.services import outbox, reminders

    things = made = 0
    while True:
        some, new = reminders.remind_due(now=now)
        told = outbox.deliver(now=now)
        things, made = things + some, made + new
        if not some and not told["taken"]:
            return things, made


def one_by_one(now, count: int) -> tuple[int, int]:
    """The baseline: each clock asks for its own people."""
    from accounts.models import Clock
    from accounts.services.recipients import staff_for
    from accounts.services.remindables import CLOCKS

    for clock in Clock.objects.order_by("pk")[:count]:
        due = CLOCKS.due_of(clock)
        staff_for([due], now).told(due, ("desk", "head", "prefecture"))
    return count, 0


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    open_house()
    from django.db import connection

    base = datetime(2026, 11, 30, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
    start = time.perf_counter()
    build(count, base)
    print(f"{connection.vendor}, {count} open clocks of {COUNTIES} counties "
          f"(built in {time.perf_counter() - start:.0f} s)")  # fmt: skip
    steps = [
        ("first look at all", lambda: looked(base - timedelta(days=8))),
        ("again, nothing due", lambda: looked(base - timedelta(days=8, seconds=-60))),
        ("1 in 20 falls due", lambda: looked(base)),
        ("again, nothing due", lambda: looked(base + timedelta(seconds=60))),
        ("one by one (baseline)", lambda: one_by_one(base, 1000)),
    ]
    for name, deed in steps:
        (things, made), seconds, queries, peak = measured(deed)
        per = f"{queries / things * 1000:7.1f}" if things else "      -"
        print(
            f"{name:22} {things:7d} looked at, {made:6d} reminders, {seconds:7.2f} s, "
            f"{queries:6d} queries, {per} per 1,000, peak {peak:4.0f} MB"
        )


if __name__ == "__main__":
    main()
