"""Keeps what things are found by (`Words`) as their rows say it.

One place listens to the trail: whatever deed stands in it has its thing's words made again in its own
transaction, so no service thinks of it, if it records after it wrote. What no deed wrote (rows of an
older version, an import's cases) is filled in after a migrate or by who wrote it.
"""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import connection, models
from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast

from accounts.models import TrailEntry
from common.gram_field import index_of
from common.grams import grams_of, initials_of_name, initials_of_place, named
from registry.models import Words

BATCH = 500


def tables() -> list[type[Words]]:
    """Every table of words."""
    return [model for model in apps.get_models() if issubclass(model, Words)]


def follow(entries: Iterable[TrailEntry]) -> None:
    """Make the words again of all that a deed's entries are about, or whose chain they stand in."""
    told: dict[str, set[int]] = {}
    for entry in entries:
        told.setdefault(entry.subject_kind, set()).add(entry.subject_id)
        kind, _, key = entry.chain.partition(":")
        if key.isdigit():
            told.setdefault(kind, set()).add(int(key))
    for label, keys in told.items():
        renew(label, keys)


def renew(label: str, keys: Iterable[int | str]) -> None:
    """Make the words again of these things, and of those that follow from them; label as `cases.case`."""
    keys = list(keys)
    for kept in tables():
        own = [keys] if kept.owner()._meta.label_lower == label else []
        if paths := kept.follows.get(label):
            fits = Q(*((f"{path}__in", keys) for path in paths), _connector=Q.OR)
            own.append(kept.owner()._base_manager.filter(fits).values_list("pk", flat=True).distinct())
        for several in own:
            _renew(kept, several)


def _renew(kept: type[Words], keys: Iterable[int]) -> None:
    for some in batches(keys):
        changed = [kept(pk=pk, grams=grams) for pk, _, grams in _differing(kept, some)]
        kept._base_manager.bulk_create(
            changed, update_conflicts=True, unique_fields=[kept._meta.pk.name], update_fields=["grams"]
        )


def fill() -> int:
    """Words for what has none yet; how many."""
    count, existing = 0, set(connection.introspection.table_names())
    for kept in tables():
        if kept._meta.db_table not in existing:
            continue
        without = kept.owner()._base_manager.filter(words=None).order_by("pk")
        last = 0
        while some := list(without.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
            _renew(kept, some)
            count, last = count + len(some), some[-1]
    return count


def verify(*, repair: bool = False) -> dict:
    """{"checked", "differing"}: all words held against the rows they follow from; `repair` mends them."""
    checked, differing = 0, []
    for kept in tables():
        owner = kept.owner()
        for some in batches(owner._base_manager.order_by("pk").values_list("pk", flat=True).iterator()):
            checked += len(some)
            wrong = [pk for pk, was, grams in _differing(kept, some) if was != grams]
            differing += [f"{owner._meta.label_lower}:{pk}" for pk in wrong]
            if repair:
                _renew(kept, wrong)
    return {"checked": checked, "differing": differing}


def _differing(kept: type[Words], keys: list[int]) -> Iterator[tuple[int, frozenset | None, set[str]]]:
    """(key, what is kept, what should be) of each of these things whose words aren't what they should be."""
    was = dict(kept._base_manager.filter(pk__in=keys).values_list("pk", "grams"))
    for pk, grams in fresh(kept, keys):
        if was.get(pk) != grams:
            yield pk, was.get(pk), grams


def fresh(kept: type[Words], keys: list[int]) -> Iterator[tuple[int, set[str]]]:
    """(key, pieces) of these things as their rows say them now."""
    rows = kept.owner()._base_manager.filter(pk__in=keys)
    several = {pk: ([], []) for pk in keys}
    for pk, is_name, text in _several(kept, rows):
        several[pk][is_name].append(text)
    first = len(kept.texts)
    for pk, *values in rows.order_by("pk").values_list("pk", *kept.texts, *kept.places):
        texts, names = several[pk]
        places = [value for value in values[first:] if value]
        grams = grams_of([*(value or "" for value in values), *texts, *names])
        yield pk, grams.union(named(names), initials_of_place(places), *map(initials_of_name, names))


def _several(kept: type[Words], rows: models.QuerySet) -> Iterator[tuple[int, int, str]]:
    """(key, 1 for a name else 0, text) of what a thing has many of; one statement for all of it."""
    parts = [
        rows.order_by()
        .annotate(is_name=Value(is_name), said=Cast(path, TextField()))
        .exclude(said=None)
        .values_list("pk", "is_name", "said")
        for is_name, paths in enumerate((kept.several, kept.names))
        for path in paths
    ]
    if parts:
        yield from parts[0].union(*parts[1:], all=True)


def batches(keys: Iterable[int]) -> Iterator[list[int]]:
    """Keys by the few hundred, as they come."""
    some: list[int] = []
    for key in keys:
        some.append(key)
        if len(some) == BATCH:
            yield some
            some = []
    if some:
        yield some


def install() -> None:
    """The index of each table of words, where it isn't there yet: SQLite drops triggers when Django rebuilds
    a table, so this is asked after every migrate."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for kept in tables():
            table = kept._meta.db_table
            if table in existing:
                statements = _postgresql if connection.vendor == "postgresql" else _sqlite
                for statement in statements(table, kept._meta.pk.column, cursor):
                    cursor.execute(statement)


def _postgresql(table: str, key: str, cursor: object) -> Iterator[str]:
    yield f"CREATE INDEX IF NOT EXISTS {table}_fits ON {table} USING gin (grams)"


def _sqlite(table: str, key: str, cursor: object) -> Iterator[str]:
    """An index whose contents are the table's own, kept by triggers; an upsert is an update to them."""
    index = index_of(table)
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
    if len(cursor.fetchall()) == 3:
        return
    yield (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5(grams, content='{table}', "
        f"content_rowid='{key}', detail='none', columnsize=0, "
        """tokenize="ascii tokenchars '_#~='")"""
    )
    gone = f"INSERT INTO {index} ({index}, rowid, grams) VALUES ('delete', OLD.{key}, OLD.grams);"  # noqa: S608
    come = f"INSERT INTO {index} (rowid, grams) VALUES (NEW.{key}, NEW.grams);"  # noqa: S608
    for event, deeds in (("INSERT", come), ("DELETE", gone), ("UPDATE", gone + come)):
        name = f"{table}_{event.lower()}_fits"
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {deeds} END"
    yield f"INSERT INTO {index} ({index}) VALUES ('rebuild')"  # noqa: S608
