"""What goes wrong around the exchange of database and keys: never half, and said; the start goes on."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import Error, OperationalError
from django.utils import timezone

from accounts.models import KeyMark
from accounts.services import key_marks
from common.crypto import Keyring
from common.errors import Refused
from config import health, house_keys
from config.backups import keys, replacing, restoring
from config.backups.replacing import LeftHalfway

NOW = timezone.now()


def fail(*_, **__):
    """What a disk says that can't."""
    raise OSError(errno.EIO, os.strerror(errno.EIO), "somewhere")


@pytest.fixture
def restored(settings, tmp_path, db):
    """The database is the backup's already; its keys lie ready beside another house's. (ours, theirs)"""
    settings.KEYS_DIR = tmp_path / "keys"
    Keyring.create(settings.KEYS_DIR / "fields")
    Keyring.create(tmp_path / "saved" / "fields")
    ours, theirs = keys.present(), keys.present(tmp_path / "saved")
    with keys.staged(theirs, tmp_path / "saved"):
        key_marks.mark(theirs)
    return ours, theirs


@pytest.mark.parametrize("fails_at", ["link", "replace", "second replace"])
def test_keys_that_can_not_be_put_in_place_wait_for_the_next_start(restored, monkeypatch, fails_at):
    ours, theirs = restored
    real, moved = Path.replace, []

    def move(path, target):
        moved.append(path)
        if len(moved) == (2 if fails_at == "second replace" else 1):
            fail()
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(keys.os, "link", fail) if fails_at == "link" else patch.setattr(Path, "replace", move)
        with pytest.raises(Refused, match="数据库已经恢复，密钥还没有全部放到位：somewhere 不能读写"):
            house_keys.take_staged(NOW)
    assert health.own_keys().says.startswith("上次恢复的密钥还没有放到位")
    # A page or a worker by itself says what to do, and doesn't begin.
    with pytest.raises(Refused, match="上次恢复还没有做完，请运行 manage.py serve --no-serve"):
        house_keys.check()
    house_keys.settle(timezone.now())
    assert theirs.items() <= keys.present().items()
    assert keys.waiting() == {} and health.own_keys().well
    kept = Path(configured.KEYS_DIR).glob(".before-*/**/*.key")
    assert {path.name for path in kept} == {"index.key", "field-1.key"}, "ours aren't lost"


def test_another_restore_first_ends_what_the_earlier_left(restored, monkeypatch):
    monkeypatch.setattr(restoring.engines, "is_empty", lambda: False)
    restoring._finish_earlier(NOW)
    assert keys.present() == restored[1] and keys.waiting() == {}


def test_keys_of_which_nothing_says_whose_they_are_stop_the_start(restored, cast):
    KeyMark.objects.all().delete()
    with pytest.raises(Refused, match="请再恢复一次"):
        house_keys.settle(NOW)
    assert keys.present() == restored[0] and keys.waiting()


@pytest.mark.parametrize("error", [OperationalError("server closed the connection"), OSError(5, "no", "x")])
def test_an_error_before_the_exchange_is_a_sentence(monkeypatch, error):
    def replace_all(*_):
        raise error

    monkeypatch.setattr(restoring, "_replace_all", replace_all)
    with pytest.raises(Refused, match="没有恢复，现有内容没有变动"):
        restoring._replaced(restoring.Wish(Path("backup")), None, NOW)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A database with a log that can't be written into it."""

    def broken(_):
        raise sqlite3.DatabaseError("malformed")

    monkeypatch.setattr(replacing.sqlite3, "connect", broken)
    path = tmp_path / "db.sqlite3"
    path.write_bytes(b"old")
    (tmp_path / "db.sqlite3-wal").write_bytes(b"log")
    return path


@pytest.mark.parametrize("where", ["link", "rename"])
def test_a_database_that_can_not_be_exchanged_has_its_names_again(place, monkeypatch, where):
    with monkeypatch.context() as patch:
        patch.setattr(*((replacing.os, "link") if where == "link" else (Path, "rename")), fail)
        with pytest.raises(OSError, match="somewhere"), replacing._set_aside(place, NOW):
            raise AssertionError("not reached")
    with pytest.raises(OSError, match="somewhere"), replacing._set_aside(place, NOW):
        fail()
    assert {path.name: path.read_bytes() for path in place.parent.iterdir()} == {
        "db.sqlite3": b"old",
        "db.sqlite3-wal": b"log",
    }


def test_a_database_in_its_place_stays_though_its_folder_can_not_be_synced(tmp_path, monkeypatch):
    for name in ("old", "new"):
        with sqlite3.connect(tmp_path / name) as made:
            made.execute(f"CREATE TABLE {name} (x)")
    monkeypatch.setitem(replacing.connection.settings_dict, "NAME", str(tmp_path / "old"))
    monkeypatch.setattr(replacing.connections, "close_all", lambda: None)
    real = replacing.manifest.sync
    monkeypatch.setattr(replacing.manifest, "sync", lambda path: fail() if path == tmp_path else real(path))
    with replacing._sqlite(tmp_path / "new", NOW):
        pass
    with sqlite3.connect(tmp_path / "old") as asked:
        assert asked.execute("SELECT name FROM sqlite_master").fetchall() == [("new",)]


@pytest.mark.parametrize("no", [Refused("psql"), Error("gone")])
def test_where_the_old_content_can_not_be_put_back_keys_and_files_stay_for_the_start(
    restored, settings, tmp_path, monkeypatch, no
):
    loaded = []

    def load(path):
        loaded.append(path)
        if len(loaded) > 1:
            raise no

    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(replacing.engines, "is_empty", lambda: False)
    monkeypatch.setattr(replacing.postgresql, "dump", lambda path: path.write_bytes(b"PGDMP"))
    monkeypatch.setattr(replacing.postgresql, "load", load)
    paper = tmp_path / "paper"
    paper.write_bytes(b"new")
    with (
        pytest.raises(LeftHalfway, match="原来的内容在 .*database.before-"),
        restoring._taken_back_on_failure() as made,
        keys.staged(restored[1], tmp_path / "saved"),
        replacing._postgresql(tmp_path / "dump", load, NOW),
    ):
        made.append(paper)
        raise OperationalError("the server has gone")
    assert keys.waiting() == restored[1]
    assert paper.exists() and len(list(tmp_path.glob("database.before-*"))) == 1
