"""Several querysets read by one statement: what a page shows of a thing costs one way to the database.

    at_once.read(notices, clocks)                       each is filled as if it had been read by itself
    at_once.prefetch(cases, {"decisions": ("scan",)})   what hangs on rows, with what that points at
    at_once.ready(cases)                                makes querysets to `read` whose SQL is written already

Each queryset is one column of the statement's only row: its rows as JSON, which the database writes and
Django's own way from a row to an object takes apart. A field that JSON can't carry is refused.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections, models
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler
from django.utils.dateparse import parse_date, parse_datetime

# A function of SQLite takes at most 127 values.
WIDEST = 100
# How PostgreSQL's driver would have given what JSON tells as text; SQLite's fields take text by themselves.
_TOLD: dict[str, Callable | None] = {
    "DateField": parse_date,
    "DateTimeField": parse_datetime,
    "DecimalField": models.DecimalField().to_python,
    "JSONField": str,
}
_CAST = ("DecimalField", "JSONField")
_REFUSED = ("BinaryField", "DurationField", "TimeField", "UUIDField")


def read(*several: models.QuerySet) -> list[list]:
    """The rows of each queryset, which holds them from then on; one statement, none where all are empty."""
    _ask([getattr(rows, "_ready", None) or _Asked(rows) for rows in several if rows._result_cache is None])
    return [list(rows) for rows in several]


def ready(rows: models.QuerySet) -> Callable[[], models.QuerySet]:
    """The same question as often as it is called, its statement put together once, for any thread."""
    asked = _Asked(rows)

    def again() -> models.QuerySet:
        fresh = asked.of(*asked.params)
        fresh.rows._ready = fresh
        return fresh.rows

    return again


def _ask(asked: list["_Asked"]) -> None:
    """Give each its rows."""
    spoken = [each for each in asked if each.sql]
    if spoken:
        columns = ", ".join(f"({each.sql})" for each in spoken)
        with connections[asked[0].rows.db].cursor() as cursor:
            cursor.execute(f"SELECT {columns}", [value for each in spoken for value in each.params])
            for each, told in zip(spoken, cursor.fetchone(), strict=True):
                each.told = told
    for each in asked:
        each.fill()


class _Asked:
    """One queryset on its way: its statement, and from what came back its objects."""

    def __init__(self, rows: models.QuerySet):
        self.rows, self.told, self.sql, self.params = rows, None, "", ()
        self.compiler = rows.query.get_compiler(using=rows.db)
        try:
            inner, self.params = self.compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            return
        self.sql = _told_by(self.compiler, inner)

    def of(self, *params: object) -> "_Asked":
        """The same for other values: what was put together once is used again, by any thread."""
        again = copy(self)
        again.rows, again.told, again.params = self.rows._chain(), None, params
        again.compiler = copy(self.compiler)
        again.compiler.connection = connections[self.rows.db]
        return again

    def fill(self) -> None:
        """Give the queryset its objects, made of the rows as the driver would have told them."""
        if not self.sql:
            self.rows._result_cache = []
            return
        rows = json.loads(self.told) if isinstance(self.told, str) else self.told or []
        compiler = self.compiler
        compiler.execute_sql = lambda *args, **options: [_plain(compiler, rows)]
        given = self.rows._chain()
        given.query.get_compiler = lambda *args, **options: compiler
        self.rows._result_cache = list(given._iterable_class(given))


def _told_by(compiler: SQLCompiler, inner: str) -> str:
    """A statement's rows as one JSON list of lists."""
    names = [f'r."{alias}"' for _, _, alias in compiler.select]
    kinds = [_kind(expression) for expression, _, _ in compiler.select]
    if refused := set(kinds) & set(_REFUSED):
        raise TypeError(f"{', '.join(refused)} can't be read at once")
    if compiler.connection.vendor == "postgresql":
        cast = [f"{name}::text" if kind in _CAST else name for name, kind in zip(names, kinds, strict=True)]
        told = f"json_agg(json_build_array({_parts('json_build_array', cast)}))"
    else:
        told = f"json_group_array(json_array({_parts('json_array', names)}))"
    return f"SELECT {told} FROM ({inner}) r"  # noqa: S608


def _parts(function: str, names: list[str]) -> str:
    """The columns in lists that are short enough for a function of either database."""
    several = (names[at : at + WIDEST] for at in range(0, len(names), WIDEST))
    return ", ".join(f"{function}({', '.join(part)})" for part in several)


def _kind(expression: Expression) -> str:
    """What sort of field a column comes from; of a key that of the row it names."""
    field = expression.output_field
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field.get_internal_type()


def _plain(compiler: SQLCompiler, rows: Iterable) -> list[list]:
    """The rows as the driver would have given them."""
    whole = [[value for part in row for value in part] for row in rows]
    if compiler.connection.vendor != "postgresql":
        return whole
    kinds = (_kind(expression) for expression, _, _ in compiler.select)
    changed = [(n, _TOLD[kind]) for n, kind in enumerate(kinds) if kind in _TOLD]
    for row in whole:
        for n, made in changed:
            if row[n] is not None:
                row[n] = made(row[n])
    return whole


def prefetch(
    things: Sequence[models.Model], wanted: Mapping[str, Sequence[str]], *beside: models.QuerySet
) -> None:
    """Read what hangs on `things` as `prefetch_related_objects` would, by one statement.

    `wanted` names each relation (`decisions__items` after `decisions`) and what its rows point at, for
    `select_related`; what was read before stays. `beside` are querysets that the same statement reads.
    """
    pointed = [(*_pointed_at(things, path), also) for path, also in wanted.items()] if things else []
    branches = [_Branch(*each) for each in pointed if each[0]]
    branches = [each for each in branches if not each.is_read()]
    asked = [each.asked() for each in branches]
    _ask([*asked, *(_Asked(rows) for rows in beside)])
    for branch, each in zip(branches, asked, strict=True):
        branch.hang(each.rows)


class _Branch:
    """One relation of some rows, several steps away: its rows, and where they hang."""

    def __init__(self, things: Sequence[models.Model], path: str, also: Sequence[str]):
        *above, self.last = path.split("__")
        self.things, self.above, model, back = things, above, type(things[0]), []
        for step in (*above, self.last):
            self.relation = model._meta.get_field(step)
            model = self.relation.related_model
            back.insert(0, self.relation.field.name)
        self.model, self.back, self.also = model, "__".join(back), tuple(also)

    def asked(self) -> _Asked:
        """The rows of every thing, not read yet."""
        keys = tuple(thing.pk for thing in self.things)
        if len(keys) > 1:
            return _Asked(_rows_of(self.model, self.back, self.also, keys))
        return _of_one(self.model, self.back, self.also, connection.vendor).of(keys[0])

    def is_read(self) -> bool:
        """Whether every thing has its rows already."""
        owners = self.things
        for step in self.above:
            if not all(_has(owner, step) for owner in owners):
                return False
            owners = _below(owners, step)
        return all(_has(owner, self.last) for owner in owners)

    def hang(self, rows: Iterable[models.Model]) -> None:
        """Give each row above its own."""
        owners = self.things
        for step in self.above:
            owners = _below(owners, step)
        hang(owners, self.relation, rows)


def _rows_of(
    model: type[models.Model], back: str, also: tuple[str, ...], keys: Sequence[int]
) -> models.QuerySet:
    rows = model._base_manager.filter(**{f"{back}__in": keys})
    return rows.select_related(*also) if also else rows


@lru_cache(maxsize=500)
def _of_one(model: type[models.Model], back: str, also: tuple[str, ...], vendor: str) -> _Asked:
    """What hangs on one thing, whichever it is: a page or a deed asks the same of each."""
    return _Asked(_rows_of(model, back, also, (0,)))


def hang(owners: Iterable[models.Model], relation: models.ManyToOneRel, rows: Iterable[models.Model]) -> None:
    """Give each owner its rows of a relation, as if it had read them."""
    found: dict[int, list[models.Model]] = {}
    for row in rows:
        found.setdefault(getattr(row, relation.field.attname), []).append(row)
    for owner in owners:
        own = found.get(owner.pk, [])
        for row in own:
            relation.field.set_cached_value(row, owner)
        _keep(owner, relation, own)


def _pointed_at(things: Sequence[models.Model], path: str) -> tuple[Sequence[models.Model], str]:
    """A path that begins with a row which the things point at leads on from those rows."""
    step, _, rest = path.partition("__")
    field = things[0]._meta.get_field(step)
    if not field.concrete:
        return things, path
    return [row for thing in things if (row := getattr(thing, step)) is not None], rest


def _has(owner: models.Model, step: str) -> bool:
    relation = owner._meta.get_field(step)
    if relation.one_to_one:
        return relation.is_cached(owner)
    return step in getattr(owner, "_prefetched_objects_cache", {})


def _below(owners: Sequence[models.Model], step: str) -> list[models.Model]:
    """What hangs on them by one relation that was read."""
    relation = owners[0]._meta.get_field(step) if owners else None
    if relation is not None and relation.one_to_one:
        return [row for owner in owners if (row := relation.get_cached_value(owner)) is not None]
    return [row for owner in owners for row in getattr(owner, step).all()]


def _keep(owner: models.Model, relation: models.ManyToOneRel, rows: list[models.Model]) -> None:
    """What Django keeps of a relation that was read."""
    if relation.one_to_one:
        relation.set_cached_value(owner, rows[0] if rows else None)
        return
    kept = getattr(owner, relation.get_accessor_name()).get_queryset()
    kept._result_cache, kept._prefetch_done = rows, True
    if not hasattr(owner, "_prefetched_objects_cache"):
        owner._prefetched_objects_cache = {}
    owner._prefetched_objects_cache[relation.cache_name] = kept
