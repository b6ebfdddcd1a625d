"""What it costs to hold a register against the law: rows made at random, assessed one by one.

    .venv/bin/python benchmarks/assess.py [ROWS]

ROWS (100,000) rows of a case register are made, read into facts and assessed, each with its missing
facts; nothing is kept but counts. Baseline in the same run: the first thousand rows read, not assessed.

Must hold: memory does not grow with the rows. Exit code 1 if it does.
"""

import argparse
import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from law.figures import SEEDED
from law.findings import assess
from law.reading import read_rows
from law.shipped import calendar
from tests.law.generating import AS_OF, register_row

GROWTH = 20  # MiB between a tenth of the rows and all of them
BASELINE = 1000


def memory() -> float:
    """The most this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Assess, print what it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", nargs="?", type=int, default=100_000)
    count = parser.parse_args().rows
    choose = random.Random(20260901).choice
    fired: Counter[str] = Counter()
    making = reading = assessing = 0.0
    early = 0.0
    for number in range(count):
        start = time.perf_counter()
        row = register_row(choose, number)
        made = time.perf_counter()
        facts = read_rows([row], AS_OF)
        read = time.perf_counter()
        fired.update(finding.code for finding in assess(facts, SEEDED, calendar()))
        making, reading = making + made - start, reading + read - made
        assessing += time.perf_counter() - read
        if number == count // 10:
            early = memory()
        if number == BASELINE:
            print(f"first {BASELINE}: read {reading:.2f} s, assessed {assessing:.2f} s")
    print(f"{count} rows: made {making:.1f} s, read {reading:.1f} s, assessed {assessing:.1f} s")
    print(f"{count / (reading + assessing):.0f} rows a second")
    print(f"{early:.0f} MiB after a tenth, {memory():.0f} MiB in all")
    for code, times in fired.most_common():
        print(f"  {code:<26}{times:>8}")
    return int(memory() - early > GROWTH)


if __name__ == "__main__":
    sys.exit(main())
