"""What `verify_trail` finds of what somebody with the database's password changed.

    .venv/bin/python benchmarks/tamper_trail.py [MUTATIONS] [--seed N] [--postgres] [--rows N]

MUTATIONS (2,000) random ones over all ways of tampering.py, each by raw SQL without triggers, each
rolled back. Baseline in the same run: the same mutations seen by the chains and their heads alone, as
a trail without seals and digests would show them. Afterwards N entries (200,000) are verified, and half
as many, for the speed and the memory.

Must hold: everything is found but what was put right inside the running hour, and what that is the result
says; memory doesn't grow with the trail. Exit code 1 if it doesn't.
"""

import argparse
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.house import open_house

MEGABYTE = 1024


def mutate(count: int, seed: int) -> bool:
    """Tamper, verify, roll back; a line for each way; whether what must hold does."""
    from django.utils import timezone

    from accounts.services import trail_checks
    from accounts.triggers import drop_triggers
    from benchmarks import tampering

    scene, chance = tampering.build(timezone.now()), random.Random(seed)  # noqa: S311 - a drill
    whole = trail_checks.verify()
    print(f"before: {whole}")
    drop_triggers()
    tried, found, chains, unnamed = Counter(), Counter(), Counter(), 0
    start = time.perf_counter()
    names = list(tampering.WAYS)
    for n in range(count):
        name = names[n % len(names)]
        seen, by_chains, since = once(tampering.WAYS[name], scene, chance)
        tried[name] += 1
        found[name] += seen
        chains[name] += by_chains
        unnamed += not seen and not since
    seconds = time.perf_counter() - start
    for name in names:
        note = "  inside the running hour" if name in tampering.UNSEALED else ""
        print(f"{name:52} {tried[name]:5d} tried {found[name]:5d} found {chains[name]:5d} baseline{note}")
    outside = [name for name in names if name not in tampering.UNSEALED]
    total, seen = sum(tried[name] for name in outside), sum(found[name] for name in outside)
    print(
        f"outside the running hour {seen} of {total} found, baseline "
        f"{sum(chains[name] for name in outside)}; not found and the result names no open end: {unnamed}; "
        f"{seconds / count * 1000:.0f} ms each"
    )
    return whole["ok"] and seen == total and not unnamed


def once(does, scene, chance: random.Random) -> tuple[bool, bool, str]:
    """(found, found by the chains alone, since when the result says that nothing is sealed)."""
    from django.db import transaction

    from accounts.services import trail_checks

    with transaction.atomic():
        does(scene, chance)
        result = trail_checks.verify()
        alone = chains_alone()
        transaction.set_rollback(True)
    return not result["ok"], alone, result["sealed_at"]


def chains_alone() -> bool:
    """What links and the heads' hashes show."""
    from django.db import connection

    from accounts.services import chain_walk

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_sealedhead")
    return chain_walk.walk().broken is not None


def measure(rows: int) -> bool:
    """Entries by the hundred thousand: rows a second, and what memory they take."""
    from accounts.models import TrailEntry, User
    from accounts.services import trail, trail_checks

    by, peaks = User.objects.first(), []
    for goal in (rows // 2, rows):
        while (there := TrailEntry.objects.count()) < goal:
            chain = f"accounts.user:{there}"
            lines = [(by, {"名称": ("旧", f"新{n}")}) for n in range(min(500, goal - there))]
            trail.record_many(by=by, act="test", label="演练", chain=chain, lines=lines)
        start = time.perf_counter()
        count = trail_checks.verify()["entries"]
        seconds = time.perf_counter() - start
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE)
        print(
            f"{count} entries verified in {seconds:.1f} s, {count / seconds:.0f} a second, {peaks[-1]:.0f} MB"
        )
    return peaks[1] - peaks[0] < 20


def main() -> int:
    """Print the figures; 1 if one doesn't hold."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mutations", type=int, nargs="?", default=2000)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--postgres", action="store_true", help="on a cluster of its own")
    options = parser.parse_args()
    folder, server = Path(tempfile.mkdtemp(prefix="kuangantong-tamper-")), None
    try:
        if options.postgres:
            from benchmarks.drill_servers import Postgres

            server = Postgres(folder)
            os.environ["DATABASE_URL"] = server.url
        open_house()
        well = mutate(options.mutations, options.seed) and measure(options.rows)
        from django.db import connection

        connection.close()
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print("it held" if well else "IT DID NOT HOLD")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
