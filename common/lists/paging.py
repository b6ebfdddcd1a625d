"""The rows of one page: their keys first, from whichever end is nearer, then the rows themselves."""

from django.db.models import Field, Model, QuerySet


def nullable(model: type[Model], path: str) -> bool:
    """Whether `path` is a column of the model's own that may be blank."""
    field = _column(model, path)
    return field is not None and field.null


def is_filled(model: type[Model], path: str) -> bool:
    """Whether `path` is a column of the model's own that is never blank."""
    field = _column(model, path)
    return field is not None and not field.null


def _column(model: type[Model], path: str) -> Field | None:
    return next((field for field in model._meta.concrete_fields if field.name == path), None)


def page(rows: QuerySet, start: int, stop: int, count: int | None, blank: str = "") -> list:
    """Rows from `start` to `stop`. `count` is how many there are, None where that isn't known.

    `blank` names the column that they are sorted by if it may be blank. Blanks stand last; an index
    puts them last in one direction only, so they are asked for by themselves.
    """
    if rows._fields is not None or rows.query.combinator or rows.query.distinct:
        return list(rows[start:stop])
    if not start and not blank:
        return list(rows[:stop])
    keys = _keys(rows, start, stop, count, blank)
    found = {row.pk: row for row in rows.order_by().filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def _keys(rows: QuerySet, start: int, stop: int, count: int | None, blank: str) -> list:
    if not blank:
        return _between(rows, start, stop, count)
    down, tie = rows.query.order_by[0].descending, rows.query.order_by[1:]
    filled = rows.filter(**{f"{blank}__isnull": False}).order_by(f"{'-' * down}{blank}", *tie)
    if start and count is not None:
        n = filled.order_by().count()
        keys = _between(filled, start, min(stop, n), n)
    else:
        keys = _between(filled, start, stop, None)
        n = start + len(keys) if keys or not start else filled.order_by().count()
    if len(keys) == stop - start:
        return keys
    empty = rows.filter(**{f"{blank}__isnull": True}).order_by(*tie)
    return keys + _between(empty, max(start - n, 0), stop - n, None if count is None else count - n)


def _between(rows: QuerySet, start: int, stop: int, count: int | None) -> list:
    if start >= stop:
        return []
    keys = rows.values_list("pk", flat=True)
    if count is None or start <= count // 2:
        return list(keys[start:stop])
    return list(keys.reverse()[max(count - stop, 0) : max(count - start, 0)])[::-1]
