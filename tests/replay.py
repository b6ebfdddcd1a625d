"""What most tests begin with is done once a process; later tests get the same rows put back.

    @remembered
    def filed_case(cast, **more): ...

The first call in a process does the deeds, and keeps which rows they left and what they gave back. A
later call with the same arguments, upon the same rows, writes those rows. Where anything else was
written before, the clock or a setting isn't the run's own, or an argument can't be told apart, the
deeds are done. `filed_case.anew(cast)` does them in any case: for a test of what they do besides.
"""

import functools
import pickle
import re
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "EXPLAIN", "PRAGMA", "SET CONSTRAINTS")
TABLE = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')
_kept: dict = {}
_base: dict = {}
_ground = None


class Ground:
    """What this test's database holds.

    `known` is the chain of remembered calls it came from, `tables` the rows of those they touched;
    `is_settled` until something else is written.
    """

    def __init__(self):
        self.known, self.tables, self.is_settled = (), {}, True
        self.touched = set()

    def watch(self, execute, sql, params, many, context):
        """Called by Django around every statement."""
        if not sql.lstrip("( \n").startswith(READS):
            self.is_settled = False
            found = TABLE.match(sql)
            self.touched.add(found[1] if found else "")
        return execute(sql, params, many, context)

    def settle(self, known: tuple, tables: dict):
        """All that was written is told by `known`."""
        self.known, self.tables, self.is_settled = known, tables, True


@contextmanager
def watched():
    """For a test in a transaction of its own, from before it writes; not in a house that several share."""
    global _ground
    if not _is_alone():
        yield
        return
    if not _base:
        _base.update({table: _rows(table) for table in _keys()})
    _ground = Ground()
    try:
        with connection.execute_wrapper(_ground.watch):
            yield
    finally:
        _ground = None


def forget():
    """The tables don't hold any more what they did when the process began."""
    _kept.clear()
    _base.clear()


def remembered(build: Callable) -> Callable:
    """Do `build`'s deeds once a process; see above."""

    @functools.wraps(build)
    def built(*args, **more):
        ground = _ground
        said = _said_of(args, more) if ground and ground.is_settled and _is_plain() else None
        if said is None:
            return build(*args, **more)
        known = (*ground.known, (build.__module__, build.__qualname__, said))
        key = (known, timezone.localdate(), str(settings.FILES_DIR))
        if key in _kept:
            return _put_back(ground, known, *_kept[key])
        return _keep(ground, known, key, functools.partial(build, *args, **more))

    built.anew = build
    return built


def _is_plain() -> bool:
    """Whether the clock and the settings are the run's own, and the transaction is the test's."""
    return (
        abs(time.time() - timezone.now().timestamp()) < 1
        and type(settings._wrapped).__name__ == "Settings"
        and _is_alone()
    )


def _is_alone() -> bool:
    return all(block._from_testcase for block in connection.atomic_blocks)


def _said_of(args: tuple, more: dict):
    try:
        return _said((args, dict(sorted(more.items()))))
    except TypeError:
        return None


def _said(value):
    """An argument as something to look up; TypeError where it can't be told apart."""
    if value is None or isinstance(value, str | int | bool | date | Decimal):
        return type(value).__name__, value
    if isinstance(value, models.Model) and value.pk:
        return value._meta.label, value.pk
    if isinstance(value, list | tuple):
        return type(value).__name__, tuple(map(_said, value))
    if isinstance(value, dict):
        return "dict", tuple((_said(name), _said(item)) for name, item in value.items())
    if hasattr(value, "prefecture_office"):
        return "cast"
    raise TypeError(type(value))


def _keep(ground: Ground, known: tuple, key: tuple, build: Callable):
    before, outer, waited = ground.tables, ground.touched, len(connection.run_on_commit)
    ground.touched = set()
    try:
        result = build()
    finally:
        touched, ground.touched = ground.touched, ground.touched | outer
    if not touched <= _keys().keys():
        return result
    now = {table: _rows(table) for table in touched}
    changes = [(table, *_change({**_base, **before}[table], rows)) for table, rows in now.items()]
    ground.settle(known, {**before, **now})
    changes = [change for change in changes if any(change[1:])]
    after = [(call, robust) for _, call, robust in connection.run_on_commit[waited:]]
    _kept[key] = pickle.dumps(result), changes, after, ground.tables
    return result


def _put_back(ground: Ground, known: tuple, result: bytes, changes: list, after: list, tables: dict):
    """The rows that the deeds left, what waits for the commit, and what they gave back."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, gone, rows in changes:
            key = _keys()[table]
            for value in gone:
                cursor.execute(f'DELETE FROM "{table}" WHERE "{key}" = %s', [value])
            if not rows:
                continue
            columns = list(rows[0])
            names = ", ".join(f'"{name}"' for name in columns)
            places = ", ".join(["%s"] * len(columns))
            others = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name != key)
            statement = f'INSERT INTO "{table}" ({names}) VALUES ({places}) ON CONFLICT ("{key}")'
            statement += f" DO UPDATE SET {others}" if others else " DO NOTHING"
            cursor.executemany(statement, [list(row.values()) for row in rows])
    for call, robust in after:
        transaction.on_commit(call, robust=robust)
    ground.settle(known, tables)
    return pickle.loads(result)


def _change(before: dict, now: dict) -> tuple[list, list]:
    """The keys that are gone, and the rows that are new or other."""
    return [key for key in before if key not in now], [
        row for key, row in now.items() if before.get(key) != row
    ]


@functools.cache
def _keys() -> dict[str, str]:
    """The column of the key, by table."""
    managed = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    return {model._meta.db_table: model._meta.pk.column for model in managed}


def _rows(table: str) -> dict:
    """The rows of a table as the database holds them, by key."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return {row[_keys()[table]]: row for row in rows}
