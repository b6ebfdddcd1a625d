"""A restored database in the place of ours: when all is well with it, and not before."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from config.backups import crossing, engines, manifest, postgresql

ENDINGS = ("", "-wal", "-shm")


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
        if place.exists():
            _set_aside(place, now)
        draft.replace(place)
        manifest.sync(place.parent)
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = str(place)
        for ending in ENDINGS:
            draft.with_name(draft.name + ending).unlink(missing_ok=True)


def _set_aside(place: Path, now: datetime) -> None:
    """Keep the file that was there under another name, so that a mistaken restore can be undone.

    It keeps its own name too until the new one is there: no moment without a database. Its log is
    written into it first; what can't be goes aside as well, or SQLite would play it into the new file.
    """
    with suppress(sqlite3.Error), closing(sqlite3.connect(place)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = f"{place.name}.before-{now:%Y%m%d%H%M%S}"
    os.link(place, place.with_name(aside))
    for ending in ENDINGS[1:]:
        log = place.with_name(place.name + ending)
        if log.exists():
            log.rename(place.with_name(aside + ending))


@contextmanager
def _postgresql(path: Path, load: Callable[[Path], None], now: datetime) -> Iterator[None]:
    """The old content is dumped first; it comes back when what was loaded doesn't do."""
    aside = None
    if not engines.is_empty():
        aside = Path(settings.VAR_DIR) / f"database.before-{now:%Y%m%d%H%M%S}.dump"
        postgresql.dump(aside)
    loaded = False
    try:
        load(path)
        loaded = True
        yield
    except BaseException:
        if loaded and aside:
            postgresql.load(aside)
        elif loaded:
            postgresql.empty()
        if aside:
            aside.unlink()
        raise
