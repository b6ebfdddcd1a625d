"""Putting a backup in the place of what is here; whatever fails leaves everything as it was.

Files come first: they lie under their digest and disturb nobody. The database is made ready beside
ours. Keys lie ready too, and take their place right after the database took its own; a start that
finds them still lying there goes by the fingerprints in the database (config/house_keys.py).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import Error, connection

from accounts.services import key_marks, sealing, second_place, taking_up, trail_checks
from accounts.services.file_sealing import seal_waiting
from accounts.services.files import path_of
from common.errors import Refused
from config import holding, house_keys, preflight
from config.backups import copying, engines, keys, manifest, replacing
from config.backups.making import file_in
from config.backups.manifest import Manifest
from config.backups.replacing import LeftHalfway
from reminders.services import heartbeats


@dataclass(frozen=True)
class Wish:
    """Which backup, which keys, and what the person has agreed to lose."""

    folder: Path
    keys_folder: Path | None = None
    force: bool = False
    without_keys: bool = False
    generation: str = ""


@dataclass(frozen=True)
class Restored:
    """What came back; `lacking` are the SHA-256 of files that are whole neither here nor in the backup,
    or that could not be put here."""

    manifest: Manifest
    lacking: list[str]


def check(wish: Wish) -> Manifest:
    """Read and compare every byte of a backup, and what it needs here; Refused where it fails."""
    backup = _check_database(wish)
    for sha256 in backup.files:
        _compare(file_in(wish.folder, sha256), sha256)
    return backup


def _check_database(wish: Wish) -> Manifest:
    backup = manifest.read(wish.folder, wish.generation)
    if newer := preflight.unknown_migrations([tuple(each) for each in backup.migrations]):
        raise Refused(f"这份备份由更新的程序制作（{'、'.join(newer)}），本程序读不了。请换用新版程序再恢复。")
    if backup.engine != connection.vendor and backup.engine != engines.SQLITE:
        raise Refused("这份备份来自 PostgreSQL，只能恢复到 PostgreSQL。请设好 DATABASE_URL。")
    _compare(wish.folder / backup.database, backup.database_sha256)
    if not wish.without_keys:
        keys.check(backup.keys, wish.keys_folder)
    return backup


def _compare(path: Path, sha256: str) -> None:
    if not copying.is_whole(path, sha256):
        raise manifest.damaged(path.name)


def restore(wish: Wish, *, now: datetime, say: Callable[[str], None]) -> Restored:
    """Check, put files, database and keys in place, bring the tables up to date, check again.

    Raises Refused, with nothing changed, for a damaged or newer backup, missing keys, a running
    system, a house that isn't empty (unless forced), or anything that fails on the way; and, after
    restoring, for a trail that doesn't hold. A damaged file holds up nothing and is named.
    """
    preflight.make_folders()
    preflight.take_time()
    backup = _check_database(wish)
    with holding.alone():
        _finish_earlier(now)
        if not wish.force and not engines.is_empty():
            raise Refused(
                "这里已有数据，没有恢复。确要用备份替换现有数据的，请先备份现有数据，再加 --force。"
            )
        say(f"备份的数据库完好（制作于 {backup.made_at}），正在恢复。")
        lacking = _replaced(wish, backup, now)
        # From here on what fails is said, and the next start or sweep goes on with it.
        try:
            house_keys.take_staged(now)
        finally:
            _make_room(now, say)
        _seal_waiting(say)
    _prove(backup)
    return Restored(backup, lacking)


def _finish_earlier(now: datetime) -> None:
    """What an earlier restore left half-way is ended first: this one may fail and change nothing."""
    if not engines.is_empty():
        with suppress(Error):  # a database that can't be asked has no keys to go by
            house_keys.finish(now)


def _replaced(wish: Wish, backup: Manifest, now: datetime) -> list[str]:
    try:
        return _replace_all(wish, backup, now)
    except OSError as error:
        raise Refused(
            f"没有恢复，现有内容没有变动：{error.filename or wish.folder} 不能读写。请核对权限和磁盘空间。"
        ) from error
    except Error as error:
        raise Refused(
            f"没有恢复，现有内容没有变动：数据库出错（{str(error).strip() or type(error).__name__}）。"
            "请确认数据库正常、磁盘有空间，再恢复一次。"
        ) from error


def _replace_all(wish: Wish, found: Manifest, now: datetime) -> list[str]:
    with _taken_back_on_failure() as made, keys.staged(found.keys, wish.keys_folder):
        lacking = [sha256 for sha256 in found.files if not _put_file(wish.folder, sha256, made)]
        lacking += [each for each in found.unreadable if not copying.is_whole(path_of(each), each)]
        with replacing.replaced(wish.folder / found.database, found.engine, now):
            _make_ready(wish, found)
            if lacking:
                heartbeats.beat(name=heartbeats.BACKUP_LACKING, now=now)
    return sorted(lacking)


def _make_ready(wish: Wish, found: Manifest) -> None:
    if found.engine == connection.vendor:
        counts = engines.count_rows()
        wrong = [table for table, count in found.rows.items() if counts.get(table) != count]
        if wrong:
            raise Refused(f"备份里的行数与制作时不符（{'、'.join(wrong)}），没有恢复。请换一份备份再恢复。")
        call_command("migrate", verbosity=0, interactive=False)
    if wish.without_keys and not keys.enough(found.keys, wish.keys_folder):
        house_keys.begin_anew()
    else:
        key_marks.mark(found.keys)
    taking_up.take_up()
    # Whoever was signed in then signs in again.
    Session.objects.all().delete()


def _make_room(now: datetime, say: Callable[[str], None]) -> None:
    """The second place goes on from the restored trail; what it said of the one before stays beside."""
    try:
        if second_place.leave_room(f"{now:%Y%m%d%H%M%S}"):
            say("第二处的封存记录比备份新，已改名另存（.before-…），请交审计管理员保管。")
    except OSError:
        say(f"{settings.TRAIL_COPY_DIR} 里的封存记录没能改名另存，请核对权限。")


def _seal_waiting(say: Callable[[str], None]) -> None:
    try:
        seal_waiting()
    except OSError:
        say(f"有附件还没有加密，{settings.FILES_DIR} 写不进。请核对磁盘空间；启动后会自动接着加密。")


@contextmanager
def _taken_back_on_failure() -> Iterator[list[Path]]:
    """A list of files that go again when the block fails and is taken back."""
    made: list[Path] = []
    try:
        yield made
    except LeftHalfway:
        raise
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def _put_file(folder: Path, sha256: str, made: list[Path]) -> bool:
    """Put one file of a backup in its place; False where it isn't, or can't be, what was backed up."""
    place = path_of(sha256)
    if copying.is_whole(place, sha256):
        return True
    there = os.path.lexists(place)
    if not copying.copy_checked(file_in(folder, sha256), place, sha256):
        return False
    if not there:
        made.append(place)
    return True


def _prove(found: Manifest) -> None:
    """The restored trail holds, and comes out at the root that left the machine with the backup."""
    broken = trail_checks.first_broken()
    if not broken and found.trail:
        day = date.fromisoformat(found.trail["day"])
        broken = "" if sealing.root_of(day)[2] == found.trail["root"] else str(day)
    if broken:
        raise Refused(
            f"数据已恢复，但全过程记录在 {broken} 处对不上，制作备份之前数据可能被改动过。"
            "请保留这份备份，报告审计管理员。"
        )
