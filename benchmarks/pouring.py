"""Rows by the hundred thousand straight into tables: COPY on PostgreSQL, plain inserts on SQLite.

No deed wrote them: nothing stands in the trail for what is poured. For figures only.
"""

import io
import itertools
import json
import secrets
from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection, models, transaction
from django.utils import timezone

CHUNK = 20_000


def pour(model: type[models.Model], rows: Iterable[dict]) -> int:
    """Insert rows, each a dict by column (`agency_id`); what one leaves out gets the field's default."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    usual = [_usual(field) for field in fields]
    names = [field.column for field in fields]
    said = [field.attname for field in fields]
    count = 0
    rows = iter(rows)
    while chunk := list(itertools.islice(rows, CHUNK)):
        lines = [
            [row[name] if name in row else make() for name, make in zip(said, usual, strict=True)]
            for row in chunk
        ]
        _write(model._meta.db_table, names, lines)
        count += len(lines)
    return count


def settle(*many: type[models.Model]) -> None:
    """After explicit keys: the next one goes on from there; statistics are fresh."""
    with connection.cursor() as cursor:
        for model in many:
            table, key = model._meta.db_table, model._meta.pk
            if connection.vendor == "postgresql" and isinstance(key, models.AutoField):
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                    f"coalesce((SELECT max(id) FROM {table}), 1))"
                )
    analyze()


def analyze() -> None:
    """As autovacuum would have done by the next morning."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)" if connection.vendor == "postgresql" else "ANALYZE")


def _usual(field: models.Field):
    """What makes the value that a row left out."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        now = timezone.now() if isinstance(field, models.DateTimeField) else timezone.localdate()
        return lambda: now
    if field.name == "public_id":
        return lambda: "p" + secrets.token_hex(8)
    if field.has_default() and isinstance(field, models.JSONField) and callable(field.default):
        return field.default
    value = field.get_default()
    if value is None and not field.null and not field.primary_key:
        value = "" if isinstance(field, models.CharField | models.TextField) else None
    return lambda: value


def _write(table: str, names: list[str], lines: list[list]) -> None:
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            text = io.StringIO("".join("\t".join(map(_copied, line)) + "\n" for line in lines))
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", text)
        else:
            places = ", ".join(["%s"] * len(names))
            values = [[_bound(value) for value in line] for line in lines]
            with transaction.atomic():  # else each row is a transaction of its own
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)


def _copied(value) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, list | dict):
        value = json.dumps(value)
    elif isinstance(value, bool):
        return "t" if value else "f"
    return str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", "\\n")


def _bound(value):
    if isinstance(value, list | dict):
        return json.dumps(value)
    if isinstance(value, datetime):
        return value.astimezone(timezone.get_fixed_timezone(0)).replace(tzinfo=None).isoformat(" ")
    return value.isoformat() if isinstance(value, date) else value
