"""A backup is worth what its restore brings back: tried whole, in both setups."""

import json
import shutil

import pytest

from common.digests import digest_of
from common.errors import Refused
from config.backups import keys, manifest, restoring
from config.backups.restoring import Wish
from tests.config.houses import IDENTITY, OPENED, SETUP, House, new_county

ADD_PERSON = (
    SETUP
    + """
from accounts.models import User
User.objects.create_user("lisi", "李四")
"""
)
LOAD_HALF = (
    SETUP
    + """
import sys
from pathlib import Path
from config.backups import postgresql
postgresql.load(Path(sys.argv[1]))
"""
)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """An embedded county with data."""
    return new_county(tmp_path_factory.mktemp("county") / "var")


@pytest.fixture(scope="module")
def saved(county, tmp_path_factory):
    """Its backup and its keys: (folder, keys folder)."""
    place = tmp_path_factory.mktemp("backup")
    said = county.manage("backup", place / "data", "--keys", place / "keys")
    assert "文件 1 个" in said
    return place / "data", place / "keys"


@pytest.fixture
def copy(saved, tmp_path):
    """A copy of the backup that a test may spoil."""
    return shutil.copytree(saved[0], tmp_path / "copy")


def test_a_restored_county_has_the_same_rows_files_and_secrets(county, saved, tmp_path):
    other = House(tmp_path / "var")
    said = other.manage("restore", saved[0], "--keys", saved[1])
    assert "全过程记录核对无误" in said
    assert other.digests() == county.digests()
    assert other.run("-c", OPENED) == f"{IDENTITY}\n%PDF-1.7 paper\n"
    # The key that signs came along, and digests come out again from the restored rows.
    assert json.loads(other.manage("verify_trail", "--json", "--files"))["ok"]
    open_to_others = [path for path in other.folder.rglob("*") if path.stat().st_mode & 0o077]
    assert open_to_others == []
    # The restored tables refuse what they refused before.
    tamper = "UPDATE accounts_trailentry SET reason = 'x'"
    assert "append-only" in other.run(
        "-c",
        "import django; django.setup()\nfrom django.db import connection\n"
        f'connection.cursor().execute("{tamper}")',
        code=1,
    )

    refused = other.manage("restore", saved[0], code=2)
    assert refused.startswith("这里已有数据，没有恢复。")
    other.manage("restore", saved[0], "--force")
    assert len(list(other.folder.glob("db.sqlite3.before-*"))) == 1


@pytest.mark.postgres
def test_the_county_moves_to_postgresql_and_is_restored_there(county, saved, tmp_path, new_database):
    grown = House(tmp_path / "grown", new_database("grown"))
    grown.manage("restore", saved[0], "--keys", saved[1])
    assert grown.digests() == county.digests()
    assert json.loads(grown.manage("verify_trail", "--json", "--files"))["ok"]
    # New rows go on after the old ones.
    grown.run("-c", ADD_PERSON)

    place = tmp_path / "backup"
    grown.manage("backup", place)
    before = grown.digests()
    other = House(tmp_path / "other", new_database("other"))
    other.manage("restore", place, "--keys", saved[1])
    assert other.digests() == before
    assert other.run("-c", OPENED) == f"{IDENTITY}\n%PDF-1.7 paper\n"

    assert other.manage("restore", place, code=2).startswith("这里已有数据，没有恢复。")
    other.manage("restore", place, "--force")
    assert other.digests() == before

    whole = next(place.glob("database-*")).read_bytes()
    (tmp_path / "half").write_bytes(whole[: len(whole) * 2 // 3])
    assert "没有完成，数据库没有变动" in other.run("-c", LOAD_HALF, str(tmp_path / "half"), code=1)
    assert other.digests() == before


def test_a_backup_without_its_keys_is_refused_and_can_be_forced_without(saved, tmp_path):
    other = House(tmp_path / "var")
    refused = other.manage("restore", saved[0], code=2)
    assert "恢复还需要制作备份时的密钥：fields/field-1.key、fields/index.key、trail/sign.key。" in refused
    assert not (other.folder / "db.sqlite3").exists()
    other.manage("restore", saved[0], "--without-keys")


def test_no_key_lies_in_a_backup(county, saved):
    secrets = {path.read_bytes() for path in (county.folder / "keys").rglob("*.key")}
    assert len(secrets) == 4
    held = {path.read_bytes() for path in saved[0].rglob("*") if path.is_file()}
    assert not secrets & held
    assert "密钥不能和备份放在一起" in county.manage("backup", saved[0], "--keys", saved[0] / "keys", code=2)


def test_the_same_folder_again_holds_the_newest_backup_beside_the_earlier(county, copy):
    first = manifest.read(copy)
    county.manage("backup", copy)
    assert len(list(copy.glob("database-*"))) == 2
    restoring.check(Wish(copy, without_keys=True))
    assert manifest.read(copy).made_at >= first.made_at
    earlier = manifest.generation_of(first.database)
    assert restoring.check(Wish(copy, without_keys=True, generation=earlier)) == first


def test_a_folder_with_other_things_is_not_touched(county, tmp_path):
    (tmp_path / "letter.txt").write_text("x")
    assert "里有别的东西，没有备份" in county.manage("backup", tmp_path, code=2)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("pattern", ["database-*", "files/*/*", "manifest.json"])
@pytest.mark.parametrize("deed", ["changed", "gone"])
def test_a_damaged_backup_is_refused(copy, pattern, deed):
    victim = next(copy.glob(pattern))
    if deed == "gone":
        victim.unlink()
    else:
        content = victim.read_bytes()
        middle = len(content) // 2
        victim.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    with pytest.raises(Refused, match="已损坏|里没有备份"):
        restoring.check(Wish(copy, without_keys=True))


@pytest.mark.parametrize(
    "newer",
    [{"format": manifest.FORMAT + 1}, {"migrations": [["accounts", "9999_from_the_future"]]}],
    ids=["format", "migration"],
)
def test_a_backup_of_a_newer_program_is_refused(copy, newer):
    path = copy / manifest.NAME
    content = json.loads(path.read_bytes())
    del content["sha256"]
    content.update(newer)
    content["sha256"] = digest_of(content)
    path.write_text(json.dumps(content))
    with pytest.raises(Refused, match="请换用新版程序"):
        restoring.check(Wish(copy, without_keys=True))


def test_a_wrong_key_of_the_right_name_is_not_taken(saved, tmp_path):
    wanted = manifest.read(saved[0]).keys
    wrong = shutil.copytree(saved[1], tmp_path / "wrong")
    (wrong / "fields" / "index.key").write_text("another")
    with pytest.raises(Refused, match=r"密钥：fields/index\.key。"):
        keys.check(wanted, wrong)
