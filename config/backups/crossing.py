"""From one PC to PostgreSQL: an SQLite backup read row by row into our database."""

import shutil
import tempfile
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, transaction

from accounts import triggers
from common.errors import Refused

ALIAS = "backup"
AT_ONCE = 2000


def load_sqlite(path: Path) -> None:
    """Fill our emptied tables from a backup's SQLite file; all rows or none.

    The copy is first brought to this program's migrations, so both sides have the same columns.
    """
    with tempfile.TemporaryDirectory(prefix="kuangantong-") as folder:
        copy = Path(folder) / "db.sqlite3"
        shutil.copyfile(path, copy)
        connections.databases[ALIAS] = {
            **connections.databases["default"],
            **{"ENGINE": "django.db.backends.sqlite3", "NAME": str(copy), "OPTIONS": {}},
        }
        try:
            call_command("migrate", database=ALIAS, verbosity=0, interactive=False)
            call_command("migrate", verbosity=0, interactive=False)
            _copy_all()
        finally:
            connections[ALIAS].close()
            del connections.databases[ALIAS]
            del connections[ALIAS]


@transaction.atomic
def _copy_all() -> None:
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        # The caller has asked for an empty installation, also of what is otherwise append-only.
        with triggers.lifted():
            cursor.execute(f"TRUNCATE {tables}")
            for model in models:
                _copy(model)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _copy(model) -> None:
    """Every row as it is: no default, no `auto_now`, no save of our own gets a say."""
    count = 0
    for row in model._base_manager.using(ALIAS).iterator(chunk_size=AT_ONCE):
        row.save_base(raw=True, using="default", force_insert=True)
        count += 1
    if count != model._base_manager.using("default").count():
        raise Refused(f"{model._meta.verbose_name}没有全部转入，数据库没有变动。")
