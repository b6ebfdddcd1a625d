"""Putting a backup in the place of what is here; everything is checked before anything changes."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection

from accounts.services import sealing, trail_checks
from accounts.services.files import path_of
from common.errors import Refused
from config import preflight
from config.backups import crossing, engines, keys, manifest
from config.backups.making import file_in
from config.backups.manifest import Manifest


@dataclass(frozen=True)
class Wish:
    """Which backup, which keys, and what the person has agreed to lose."""

    folder: Path
    keys_folder: Path | None = None
    force: bool = False
    without_keys: bool = False


def check(wish: Wish) -> Manifest:
    """Read and compare every byte of a backup, and what it needs here; Refused where it fails."""
    backup = manifest.read(wish.folder)
    if newer := preflight.unknown_migrations([tuple(each) for each in backup.migrations]):
        raise Refused(f"这份备份由更新的程序制作（{'、'.join(newer)}），本程序读不了。请换用新版程序再恢复。")
    if backup.engine != connection.vendor and backup.engine != engines.SQLITE:
        raise Refused("这份备份来自 PostgreSQL，只能恢复到 PostgreSQL。请设好 DATABASE_URL。")
    _compare(wish.folder / backup.database, backup.database_sha256)
    for sha256 in backup.files:
        _compare(file_in(wish.folder, sha256), sha256)
    if not wish.without_keys:
        keys.check(backup.keys, wish.keys_folder)
    return backup


def _compare(path: Path, sha256: str) -> None:
    if not path.exists() or manifest.digest_of(path) != sha256:
        raise manifest.damaged(path.name)


def restore(wish: Wish, *, now: datetime, say: Callable[[str], None]) -> Manifest:
    """Check, then put keys, files and database back, bring the tables up to date, check again.

    Raises Refused, with nothing changed, for a damaged or newer backup, missing keys, a running
    system, or a house that isn't empty (unless forced); and, after restoring, for a trail that
    doesn't hold.
    """
    preflight.make_folders()
    backup = check(wish)
    with preflight.take_place():
        if not wish.force and not engines.is_empty():
            raise Refused(
                "这里已有数据，没有恢复。确要用备份替换现有数据的，请先备份现有数据，再加 --force。"
            )
        keys.put_back(backup.keys, wish.keys_folder, now)
        for sha256 in backup.files:
            _put_file(file_in(wish.folder, sha256), sha256)
        say(f"备份完好（制作于 {backup.made_at}），正在恢复。")
        _put_database(wish.folder / backup.database, backup, now)
    _prove(backup)
    return backup


def _put_file(source: Path, sha256: str) -> None:
    place = path_of(sha256)
    if place.exists() and manifest.digest_of(place) == sha256:
        return
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    shutil.copyfile(source, draft)
    draft.chmod(0o600)
    draft.replace(place)


def _put_database(path: Path, backup: Manifest, now: datetime) -> None:
    if backup.engine != connection.vendor:
        crossing.load_sqlite(path)
    else:
        engines.load(path, now)
        counts = engines.count_rows()
        wrong = [table for table, count in backup.rows.items() if counts.get(table) != count]
        if wrong:
            raise Refused(f"恢复后的行数与备份不符（{'、'.join(wrong)}）。请换一份备份再恢复。")
        call_command("migrate", verbosity=0, interactive=False)
    # Whoever was signed in then signs in again.
    Session.objects.all().delete()


def _prove(backup: Manifest) -> None:
    """The restored trail holds, and comes out at the root that left the machine with the backup."""
    broken = trail_checks.first_broken()
    if not broken and backup.trail:
        day = date.fromisoformat(backup.trail["day"])
        broken = "" if sealing.root_of(day)[2] == backup.trail["root"] else str(day)
    if broken:
        raise Refused(
            f"数据已恢复，但全过程记录在 {broken} 处对不上，制作备份之前数据可能被改动过。"
            "请保留这份备份，报告审计管理员。"
        )
