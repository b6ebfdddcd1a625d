"""Making a backup while everybody goes on working."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from accounts.models import StoredFile, TrailRoot
from accounts.services.files import path_of
from common.errors import Refused
from config.backups import engines, keys, manifest
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
        made = _database(folder, now)
        # Files are never deleted, so those named now include all that the dump names.
        made = _files(folder, made)
        manifest.write(made, folder)
        _forget_older(folder)
        if keys_folder is not None:
            say(f"密钥 {keys.save(keys_folder)} 个，已另存到 {keys_folder}，请与备份分开保管。")
    except OSError as error:
        raise Refused(f"备份没有完成，写不进 {error.filename or folder}。请核对权限和磁盘空间。") from error
    heartbeats.beat(name=heartbeats.BACKUP, now=now)
    if made.unreadable or made.gone:
        heartbeats.beat(name=heartbeats.BACKUP_LACKING, now=now)
    return made


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
        keys=keys.present(),
        trail={"day": str(root.day), "root": root.root} if root else {},
    )


def _files(folder: Path, made: Manifest) -> Manifest:
    copied, unreadable, gone = {}, [], []
    digests = StoredFile.objects.order_by("sha256").values_list("sha256", flat=True).distinct()
    for sha256 in digests.iterator(chunk_size=2000):
        place = file_in(folder, sha256)
        if _is_whole(place, sha256) or _copy_checked(path_of(sha256), place, sha256):
            copied[sha256] = place.stat().st_size
            if not path_of(sha256).exists():
                gone.append(sha256)
        else:
            unreadable.append(sha256)
    return replace(made, files=copied, unreadable=unreadable, gone=gone)


def file_in(folder: Path, sha256: str) -> Path:
    """Where a backup keeps the file of this digest."""
    return folder / "files" / sha256[:2] / sha256


def _is_whole(path: Path, sha256: str) -> bool:
    return path.exists() and manifest.digest_of(path) == sha256


def _copy_checked(source: Path, place: Path, sha256: str) -> bool:
    """Copy a file if it is still what was stored, and comes out so; whether it was."""
    if not source.exists():
        return False
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.draft")
    try:
        shutil.copyfile(source, draft)
        if manifest.digest_of(draft) != sha256:
            return False
        manifest.sync(draft)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    manifest.sync(place.parent)
    return True


def _forget_older(folder: Path) -> None:
    """Keep the newest backups; and dumps that a backup which was broken off left behind go."""
    kept = manifest.generations(folder)[-settings.BACKUP_GENERATIONS :]
    for path in folder.glob("manifest-*.json"):
        if not any(path.name == manifest.name_of(each) for each in kept):
            path.unlink()
    for path in folder.glob("database-*"):
        if manifest.generation_of(path.name) not in kept:
            path.unlink()
