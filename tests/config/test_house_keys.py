"""Lost or foreign keys stop the start with a sentence, and none are made anew beside data."""

import shutil

import pytest

from accounts.models import KeyMark
from accounts.services import secrets
from common.errors import Refused
from common.keyfiles import KeyringError
from config import house_keys
from config.backups import keys
from tests.config.houses import IDENTITY, OPENED, House, new_county
from tests.config.test_restore_failing import KILL_BETWEEN

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
    assert county.digests()["accounts.KeyMark"][0] == 2
    county.manage(*START)


@pytest.mark.parametrize("lost", ["fields/index.key", "fields/field-1.key"])
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


def test_a_restore_killed_between_database_and_keys_is_finished_by_the_start(county, house, tmp_path):
    place = tmp_path / "saved"
    county.manage("backup", place / "data", "--keys", place / "keys")
    other = new_county(tmp_path / "other")
    assert other.run("-c", OPENED) == f"{IDENTITY}\n%PDF-1.7 paper\n"
    other.run("-c", KILL_BETWEEN, str(place / "data"), str(place / "keys"), code=-9)
    assert keys.present(other.folder / "keys") != keys.present(county.folder / "keys")
    other.manage(*START)
    assert keys.present(other.folder / "keys") == keys.present(county.folder / "keys")
    assert other.run("-c", OPENED) == f"{IDENTITY}\n%PDF-1.7 paper\n"
    assert other.digests() == county.digests()


def test_a_page_makes_no_keys_beside_a_database_that_has_some(db, settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    KeyMark.objects.create(name="fields/index.key", fingerprint="0" * 64)
    with pytest.raises(KeyringError, match="请放回密钥备份"):
        secrets.ring()
    with pytest.raises(Refused, match="不见了"):
        house_keys.check()


@pytest.mark.postgres
def test_lost_keys_stop_the_start_on_postgresql_too(tmp_path, new_database):
    grown = new_county(tmp_path / "var", new_database("keys"))
    shutil.rmtree(tmp_path / "var" / "keys")
    assert "没有启动" in grown.manage(*START, code=2)
    assert "没有启动" in grown.run("-m", "celery", "--app", "config", "worker", code=3)
