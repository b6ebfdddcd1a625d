"""Putting a backup in the place of what is here; whatever fails leaves everything as it was.

Files come first: they lie under their digest and disturb nobody. The database is made ready beside
ours. Keys lie ready too, and take their place right after the database took its own; a start that
finds them still lying there goes by the fingerprints in the database (config/house_keys.py).
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection

from accounts.services import key_marks, sealing, trail_checks
from accounts.services.files import path_of
from common.errors import Refused
from config import holding, house_keys, preflight
from config.backups import engines, keys, manifest, replacing
from config.backups.making import file_in
from config.backups.manifest import Manifest


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
    """What came back; `lacking` are the SHA-256 of files that are neither here nor whole in the backup."""

    manifest: Manifest
    lacking: list[str]


def check(wish: Wish) -> Manifest:
    """Read and compare every byte of a backup, and what it needs here; Refused where it fails."""
    found = _check_database(wish)
    for sha256 in found.files:
        _compare(file_in(wish.folder, sha256), sha256)
    return found


def _check_database(wish: Wish) -> Manifest:
    found = manifest.read(wish.folder, wish.generation)
    if newer := preflight.unknown_migrations([tuple(each) for each in found.migrations]):
        raise Refused(f"这份备份由更新的程序制作（{'、'.join(newer)}），本程序读不了。请换用新版程序再恢复。")
    if found.engine != connection.vendor and found.engine != engines.SQLITE:
        raise Refused("这份备份来自 PostgreSQL，只能恢复到 PostgreSQL。请设好 DATABASE_URL。")
    _compare(wish.folder / found.database, found.database_sha256)
    if not wish.without_keys:
        keys.check(found.keys, wish.keys_folder)
    return found


def _compare(path: Path, sha256: str) -> None:
    if not path.exists() or manifest.digest_of(path) != sha256:
        raise manifest.damaged(path.name)


def restore(wish: Wish, *, now: datetime, say: Callable[[str], None]) -> Restored:
    """Check, put files, database and keys in place, bring the tables up to date, check again.

    Raises Refused, with nothing changed, for a damaged or newer backup, missing keys, a running
    system, a house that isn't empty (unless forced), or anything that fails on the way; and, after
    restoring, for a trail that doesn't hold. A damaged file holds up nothing and is named.
    """
    preflight.make_folders()
    preflight.take_time()
    found = _check_database(wish)
    with holding.alone():
        if not wish.force and not engines.is_empty():
            raise Refused(
                "这里已有数据，没有恢复。确要用备份替换现有数据的，请先备份现有数据，再加 --force。"
            )
        say(f"备份的数据库完好（制作于 {found.made_at}），正在恢复。")
        try:
            lacking = _replace_all(wish, found, now)
        except OSError as error:
            raise Refused(
                f"没有恢复，现有内容没有变动：{error.filename or wish.folder} 不能读写。"
                "请核对权限和磁盘空间。"
            ) from error
        keys.take_staged(now)
    _prove(found)
    return Restored(found, lacking)


def _replace_all(wish: Wish, found: Manifest, now: datetime) -> list[str]:
    with _taken_back_on_failure() as made, keys.staged(found.keys, wish.keys_folder):
        lacking = [sha256 for sha256 in found.files if not _put_file(wish.folder, sha256, made)]
        with replacing.replaced(wish.folder / found.database, found.engine, now):
            _make_ready(wish, found)
    return sorted({*lacking, *(sha256 for sha256 in found.unreadable if not path_of(sha256).exists())})


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
    # Whoever was signed in then signs in again.
    Session.objects.all().delete()


@contextmanager
def _taken_back_on_failure() -> Iterator[list[Path]]:
    """A list of files that go again when the block fails."""
    with ExitStack() as failing:
        made: list[Path] = []
        failing.callback(lambda: [path.unlink(missing_ok=True) for path in made])
        yield made
        failing.pop_all()


def _put_file(folder: Path, sha256: str, made: list[Path]) -> bool:
    """Put one file of a backup in its place; False where it isn't what was backed up."""
    place, source = path_of(sha256), file_in(folder, sha256)
    there = place.exists()
    if there and manifest.digest_of(place) == sha256:
        return True
    if not source.exists():
        return False
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        shutil.copyfile(source, draft)
        draft.chmod(0o600)
        if manifest.digest_of(draft) != sha256:
            return False
        manifest.sync(draft)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
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
