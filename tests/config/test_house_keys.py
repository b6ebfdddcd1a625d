"""Lost or foreign keys stop the start with a sentence, and none are made anew beside data."""

import re
import shutil

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import KeyMark
from accounts.services import files, hourly, key_marks, secrets, trail
from common.crypto import Keyring
from common.errors import Refused
from common.keyfiles import KeyringError, write_key
from config import health, house_keys
from config.backups import keys
from registry.models import Party
from registry.services.sealing import identity_of, set_identity
from tests.config.houses import IDENTITY, OPENED, House, new_county
from tests.config.test_restore_failing import KILL_BETWEEN

NOW = timezone.now()
NUMBER = "11010519491231002X"
START = ("serve", "--no-serve")


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """A county with sealed values."""
    return new_county(tmp_path_factory.mktemp("county") / "var")


@pytest.fixture
def house(county, tmp_path):
    """A copy of it whose keys a test may lose."""
    return House(shutil.copytree(county.folder, tmp_path / "var"))


def test_a_new_house_has_its_keys_and_their_fingerprints_from_the_start(county):
    here = sorted(path.name for path in (county.folder / "keys" / "fields").iterdir())
    assert here == ["field-1.key", "index.key"]
    assert (county.folder / "keys" / "trail" / "sign.key").exists()
    assert county.digests()["accounts.KeyMark"][0] == 3
    county.manage(*START)


@pytest.mark.parametrize("lost", ["fields/index.key", "fields/field-1.key", "trail/sign.key"])
def test_a_lost_key_stops_the_start(house, lost):
    (house.folder / "keys" / lost).unlink()
    assert f"密钥不对，没有启动：{lost} 不见了。" in house.manage(*START, code=2)
    assert not (house.folder / "keys" / lost).exists()


def test_all_keys_lost_stop_the_start_and_none_are_made(house):
    shutil.rmtree(house.folder / "keys")
    said = house.manage(*START, code=2)
    assert "fields/field-1.key 不见了；fields/index.key 不见了" in said
    assert not (house.folder / "keys" / "fields").exists()
    # Not by a page either, which a unit of its own serves.
    said = house.run("-c", "import config.wsgi", code=3)
    assert "密钥不对，没有启动" in said
    house.run("-c", OPENED, code=1)
    assert not (house.folder / "keys" / "fields").exists()


def test_a_foreign_key_stops_the_start(house, tmp_path):
    (house.folder / "keys" / "fields" / "index.key").write_text("QUJD\n")
    assert "fields/index.key 不是这个数据库的" in house.manage(*START, code=2)


def test_what_was_agreed_to_be_lost_is_made_anew(house, tmp_path):
    house.manage("backup", tmp_path / "backup")
    shutil.rmtree(house.folder / "keys")
    house.manage("restore", tmp_path / "backup", "--force", "--without-keys")
    house.manage(*START)
    # What was sealed with the lost key still counts.
    assert "封存1次" in house.manage("verify_trail")


def test_a_restore_killed_between_database_and_keys_is_finished_by_the_start(county, house, tmp_path):
    place = tmp_path / "saved"
    county.manage("backup", place / "data", "--keys", place / "keys")
    other = new_county(tmp_path / "other", anew=True)
    assert other.run("-c", OPENED) == f"{IDENTITY}\n%PDF-1.7 paper\n"
    other.run("-c", KILL_BETWEEN, str(place / "data"), str(place / "keys"), code=-9)
    assert keys.present(other.folder / "keys") != keys.present(county.folder / "keys")
    other.manage(*START)
    assert keys.present(other.folder / "keys") == keys.present(county.folder / "keys")
    assert other.run("-c", OPENED) == f"{IDENTITY}\n%PDF-1.7 paper\n"
    assert other.digests() == county.digests()


@pytest.fixture
def unmarked(cast, settings, tmp_path):
    """A house in use from before there were fingerprints, with keys of its own; the folder of keys."""
    settings.KEYS_DIR = tmp_path / "keys"
    Keyring.create(settings.KEYS_DIR / "fields")
    write_key(settings.KEYS_DIR / "beside.key")
    assert not KeyMark.objects.exists()
    return settings.KEYS_DIR


@pytest.mark.parametrize("lost", ["fields", "fields/index.key", "fields/field-1.key"])
def test_without_fingerprints_too_none_are_made_beside_data(unmarked, lost):
    path = unmarked / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(Refused, match=r"没有启动：fields/.*不见了"):
        house_keys.settle(NOW)
    with pytest.raises(Refused, match="不见了"):
        house_keys.check()
    assert not path.exists() and not KeyMark.objects.exists()
    assert house_keys.faults() and not health.own_keys().well


def test_a_key_that_can_not_be_read_is_told_as_such(unmarked):
    house_keys.settle(NOW)
    (unmarked / "fields" / "index.key").unlink()
    (unmarked / "fields" / "index.key").mkdir()
    assert health.own_keys().says.startswith("fields/index.key 读不出来，请核对属主和权限")
    KeyMark.objects.all().delete()
    with pytest.raises(Refused, match=r"没有启动：fields/index\.key 读不出来"):
        house_keys.settle(NOW)


def test_without_fingerprints_a_lost_signing_key_is_missed_where_there_are_seals(unmarked, cast):
    house_keys.settle(NOW)
    with transaction.atomic():
        trail.record(by=cast.handler, act="test", label="存入", thing=cast.county)
    hourly.seal_hour(now=timezone.now())
    KeyMark.objects.all().delete()
    (unmarked / "trail" / "sign.key").unlink()
    with pytest.raises(Refused, match=r"没有启动：trail/sign\.key 不见了"):
        house_keys.settle(NOW)


@pytest.mark.parametrize("name", ["fields/index.key", "fields/field-1.key", "trail/sign.key"])
def test_without_fingerprints_a_foreign_key_is_noticed_by_what_it_does_not_open(unmarked, cast, name):
    house_keys.settle(NOW)
    set_identity(
        party := Party(agency=cast.county, name="王某", name_fold="王某"), identity_of("person", NUMBER)
    )
    party.save()
    with transaction.atomic():
        files.store(by=cast.handler, upload=SimpleUploadedFile("a.pdf", b"%PDF-1.7"), secret=True)
        trail.record(by=cast.handler, act="test", label="存入", thing=cast.county)
    hourly.seal_hour(now=timezone.now())
    KeyMark.objects.all().delete()
    (unmarked / name).unlink()
    write_key(unmarked / name)
    for start in (house_keys.check, lambda: house_keys.settle(NOW)):
        with pytest.raises(Refused, match=f"没有启动：{re.escape(name)} 不是这个数据库的"):
            start()
    assert not KeyMark.objects.exists() and not health.own_keys().well


def test_a_damaged_row_accuses_no_key_that_opens_others(unmarked, cast):
    house_keys.settle(NOW)
    parties = [Party(agency=cast.county, name=name, name_fold=name) for name in ("甲", "乙")]
    for party in parties:
        set_identity(party, identity_of("person", NUMBER))
        party.save()
    Party.objects.filter(pk=parties[0].pk).update(
        identity_sealed=parties[1].identity_sealed, identity_index="0"
    )
    KeyMark.objects.all().delete()
    house_keys.settle(NOW)
    assert KeyMark.objects.exists()


def test_a_house_from_before_fingerprints_gets_them_at_its_start(unmarked):
    house_keys.settle(NOW)
    assert {"fields/index.key", "fields/field-1.key", "trail/sign.key"} <= set(key_marks.marked())
    (unmarked / "fields" / "index.key").write_text("QUJD\n")
    assert health.own_keys().says.startswith("fields/index.key 不是这个数据库的")


def test_a_page_makes_no_keys_beside_a_database_that_has_some(db, settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    KeyMark.objects.create(name="fields/index.key", fingerprint="0" * 64)
    for make in (secrets.ring, secrets.make_first):
        with pytest.raises(KeyringError):
            make()
    with pytest.raises(Refused, match="不见了"):
        house_keys.check()
    assert not settings.KEYS_DIR.exists()


@pytest.mark.postgres
def test_lost_keys_stop_the_start_on_postgresql_too(tmp_path, ready_database):
    grown = new_county(tmp_path / "var", ready_database("keys"))
    shutil.rmtree(tmp_path / "var" / "keys")
    assert "没有启动" in grown.manage(*START, code=2)
    assert "没有启动" in grown.run("-m", "celery", "--app", "config", "worker", code=3)
