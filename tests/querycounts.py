"""How many queries a page makes: the same for 1 row and 30, and the same as was recorded.

    assert_same_queries("clues:list", client, "/clues/", add_rows)

The recorded figures stand in tests/query_counts.json. RECORD_QUERY_COUNTS=1 writes them anew.
"""

import json
import os
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from accounts.services import pulse

RECORDED = Path(__file__).with_name("query_counts.json")


def queries_of(client, url: str) -> int:
    """The number of queries that a page makes for a client that was there a moment before."""
    pulse.forget()
    with override_settings(KEPT_SECONDS=60):
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(url)
            assert answer.status_code == 200, f"{url}: {answer.status_code}"
            if answer.streaming:
                b"".join(answer)
    return len(seen)


def assert_same_queries(name: str, client, url: str, add_rows) -> None:
    """Count with `add_rows(1)`, count again with 29 more; compare with what is recorded."""
    add_rows(1)
    one = queries_of(client, url)
    add_rows(29)
    many = queries_of(client, url)
    assert many == one, f"{name}: {one} queries for 1 row, {many} for 30"
    check_recorded(name, many)


def check_recorded(name: str, count: int) -> None:
    """Compare a count with the recorded one; databases may differ, SQLite's is recorded."""
    if connection.vendor != "sqlite":
        return
    recorded = json.loads(RECORDED.read_text()) if RECORDED.exists() else {}
    if os.environ.get("RECORD_QUERY_COUNTS"):
        recorded[name] = count
        RECORDED.write_text(json.dumps(recorded, indent=1, sort_keys=True) + "\n")
        return
    assert name in recorded, f"{name} is not recorded: run once with RECORD_QUERY_COUNTS=1"
    assert count <= recorded[name], f"{name}: {count} queries, recorded {recorded[name]}"
