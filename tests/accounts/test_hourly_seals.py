"""Every hour the trail is sealed, signed, written to a second place; late, twice or at once harms nothing."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as plain_settings
from django.db import IntegrityError, connection

from accounts.models import SealedHead, TrailEntry, TrailHead, TrailSeal
from accounts.services import (
    hourly,
    sealing,
    second_place,
    taking_up,
    trail,
    trail_checks,
    trail_hashing,
    trail_keys,
)
from accounts.triggers import drop_triggers
from config import health
from reminders.services import sweeping
from reminders.tasks import sweep

NINE = datetime(2026, 11, 3, 9, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def house(cast):
    """The cast, entered, with an entry."""
    taking_up.take_up()
    write(cast)
    return cast


@pytest.fixture
def keys(settings, tmp_path):
    """Keys of this test's own."""
    settings.KEYS_DIR = tmp_path / "keys"
    return settings.KEYS_DIR


def write(cast, thing=None):
    """One entry."""
    trail.record(by=cast.handler, act="test", label="测试", thing=thing or cast.county)


def seal(hours=0):
    """What the sweep does so many hours later."""
    return hourly.seal_hour(now=NINE + hours * HOUR)


def place() -> Path:
    """The only file of the second place."""
    (path,) = Path(plain_settings.TRAIL_COPY_DIR).glob("*.jsonl")
    return path


def tampered(sql, *params):
    """Do what a person with the database password could do."""
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def rewrite():
    """Every entry another reason, all hashes and heads right again."""
    drop_triggers()
    for chain in TrailHead.objects.values_list("chain", flat=True):
        previous = "0" * 64
        for entry in TrailEntry.objects.filter(chain=chain).order_by("seq"):
            entry.reason, entry.previous = "改写", previous
            entry.hash = previous = trail_hashing.entry_hash(entry)
            entry.save()
        TrailHead.objects.filter(chain=chain).update(hash=previous)


def test_an_hour_is_sealed_once_however_often_it_is_asked(house):
    assert seal().heads == TrailHead.objects.count()
    assert seal() is None
    assert hourly.seal_hour(now=NINE + timedelta(minutes=39)) is None
    assert TrailSeal.objects.count() == len(place().read_text().splitlines()) == 1


def test_the_sweep_does_it(house):
    sweep()
    sweep()
    assert TrailSeal.objects.count() == 1


def test_a_source_of_reminders_that_fails_stops_no_seal(house, monkeypatch):
    def fails(**_):
        raise RuntimeError("a source")

    monkeypatch.setattr(sweeping, "sweep", fails)
    with pytest.raises(RuntimeError, match="a source"):
        sweep()
    assert TrailSeal.objects.count() == 1


def test_two_at_once_make_one(house, monkeypatch):
    seal()
    monkeypatch.setattr(hourly, "_is_due", lambda now, last: True)

    def late(*args, **more):
        raise IntegrityError

    monkeypatch.setattr(TrailSeal, "save", late)
    assert seal(1) is None
    assert TrailSeal.objects.count() == 1


def test_the_next_hour_seals_what_grew_on_top_of_the_last(house):
    first = seal()
    write(house)
    second = seal(1)
    assert (second.number, second.previous, second.heads) == (2, first.root, 1)
    assert trail_checks.verify()["seals"] == 2


def test_after_an_outage_one_seal_covers_all_of_it(house):
    seal()
    write(house)
    assert seal(30).heads == 1
    assert trail_checks.verify()["unsealed"] == 0


def test_a_clock_set_back_is_no_alarm(house):
    seal()
    write(house)
    seal(-2)
    write(house)
    seal(1)
    assert trail_checks.verify()["ok"]


def test_nothing_is_sealed_before_there_is_anything(db):
    assert seal() is None


def test_what_is_not_sealed_yet_is_named(house):
    seal()
    write(house)
    result = trail_checks.verify()
    assert result["unsealed"] == 1
    assert "2026-11-03 17:20以后的1条还没有封存" in trail_checks.open_end(result)


def test_a_trail_rewritten_whole_is_found(house):
    seal()
    rewrite()
    assert "#" in trail_checks.verify()["first_broken"]


def test_rewritten_with_its_seal_it_is_found_by_the_signature(house):
    seal()
    rewrite()
    for point in SealedHead.objects.all():
        point.hash = TrailEntry.objects.get(chain=point.chain, seq=point.seq).hash
        point.save()
    points = SealedHead.objects.order_by("pk").values_list("chain", "seq", "hash")
    TrailSeal.objects.update(root=hourly.root_of("0" * 64, points))
    Path(place()).unlink()
    assert trail_checks.verify()["first_broken"] == "第1次封存"


def test_sealed_anew_with_our_key_it_is_found_in_the_second_place(house):
    """Whoever has the machine has the key too, but not the other disk."""
    seal()
    rewrite()
    SealedHead.objects.all().delete()
    TrailSeal.objects.all().delete()
    seal()
    assert trail_checks.verify()["first_broken"] == "第1次封存与第二处"


def test_a_seal_that_only_the_second_place_knows_is_found(house):
    seal()
    write(house)
    seal(1)
    tampered("DELETE FROM accounts_sealedhead WHERE seal_id = 2")
    tampered("DELETE FROM accounts_trailseal WHERE number = 2")
    assert trail_checks.verify()["first_broken"] == "第二处有的第2次封存"


def test_a_line_taken_out_of_the_second_place_is_found(house):
    for hour in range(3):
        write(house)
        seal(hour)
    lines = place().read_text().splitlines(keepends=True)
    place().write_text(lines[0] + lines[2])
    assert trail_checks.verify()["first_broken"] == "第2次封存与第二处"


def test_another_key_is_not_ours(house, keys):
    seal()
    (keys / trail_keys.NAME).unlink()
    keys.joinpath("trail").rmdir()
    assert "封存签名" in trail_checks.verify()["first_broken"]
    assert seal(1) is None  # a lost key is never made anew beside what it signed
    assert not health.sealed(NINE + 3 * HOUR).well


def test_a_key_that_was_given_up_for_lost_still_vouches_for_its_seals(house, keys):
    seal()
    (keys / trail_keys.NAME).unlink()
    trail_keys.begin_anew()
    write(house)
    assert seal(1).key != TrailSeal.objects.get(number=1).key
    assert trail_checks.verify()["ok"]


def test_a_second_place_that_cannot_be_written_is_told_and_made_up_for(house, settings, tmp_path):
    good = settings.TRAIL_COPY_DIR
    settings.TRAIL_COPY_DIR = tmp_path / "file"
    settings.TRAIL_COPY_DIR.write_text("not a folder")
    assert seal() is None or TrailSeal.objects.exists()
    assert TrailSeal.objects.count() == 1
    assert "写不进" in health.second().says
    assert "第二处" in trail_checks.open_end(trail_checks.verify())
    settings.TRAIL_COPY_DIR = good
    seal()
    assert "写不进" not in health.second().says
    assert trail_checks.verify()["second_place"] == ""


def test_a_line_cut_short_is_written_again(house):
    seal()
    place().write_text(place().read_text()[:40])
    seal()
    assert second_place.last() == 1
    assert trail_checks.verify()["ok"]


def test_after_a_restore_the_second_place_goes_on_beside_what_it_said_before(house):
    seal()
    write(house)
    seal(1)
    tampered("DELETE FROM accounts_sealedhead WHERE seal_id = 2")
    tampered("DELETE FROM accounts_trailseal WHERE number = 2")
    assert second_place.leave_room("20261103")
    assert [each.suffix for each in Path(plain_settings.TRAIL_COPY_DIR).iterdir()] == [".before-20261103"]
    seal(1)
    assert trail_checks.verify()["ok"]
    assert not second_place.leave_room("20261104")


def test_health_says_when_the_last_seal_is_old(house):
    assert health.sealed(NINE).well
    seal()
    assert health.sealed(NINE + HOUR).well
    late = health.sealed(NINE + 3 * HOUR)
    assert (late.well, late.grave) == (False, False) and "trail/sign.key" in late.says


def test_a_seal_looks_at_what_is_newer_than_the_one_before_the_last(house):
    first, second = seal(), seal(1)
    assert first.entry == second.entry == TrailEntry.objects.order_by("-pk").first().pk
    write(house)
    assert seal(2).heads == 1  # committed late: numbered before the last seal, seen after it


def test_what_was_hours_late_is_in_the_first_seal_of_the_next_day(house):
    seal(), seal(1)
    write(house)
    tampered("UPDATE accounts_trailseal SET entry = 1000000")
    assert seal(2).heads == 0
    assert seal(24).heads == 1
    assert trail_checks.verify()["ok"]


def test_a_days_root_by_its_heads_is_the_one_of_its_entries(house):
    for day in ("2026-11-03", "2026-11-04", "2026-11-05"):
        with time_machine.travel(datetime.fromisoformat(f"{day}T04:00:00+00:00")):
            write(house)
            write(house, house.neighbour if day == "2026-11-04" else house.handler)
    for day in (2, 3, 4, 5):
        asked = date(2026, 11, day)
        assert sealing.root_by_heads(asked) == sealing.root_of(asked)
    assert sealing.root_by_heads(date(2026, 11, 4))[:2] == (3, 4)
