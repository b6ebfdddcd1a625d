"""A restored database in the place of ours: when all is well with it, and not before."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import Error, connection, connections

from common.errors import Refused
from config.backups import crossing, engines, manifest, postgresql

ENDINGS = ("", "-wal", "-shm")


class LeftHalfway(Refused):
    """The restored database is in its place and can't be taken out again: what goes with it must stay."""


@contextmanager
def replaced(path: Path, engine: str, now: datetime) -> Iterator[None]:
    """Inside the block our connection leads to the restored database.

    It takes the place of ours when the block ends well. When the block fails, ours is as it was.
    """
    if connection.vendor == engines.SQLITE:
        with _sqlite(path, now):
            yield
    else:
        load = postgresql.load if engine == engines.POSTGRESQL else crossing.load_sqlite
        with _postgresql(path, load, now):
            yield


@contextmanager
def _sqlite(path: Path, now: datetime) -> Iterator[None]:
    place = Path(connection.settings_dict["NAME"])
    draft = place.with_name(f".{place.name}.restoring")
    connections.close_all()
    try:
        shutil.copyfile(path, draft)
        connection.settings_dict["NAME"] = str(draft)
        yield
        connections.close_all()
        manifest.sync(draft)
        with _set_aside(place, now) if place.exists() else nullcontext():
            draft.replace(place)
        with suppress(OSError):  # it is there: who went back now would have the new one with the old keys
            manifest.sync(place.parent)
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = str(place)
        for ending in ENDINGS:
            draft.with_name(draft.name + ending).unlink(missing_ok=True)


@contextmanager
def _set_aside(place: Path, now: datetime) -> Iterator[None]:
    """Keep the file that was there under another name, so that a mistaken restore can be undone.

    It keeps its own name too until the new one is there: no moment without a database. Its log is
    written into it first; what can't be goes aside as well, or SQLite would play it into the new file.
    When the block fails, all of it has its own names again.
    """
    with suppress(sqlite3.Error), closing(sqlite3.connect(place)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = place.with_name(f"{place.name}.before-{now:%Y%m%d%H%M%S}")
    with ExitStack() as back:
        os.link(place, aside)
        back.callback(aside.unlink)
        for ending in ENDINGS[1:]:
            log, kept = place.with_name(place.name + ending), aside.with_name(aside.name + ending)
            if log.exists():
                log.rename(kept)
                back.callback(kept.rename, log)
        yield
        back.pop_all()


@contextmanager
def _postgresql(path: Path, load: Callable[[Path], None], now: datetime) -> Iterator[None]:
    """The old content is dumped first; it comes back when what was loaded doesn't do."""
    aside = None
    if not engines.is_empty():
        aside = Path(settings.VAR_DIR) / f"database.before-{now:%Y%m%d%H%M%S}.dump"
    loaded = False
    try:
        if aside:
            _dump_whole(aside)
        load(path)
        loaded = True
        yield
    except BaseException as error:
        if loaded:
            _put_back(aside, error)
        if aside:
            aside.unlink(missing_ok=True)
        raise


def _dump_whole(aside: Path) -> None:
    """Under its name only when it is whole and on the disk: one that was broken off looks the same."""
    draft = aside.with_suffix(".draft")
    for broken_off in draft.parent.glob("database.before-*.draft"):
        broken_off.unlink()
    try:
        postgresql.dump(draft)
        manifest.sync(draft)
        draft.replace(aside)
    finally:
        draft.unlink(missing_ok=True)


def _put_back(aside: Path | None, error: BaseException) -> None:
    try:
        if aside:
            postgresql.load(aside)
        else:
            postgresql.empty()
    except (Refused, Error) as again:
        old = f"原来的内容在 {aside}。" if aside else ""
        raise LeftHalfway(
            f"恢复没有做完：备份已在数据库里，后面一步出错，原来的内容也没能放回去。{old}"
            "请确认 PostgreSQL 正常，再恢复一次；或者启动矿案通，启动时会用备份的内容接着做完。"
        ) from (error if isinstance(error, Exception) else again)
