"""An attachment that can't be read is named and holds up nothing: not the backup, the restore, the sweep."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import StoredFile
from accounts.services import file_sealing, files
from common.errors import Refused
from config.backups import copying, making, manifest, restoring
from reminders.services import heartbeats
from tests.config.test_backup_again import NOW, make, stored, upload_of

__all__ = ["stored"]
GOOD = b"%PDF-1.7 another"


@pytest.fixture
def other(stored, cast):
    """A second file, with which nothing is wrong."""
    agency = cast.handler.postings.first().agency
    return files.store(by=cast.handler, upload=upload_of(GOOD), agency=agency)


@pytest.fixture
def spoil(monkeypatch):
    """`spoil(path, how)`: a folder, a pipe, no rights, or a disk that gives an error in the middle."""
    real, broken = Path.open, {}

    def opened(path, mode="r", *rest, **more):
        if path in broken and "r" in mode:
            raise OSError(broken[path], os.strerror(broken[path]), str(path))
        return real(path, mode, *rest, **more)

    def do(path, how):
        if how in (errno.EIO, errno.EACCES):
            broken[path] = how
            monkeypatch.setattr(Path, "open", opened)
            return
        path.unlink()
        if how != "gone":
            path.mkdir() if how == "folder" else os.mkfifo(path)

    return do


HOWS = [errno.EIO, errno.EACCES, "folder", "pipe"]


@pytest.mark.parametrize("how", HOWS)
def test_a_backup_names_it_and_takes_the_rest(stored, other, spoil, tmp_path, capsys, how):
    spoil(files.path_of(stored.sha256), how)
    with pytest.raises(SystemExit) as ended:
        call_command("backup", tmp_path / "backup")
    assert ended.value.code == 1
    assert stored.sha256 in capsys.readouterr().err
    made = manifest.read(tmp_path / "backup")
    assert (list(made.files), made.unreadable) == ([other.sha256], [stored.sha256])
    assert making.file_in(tmp_path / "backup", other.sha256).read_bytes() == GOOD
    assert heartbeats.last(heartbeats.BACKUP_LACKING) == heartbeats.last(heartbeats.BACKUP)


@pytest.mark.parametrize("how", HOWS)
def test_one_that_the_backup_has_from_before_is_told_as_well(stored, other, spoil, tmp_path, how):
    make(tmp_path / "backup")
    spoil(files.path_of(stored.sha256), how)
    made = make(tmp_path / "backup", 1)
    assert (made.gone, made.unreadable) == ([stored.sha256], [])
    assert heartbeats.last(heartbeats.BACKUP_LACKING)


@pytest.mark.parametrize("how", [errno.EIO, errno.EACCES])
def test_one_that_can_not_be_read_in_the_backup_is_copied_anew(stored, spoil, tmp_path, how):
    make(tmp_path / "backup")
    kept = making.file_in(tmp_path / "backup", stored.sha256)
    before = kept.stat().st_ino
    spoil(kept, how)
    assert make(tmp_path / "backup", 1).unreadable == []
    assert kept.stat().st_ino != before


@pytest.mark.parametrize("how", [*HOWS, "gone"])
def test_a_restore_leaves_it_out_and_a_check_says_damaged(stored, spoil, tmp_path, how):
    make(tmp_path / "backup")
    files.path_of(stored.sha256).unlink()
    kept, made = making.file_in(tmp_path / "backup", stored.sha256), []
    spoil(kept, how)
    assert not restoring._put_file(tmp_path / "backup", stored.sha256, made)
    assert made == [] and not files.path_of(stored.sha256).exists()
    with pytest.raises(Refused, match="已损坏"):
        restoring._compare(kept, stored.sha256)


def test_a_place_that_is_taken_is_one_files_fault_and_a_full_disk_is_not(stored, tmp_path, monkeypatch):
    source, digest = files.path_of(stored.sha256), stored.sha256
    (tmp_path / "file").write_bytes(b"")
    assert not copying.copy_checked(source, tmp_path / "file" / "below", digest)
    (tmp_path / "folder").mkdir()
    assert not copying.copy_checked(source, tmp_path / "folder", digest)
    assert sorted(path.name for path in tmp_path.glob("f*")) == ["file", "files", "folder"]

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(copying.manifest, "sync", full)
    with pytest.raises(OSError, match="No space"):
        copying.copy_checked(source, tmp_path / "copy", digest)
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("how", HOWS[:3])
def test_a_page_and_the_sweep_meet_it_with_a_sentence(stored, spoil, how):
    StoredFile.objects.update(secret=True)
    spoil(files.path_of(stored.sha256), how)
    with pytest.raises(Refused, match="读不出来"):
        files.open_checked(stored)
    assert file_sealing.seal_waiting() == 0


def test_the_health_line_goes_when_a_backup_finds_all(stored, spoil, tmp_path):
    spoil(files.path_of(stored.sha256), "folder")
    make(tmp_path / "backup")
    files.path_of(stored.sha256).rmdir()
    files.path_of(stored.sha256).write_bytes(b"%PDF-1.7 paper")
    make(tmp_path / "backup", 1)
    assert heartbeats.last(heartbeats.BACKUP_LACKING) < NOW + timedelta(days=1)
