"""A backup into the same folder: mended, complete or loud, several generations, on the disk."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError

from accounts.services import files, key_marks
from common.errors import Refused
from config import preflight
from config.backups import engines, keys, making, manifest
from reminders.services import heartbeats

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def stored(cast, settings, tmp_path, monkeypatch):
    """A stored file of a house whose database dumps as one line."""
    settings.FILES_DIR = tmp_path / "files"
    settings.BACKUP_GENERATIONS = 3
    preflight.make_folders()
    monkeypatch.setattr(engines, "dump", lambda path: path.write_text(path.name) and {})
    upload = upload_of(b"%PDF-1.7 paper")
    return files.store(by=cast.handler, upload=upload, agency=cast.handler.postings.first().agency)


def upload_of(content):
    """A file as a form brings it."""
    return SimpleUploadedFile("立案.pdf", content)


def make(folder, day=0, say=str):
    """A backup of a day after the first."""
    return making.make(folder=folder, keys_folder=None, now=NOW + timedelta(days=day), say=say)


def test_a_file_damaged_in_the_backup_is_replaced(stored, tmp_path):
    made = make(tmp_path / "backup")
    kept = making.file_in(tmp_path / "backup", stored.sha256)
    kept.write_bytes(b"rot")
    again = make(tmp_path / "backup", 1)
    assert (made.unreadable, again.unreadable) == ([], [])
    assert kept.read_bytes() == b"%PDF-1.7 paper"


@pytest.mark.parametrize("deed", ["gone", "damaged"])
def test_a_missing_attachment_is_loud_and_health_tells(stored, tmp_path, capsys, deed):
    path = files.path_of(stored.sha256)
    path.unlink() if deed == "gone" else path.write_bytes(b"rot")
    with pytest.raises(SystemExit) as ended:
        call_command("backup", tmp_path / "backup")
    assert ended.value.code == 1
    assert f"有 1 个文件找不到、读不出来或已损坏，没有备份：{stored.sha256}" in capsys.readouterr().err
    assert heartbeats.last(heartbeats.BACKUP_LACKING) == heartbeats.last(heartbeats.BACKUP)
    assert not list((tmp_path / "backup").rglob(".*"))


def test_a_file_that_only_the_backup_still_has_is_told_too(stored, tmp_path, capsys):
    make(tmp_path / "backup")
    files.path_of(stored.sha256).unlink()
    with pytest.raises(SystemExit) as ended:
        call_command("backup", tmp_path / "backup")
    assert ended.value.code == 1
    assert f"有 1 个文件在系统里找不到或读不出来了，备份里还有：{stored.sha256}" in capsys.readouterr().err
    made = manifest.read(tmp_path / "backup")
    assert (list(made.files), made.unreadable) == ([stored.sha256], [])
    assert heartbeats.last(heartbeats.BACKUP_LACKING)


def test_an_original_that_rotted_is_told_while_the_backup_has_it_whole(stored, tmp_path, capsys):
    make(tmp_path / "backup")
    place = files.path_of(stored.sha256)
    place.write_bytes(place.read_bytes()[:-1] + b"?")
    with pytest.raises(SystemExit) as ended:
        call_command("backup", tmp_path / "backup")
    assert ended.value.code == 1 and stored.sha256 in capsys.readouterr().err


def test_the_last_generations_stay_and_each_has_its_database(stored, tmp_path):
    for day in range(5):
        made = make(tmp_path / "backup", day)
        (tmp_path / "backup" / "database-broken-off.dump").write_text("half")
    there = manifest.generations(tmp_path / "backup")
    assert [each[:8] for each in there] == ["20261122", "20261123", "20261124"]
    for each in there:
        database = tmp_path / "backup" / manifest.read(tmp_path / "backup", each).database
        assert database.read_text() == database.name
    assert manifest.read(tmp_path / "backup") == made


def test_everything_is_on_the_disk_before_the_manifest_is(stored, tmp_path, monkeypatch):
    synced, real = [], os.fsync

    def note(descriptor):
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    made = make(tmp_path / "backup")
    named = [path.removeprefix(str(tmp_path / "backup")).strip("/") for path in synced]
    manifests = named.index(f".{manifest.name_of(manifest.generation_of(made.database))}.draft")
    for path in (made.database, f"files/{stored.sha256[:2]}/.{stored.sha256}.draft", ""):
        assert path in named[:manifests]


def test_a_backup_names_the_keys_that_the_database_knows_also_when_one_is_lost(stored, tmp_path):
    said, marks = [], {**keys.present(), "fields/field-2.key": "0" * 64, "fields/index.key": "1" * 64}
    key_marks.mark(marks)
    assert make(tmp_path / "backup", say=said.append).keys == marks
    assert "密钥不对：fields/field-2.key 不见了；fields/index.key 不是这个数据库的。" in said[0]


def test_a_database_that_takes_no_more_makes_a_good_backup_no_failure(stored, tmp_path, monkeypatch):
    def full(**_):
        raise DatabaseError("database or disk is full")

    said = []
    monkeypatch.setattr(heartbeats, "beat", full)
    made = make(tmp_path / "backup", say=said.append)
    assert manifest.read(tmp_path / "backup") == made
    assert "备份已经做好" in said[-1]


def test_a_database_that_goes_away_meanwhile_ends_the_backup_with_a_sentence(stored, tmp_path, monkeypatch):
    def gone(_):
        raise DatabaseError("server closed the connection")

    first = make(tmp_path / "backup")
    monkeypatch.setattr(engines, "dump", gone)
    with pytest.raises(Refused, match="备份没有完成，数据库出错（server closed the connection）"):
        make(tmp_path / "backup", 1)
    assert manifest.read(tmp_path / "backup") == first
    assert len(list((tmp_path / "backup").glob("database-*"))) == 1
