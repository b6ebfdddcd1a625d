"""5,000 rows in one run: queries constant per batch of 500, memory bounded by the workbook.

Measured in a process of its own, on a database of its own, by the benchmark's own code.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SIZES = (500, 1000, 5000)
# How much the process may grow for each byte of the unpacked workbook: its cells as Python values
# with the rows that they become. Measured: 11.
MOST = 25


def measured() -> list[dict]:
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    env["DJANGO_SETTINGS_MODULE"] = "config.settings.base"
    said = subprocess.run(
        [sys.executable, "benchmarks/import_rows.py", "--json", *map(str, SIZES)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(said.stdout.splitlines()[-1])


def test_five_thousand_rows_cost_a_batch_each_500_and_memory_by_the_workbook():
    small, double, large = measured()
    assert [each["created"] for each in (small, double, large)] == list(SIZES)
    a_batch = double["queries"] - small["queries"]
    assert a_batch > 0
    assert large["queries"] <= small["queries"] + 9 * (a_batch + 2)
    assert large["grown_mb"] <= MOST * large["workbook_mb"], large
