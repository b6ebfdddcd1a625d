"""Making a backup while everybody goes on working."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from accounts.models import StoredFile, TrailRoot
from accounts.services import key_marks
from accounts.services.file_sealing import seal_waiting
from accounts.services.files import path_of
from common.errors import Refused
from config import house_keys
from config.backups import copying, engines, keys, manifest
from config.backups.manifest import Manifest
from reminders.services import heartbeats


def make(*, folder: Path, keys_folder: Path | None, now: datetime, say: Callable[[str], None]) -> Manifest:
    """Back up into an empty folder or beside earlier backups; files whole there stay.

    The manifest comes last, when all else is on the disk, so the folder holds a whole backup at any
    moment; of earlier ones it keeps BACKUP_GENERATIONS in all. Raises Refused for a folder with
    other things in it or that can't be written.
    """
    _refuse_folder(folder)
    if keys_folder is not None:
        keys.refuse_together(folder, keys_folder)
    os.umask(0o077)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        seal_waiting()  # first: the dump names no plain file that must lie encrypted
        made = _database(folder, now)
        # No other files are ever deleted, so those named now include all that the dump names.
        made = _files(folder, made)
        manifest.write(made, folder)
        _forget_older(folder)
        if keys_folder is not None:
            say(f"密钥 {keys.save(keys_folder)} 个，已另存到 {keys_folder}，请与备份分开保管。")
    except OSError as error:
        raise Refused(f"备份没有完成，写不进 {error.filename or folder}。请核对权限和磁盘空间。") from error
    except Error as error:
        raise Refused(
            f"备份没有完成，数据库出错（{str(error).strip() or type(error).__name__}），以前的备份还在。"
            "请确认数据库正常，再备份一次。"
        ) from error
    _note(made, now, say)
    return made


def _note(made: Manifest, now: datetime, say: Callable[[str], None]) -> None:
    """For health; on a full disk the backup elsewhere is good all the same."""
    try:
        if wrong := house_keys.faults():
            say(f"密钥不对：{wrong}。备份里记下的是数据库认得的密钥，恢复时要用它们。请尽快放回密钥备份。")
        heartbeats.beat(name=heartbeats.BACKUP, now=now)
        if made.unreadable or made.gone:
            heartbeats.beat(name=heartbeats.BACKUP_LACKING, now=now)
    except Error:
        say("备份已经做好，但数据库写不进，没能记下备份时间。请核对磁盘空间。")


def _refuse_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} 不是目录，请换一个。")
    if folder.exists() and any(folder.iterdir()) and not (folder / manifest.NAME).exists():
        raise Refused(f"{folder} 里有别的东西，没有备份。请给一个空目录，或上次备份的目录。")
    for ours in (settings.FILES_DIR, settings.KEYS_DIR, settings.BROKER_DIR):
        if folder.resolve().is_relative_to(Path(ours).resolve()):
            raise Refused(f"不能备份到 {ours} 里面。请换一个目录，最好在另一块磁盘上。")


def _database(folder: Path, now: datetime) -> Manifest:
    name = f"database-{now:%Y%m%dT%H%M%S%f}.{engines.SUFFIX[connection.vendor]}"
    migrations = sorted(MigrationRecorder(connection).applied_migrations())
    try:
        rows = engines.dump(folder / name)
        manifest.sync(folder / name)
    except BaseException:
        (folder / name).unlink(missing_ok=True)
        raise
    manifest.sync(folder)
    root = TrailRoot.objects.order_by("-day").first()
    return Manifest(
        made_at=f"{timezone.localtime(now):%Y-%m-%d %H:%M}",
        engine=connection.vendor,
        database=name,
        database_sha256=manifest.digest_of(folder / name),
        migrations=[list(each) for each in migrations],
        rows=rows,
        files={},
        # A key that is lost or another's here is still the one that opens what is in this backup.
        keys={**keys.present(), **key_marks.marked()},
        trail={"day": str(root.day), "root": root.root} if root else {},
    )


def _files(folder: Path, made: Manifest) -> Manifest:
    copied, unreadable, gone = {}, [], []
    # Of an encrypted file the digest of what lies on the disk: no key is needed to copy and compare it.
    on_disk = Coalesce(NullIf("kept_as", Value("")), "sha256")
    digests = StoredFile.objects.order_by(on_disk).values_list(on_disk, flat=True).distinct()
    for sha256 in digests.iterator(chunk_size=2000):
        place = file_in(folder, sha256)
        ours = path_of(sha256)
        if copying.is_whole(place, sha256) or copying.copy_checked(ours, place, sha256):
            copied[sha256] = place.stat().st_size
            if not copying.is_whole(ours, sha256):
                gone.append(sha256)
        else:
            unreadable.append(sha256)
    return replace(made, files=copied, unreadable=unreadable, gone=gone)


def file_in(folder: Path, sha256: str) -> Path:
    """Where a backup keeps the file of this digest."""
    return folder / "files" / sha256[:2] / sha256


def _forget_older(folder: Path) -> None:
    """Keep the newest backups; what a broken-off one left behind and files that none of them names go."""
    newest = manifest.generations(folder)[-settings.BACKUP_GENERATIONS :]
    for path in folder.glob("manifest-*.json"):
        if not any(path.name == manifest.name_of(each) for each in newest):
            path.unlink()
    for path in folder.glob("database-*"):
        if manifest.generation_of(path.name) not in newest:
            path.unlink()
    _forget_files(folder, newest)


def _forget_files(folder: Path, generations: list[str]) -> None:
    """Files that no backup names any more: plain ones from before they had to lie encrypted."""
    try:
        named = {sha256 for each in generations for sha256 in manifest.read(folder, each).files}
    except Refused:
        return  # a manifest that can't be read may name any of them
    for path in (folder / "files").glob("*/*"):
        if path.name not in named:
            path.unlink()
