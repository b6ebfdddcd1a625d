"""verify_trail and seal_trail: what they print, how they exit, how quick they are."""

import json
import time
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.models import TrailEntry, TrailHead, TrailRoot
from accounts.services import chain_walk, sealing, taking_up, trail, trail_checks, trail_hashing
from accounts.triggers import drop_triggers, install_triggers


@pytest.fixture
def entered(cast):
    """The cast, entered in the trail."""
    taking_up.take_up()
    return cast


def write(cast, count, thing=None):
    """Some entries of one chain."""
    lines = [(thing or cast.county, {"名称": ("旧", f"新{n}")}) for n in range(count)]
    chain = trail.chain_of(thing or cast.county)
    trail.record_many(by=cast.handler, act="test", label="测试", chain=chain, lines=lines)


def tampered(sql):
    """Do what a person with the database password could do."""
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(sql)
    install_triggers()


def run(*args):
    """(what the command printed, its exit code)."""
    out = StringIO()
    try:
        call_command(*args, stdout=out)
    except SystemExit as end:
        return out.getvalue(), end.code
    return out.getvalue(), 0


def test_a_whole_trail_is_told_as_json_with_the_agreed_keys(cast):
    write(cast, 3)  # the first of them takes the cast along
    said, code = run("verify_trail", "--json")
    result = json.loads(said)
    assert code == 0
    assert (result["ok"], result["entries"], result["first_broken"]) == (True, 3, None)
    assert result["submissions"] == 0


def test_a_touched_trail_exits_1_and_names_the_place(cast):
    write(cast, 3)
    tampered("UPDATE accounts_trailentry SET reason = 'x' WHERE seq = 2")
    said, code = run("verify_trail", "--json")
    assert code == 1
    assert json.loads(said)["first_broken"] == f"accounts.agency:{cast.county.pk}#2"


def test_what_an_upper_app_freezes_is_counted_and_can_break_the_result(entered, monkeypatch):
    monkeypatch.setitem(trail_checks._CHECKS, "submissions", lambda: (2, "submission:7"))
    result = trail_checks.verify()
    assert (result["submissions"], result["first_broken"], result["ok"]) == (2, "submission:7", False)


def test_a_tail_cut_while_it_is_read_is_an_alarm(cast):
    write(cast, 3)
    tampered("DELETE FROM accounts_trailentry WHERE seq = 3")
    assert trail_checks.first_broken().endswith("#2")


def test_a_head_moved_forward_by_hand_is_an_alarm(cast):
    write(cast, 3)
    TrailHead.objects.update(seq=9)
    assert trail_checks.first_broken() is not None


def test_a_head_with_another_hash_is_an_alarm(cast):
    write(cast, 3)
    TrailHead.objects.update(hash="f" * 64)
    assert trail_checks.first_broken() is not None


def test_an_ended_day_is_sealed_once_and_the_row_never_changes(cast):
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        write(cast, 3)
    said, code = run("seal_trail")
    assert code == 0
    root = TrailRoot.objects.order_by("-day").first()
    assert root.root in said and root.entries == 3
    before = TrailRoot.objects.count()
    run("seal_trail")
    assert TrailRoot.objects.count() == before


def test_a_trail_rewritten_whole_is_found_by_its_root(cast):
    """All hashes and the head recomputed: only the root knows."""
    with time_machine.travel(datetime(2026, 11, 3, 4, tzinfo=UTC)):
        write(cast, 3)
    sealing.seal_ended_days(now=datetime(2026, 11, 4, 4, tzinfo=UTC))
    kept = TrailRoot.objects.get(day="2026-11-03")
    drop_triggers()
    previous = "0" * 64
    for entry in TrailEntry.objects.order_by("seq"):
        entry.reason, entry.previous = "改写", previous
        entry.hash = previous = trail_hashing.entry_hash(entry)
        entry.save()
    TrailHead.objects.update(hash=previous)
    install_triggers()
    assert trail_checks.first_broken() is None
    assert trail_checks.verify()["first_broken"] == "root:2026-11-03"
    said, code = run("verify_trail", "--json", "--root", f"2026-11-03={kept.root}")
    assert code == 1 and json.loads(said)["first_broken"] == "root:2026-11-03"


def test_an_empty_trail_is_whole(db):
    assert run("verify_trail", "--json")[1] == 0
    assert "还没有" in run("seal_trail")[0]


@pytest.mark.drill
def test_twenty_thousand_entries_are_verified_in_a_second(cast):
    write(cast, 50_000)
    start = time.perf_counter()
    walked = chain_walk.walk()
    speed = walked.entries / (time.perf_counter() - start)
    assert walked.broken is None
    print(f"{speed:.0f} entries a second")
    assert speed > 20_000
