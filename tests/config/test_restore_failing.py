"""A restore that fails leaves database, files and keys as they were; one bad file blocks nothing."""

import shutil

import pytest
from django.utils import timezone

from common.errors import Refused
from config.backups import replacing
from tests.config.houses import IDENTITY, OPENED, SETUP, House, new_county

# A restore in which the last step before the exchange fails.
FAIL_LATE = (
    SETUP
    + """
import sys
from pathlib import Path
from django.utils import timezone
from config.backups import restoring
def fail(*_):
    raise OSError(28, "No space left on device", "somewhere")
restoring.key_marks.mark = fail
try:
    restoring.restore(
        restoring.Wish(Path(sys.argv[1]), Path(sys.argv[2]), force=True), now=timezone.now(), say=print
    )
except restoring.Refused as no:
    print(no.sentence)
"""
)
# A restore that is killed between the database's exchange and the keys'.
KILL_BETWEEN = (
    SETUP
    + """
import os, signal, sys
from pathlib import Path
from django.utils import timezone
from config.backups import keys, restoring
keys.take_staged = lambda now: os.kill(os.getpid(), signal.SIGKILL)
restoring.restore(
    restoring.Wish(Path(sys.argv[1]), Path(sys.argv[2]), force=True), now=timezone.now(), say=print
)
"""
)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The backup of a county, and its keys."""
    place = tmp_path_factory.mktemp("saved")
    new_county(place / "var").manage("backup", place / "data", "--keys", place / "keys")
    return place / "data", place / "keys"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Another county with data and keys of its own."""
    return new_county(tmp_path_factory.mktemp("kept") / "var", anew=True)


@pytest.fixture
def other(kept, tmp_path):
    """A copy of the other county."""
    return House(shutil.copytree(kept.folder, tmp_path / "var"))


def contents(house: House) -> dict:
    """Keys and files of a house, by name."""
    return {
        path.relative_to(house.folder): path.read_bytes()
        for folder in ("keys", "files")
        for path in (house.folder / folder).rglob("*")
        if path.is_file()
    }


def test_a_restore_that_fails_at_the_end_changes_nothing(other, saved):
    before, rows = contents(other), other.digests()
    said = other.run("-c", FAIL_LATE, str(saved[0]), str(saved[1]))
    assert "没有恢复，现有内容没有变动：somewhere 不能读写" in said
    assert contents(other) == before
    assert other.digests() == rows
    assert [path.name for path in other.folder.glob("*db.sqlite3*before*")] == []
    assert [path.name for path in other.folder.glob(".*")] == []


def test_a_damaged_database_changes_no_key(other, saved, tmp_path):
    copy = shutil.copytree(saved[0], tmp_path / "copy")
    next(copy.glob("database-*")).write_bytes(b"nothing")
    before = contents(other)
    assert "备份已损坏" in other.manage("restore", copy, "--keys", saved[1], "--force", code=2)
    assert contents(other) == before


@pytest.mark.parametrize("deed", ["damaged", "folder here"])
def test_a_bad_file_is_named_and_all_else_comes_back(saved, tmp_path, deed):
    copy = shutil.copytree(saved[0], tmp_path / "copy")
    bad = next(copy.glob("files/*/*"))
    empty = House(tmp_path / "var")
    here = empty.folder / "files" / bad.name[:2] / bad.name[2:4] / bad.name
    if deed == "damaged":
        bad.write_bytes(b"something else")
    else:
        here.mkdir(parents=True)
    said = empty.manage("restore", copy, "--keys", saved[1], code=1)
    assert "有 1 个文件没有恢复" in said and bad.name in said
    assert "全过程记录核对无误" in said
    assert not [path for path in (empty.folder / "files").rglob("*") if path.is_file()]
    assert "故障  附件" in empty.manage("health", code=1)
    if here.is_dir():
        here.rmdir()
    # A whole backup of the same content brings it back.
    empty.manage("restore", saved[0], "--force")
    assert empty.run("-c", OPENED) == f"{IDENTITY}\n%PDF-1.7 paper\n"


@pytest.mark.postgres
def test_on_postgresql_too_a_failed_restore_changes_nothing(saved, tmp_path, new_database, ready_database):
    grown = House(tmp_path / "grown", new_database("first"))
    grown.manage("restore", saved[0], "--keys", saved[1])
    grown.manage("backup", tmp_path / "copy")
    other = new_county(tmp_path / "var", ready_database("second"))
    before, rows = contents(other), other.digests()
    for backup in (tmp_path / "copy", saved[0]):
        said = other.run("-c", FAIL_LATE, str(backup), str(saved[1]))
        assert "没有恢复，现有内容没有变动：somewhere 不能读写" in said
        assert contents(other) == before
        assert other.digests() == rows
    other.manage("restore", tmp_path / "copy", "--keys", saved[1], "--force")
    assert other.run("-c", OPENED) == f"{IDENTITY}\n%PDF-1.7 paper\n"


def test_a_dump_for_which_there_was_no_room_is_not_left_behind(settings, tmp_path, monkeypatch):
    def half(path, **_):
        path.write_bytes(b"PGDMP")
        raise Refused("pg_dump 没有完成")

    settings.VAR_DIR = tmp_path
    (tmp_path / "database.before-20260101000000.draft").write_bytes(b"PG")  # of a restore that was killed
    monkeypatch.setattr(replacing.engines, "is_empty", lambda: False)
    monkeypatch.setattr(replacing.postgresql, "dump", half)
    restored = replacing._postgresql(tmp_path / "backup.dump", lambda path: None, timezone.now())
    with pytest.raises(Refused), restored:
        raise AssertionError("nothing was loaded")
    assert list(tmp_path.iterdir()) == []
