"""A backup into the same folder: mended, complete or loud, several generations, on the disk."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from accounts.services import files
from config import preflight
from config.backups import engines, making, manifest
from reminders.services import heartbeats

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def stored(cast, settings, tmp_path, monkeypatch):
    """A stored file of a house whose database dumps as one line."""
    settings.FILES_DIR = tmp_path / "files"
    settings.BACKUP_GENERATIONS = 3
    preflight.make_folders()
    monkeypatch.setattr(engines, "dump", lambda path: path.write_text(path.name) and {})
    upload = SimpleUploadedFile("立案.pdf", b"%PDF-1.7 paper")
    return files.store(by=cast.handler, upload=upload, agency=cast.handler.postings.first().agency)


def make(folder, day=0):
    """A backup of a day after the first."""
    return making.make(folder=folder, keys_folder=None, now=NOW + timedelta(days=day), say=str)


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
    assert f"有 1 个文件找不到或已损坏，没有备份：{stored.sha256}" in capsys.readouterr().err
    assert heartbeats.last(heartbeats.BACKUP_LACKING) == heartbeats.last(heartbeats.BACKUP)
    assert not list((tmp_path / "backup").rglob(".*"))


def test_a_file_that_only_the_backup_still_has_is_told_too(stored, tmp_path, capsys):
    make(tmp_path / "backup")
    files.path_of(stored.sha256).unlink()
    with pytest.raises(SystemExit) as ended:
        call_command("backup", tmp_path / "backup")
    assert ended.value.code == 1
    assert f"有 1 个文件在系统里找不到了，备份里还有：{stored.sha256}" in capsys.readouterr().err
    made = manifest.read(tmp_path / "backup")
    assert (list(made.files), made.unreadable) == ([stored.sha256], [])
    assert heartbeats.last(heartbeats.BACKUP_LACKING)


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
