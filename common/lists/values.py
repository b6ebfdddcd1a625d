"""Rows of any number as what a file shows of them, read as plain values: no row becomes an object.

What a row has itself and what it points to comes by one statement for all of them, what hangs on rows by one
for each chunk. A list with a column that needs the whole row (`Column.paths`) is read as rows (fetching.py).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from django.db.models import Field, ForeignKey, JSONField, ManyToManyField, Model, Prefetch, QuerySet
from django.db.models.fields.reverse_related import ManyToManyRel, ManyToOneRel

from common.columns import Column, Several
from common.lists import fetching
from common.lists.among import Among
from common.lists.fetching import CHUNK, called

# So many cells of a column are remembered: offices, states, days and names come again and again.
REMEMBERED = 4096
Read = Callable[[list[tuple]], Sequence]  # of a chunk's rows what a cell needs, row by row


def lines(rows: QuerySet, columns: Sequence[Column]) -> Iterator[Sequence]:
    """Each row's cells, as `Column.excel` has them, in the order of the rows."""
    plan = _Plan(rows)
    cells = [plan.cell(column) for column in columns]
    if rows._fields is not None or rows.query.combinator or None in cells:
        return ([column.excel(row) for column in columns] for row in fetching.streamed(rows))
    return plan.read(cells)


class _Plan:
    """What is read of a list's rows: the paths of the one statement, and what hangs on a chunk."""

    def __init__(self, rows: QuerySet):
        self.rows = rows
        self.paths: dict[str, int] = {}

    def read(self, cells: list[Callable[[list[tuple]], Iterable]]) -> Iterator[Sequence]:
        """The lines."""
        found = self.rows.prefetch_related(None).values_list(*self.paths).iterator(chunk_size=CHUNK)
        while chunk := list(islice(found, CHUNK)):
            yield from zip(*(cell(chunk) for cell in cells), strict=True)

    def cell(self, column: Column) -> Callable[[list[tuple]], Iterable] | None:
        """How a column's cells of a chunk are made; None where that takes the rows."""
        reads = [self._path(path) for path in column.paths]
        if not reads or None in reads:
            return None
        hashed = not any(_is_json(self.rows.model, path) for path in column.paths)
        made = lru_cache(REMEMBERED)(column.excel_of) if hashed else column.excel_of
        return lambda chunk: map(made, *(read(chunk) for read in reads))

    def _path(self, path: str | Several) -> Read | None:
        if isinstance(path, Several):
            return self._several(path)
        if (name := _lookup(self.rows, path)) is None:
            return None
        place = self._place(name)
        return lambda chunk: [row[place] for row in chunk]

    def _place(self, name: str) -> int:
        return self.paths.setdefault(name, len(self.paths))

    def _several(self, several: Several) -> Read | None:
        """What hangs on the rows, or on what they point to, by a key or a table between."""
        *before, _ = several.path.split(".")
        hung = _hung(self.rows, several)
        key = _lookup(self.rows, ".".join([*before, "pk"]))
        names = [_lookup(hung[0], name) for name in several.names] if hung else [None]
        if key is None or None in names:
            return None
        (rows, back), place = hung, self._place(key)

        def read(chunk: list[tuple]) -> list[tuple]:
            keys, held = [row[place] for row in chunk], defaultdict(list)
            wanted = {key for key in keys if key is not None}
            found = rows.filter(Among(back, wanted)).values_list(back, *names)
            for owner, *values in found:
                held[owner].append(several.told(values))
            return [tuple(held.get(each, ())) for each in keys]

        return read


def _lookup(rows: QuerySet, path: str) -> str | None:
    """The path as a queryset takes it where it ends in a column; None for what stands in no table."""
    if path in rows.query.annotations:
        return path
    model, steps = rows.model, path.split(".")
    for place, step in enumerate(steps, start=1):
        field = model._meta.pk if step == "pk" else _column(model, step)
        if isinstance(field, ForeignKey):
            model = field.related_model
        elif field is None or (place < len(steps) and not isinstance(field, JSONField)):
            return None
        else:
            return "__".join(steps)
    return None


def _column(model: type[Model], name: str) -> Field | None:
    """The model's own column of that name."""
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


def _is_json(model: type[Model], path: str | Several) -> bool:
    """Whether a whole JSON stands under a path of the model's own: nothing that could be remembered."""
    return isinstance(path, str) and isinstance(_column(model, path), JSONField)


def _hung(rows: QuerySet, several: Several) -> tuple[QuerySet, str] | None:
    """The rows that hang on these as their page has them (a Prefetch may narrow or name them), and the
    path back."""
    model, (*before, last) = rows.model, several.path.split(".")
    for step in before:
        field = _column(model, step)
        if not isinstance(field, ForeignKey):
            return None
        model = field.related_model
    to = several.path.replace(".", "__")
    given = [each for each in rows._prefetch_related_lookups if isinstance(each, Prefetch)]
    asked = next((each for each in given if each.prefetch_to == to), None)
    through = asked.prefetch_through.rpartition("__")[2] if asked else last
    relation = next((each for each in model._meta.get_fields() if called(each) == through), None)
    if isinstance(relation, ManyToManyField):
        back = relation.related_query_name()
    elif isinstance(relation, ManyToOneRel | ManyToManyRel) and not relation.one_to_one:
        back = relation.field.name
    else:
        return None
    held = asked.queryset if asked else None
    held = relation.related_model._default_manager.all() if held is None else held
    return held.prefetch_related(None), back
