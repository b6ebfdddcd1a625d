"""A column of pieces (grams.py), and the question which rows have them: `grams__fit=asked_for([...])`.

PostgreSQL keeps a tsvector, made of our pieces and not by one of its parsers: no extension, no dictionary,
no locale has a say in it. SQLite keeps text, and beside the table an FTS5 index of it (`registry/words.py`).
"""

from django.db import models
from django.db.models import Lookup

from common.grams import Asked


def index_of(table: str) -> str:
    """The table of SQLite that indexes the pieces of another."""
    return f"{table}_fts"


class GramsField(models.Field):
    """A set of pieces."""

    def db_type(self, connection: object) -> str:
        """A tsvector on PostgreSQL; else text."""
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: object, compiler: object, connection: object) -> str:
        """Told apart from text, whichever statement it stands in."""
        return "%s::tsvector" if connection.vendor == "postgresql" else "%s"

    def get_prep_value(self, value: object) -> object:
        """As both databases take it."""
        return value if value is None or isinstance(value, str) else " ".join(sorted(value))

    def from_db_value(self, value: str | None, expression: object, connection: object) -> object:
        """The set again; PostgreSQL gives each piece in quotes."""
        return self.to_python(value)

    def to_python(self, value: object) -> object:
        """The set, of whatever stands for it."""
        return frozenset(value.replace("'", "").split()) if isinstance(value, str) else value

    def value_to_string(self, obj: models.Model) -> str:
        """As it is written out."""
        return self.get_prep_value(self.value_from_object(obj))


@GramsField.register_lookup
class Fit(Lookup):
    """Rows that have every piece asked for."""

    lookup_name = "fit"
    prepare_rhs = False

    def as_sql(self, compiler: object, connection: object) -> tuple[str, list]:
        """By the index of either database."""
        column, params = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{column} @@ %s::tsquery", [*params, tsquery(self.rhs)]
        table = self.lhs.target.model._meta
        index, quote = index_of(table.db_table), connection.ops.quote_name
        key = f"{quote(self.lhs.alias)}.{quote(table.pk.column)}"
        found = f"SELECT rowid FROM {quote(index)} WHERE {quote(index)} MATCH %s"  # noqa: S608 - own names
        return f"{key} IN ({found})", [match(self.rhs)]


def tsquery(asked: Asked) -> str:
    """What is asked, as PostgreSQL reads it: pieces have no quotes in them."""
    return _written(asked, "'{}'", "'{}':*", " | ", " & ")


def match(asked: Asked) -> str:
    """What is asked, as FTS5 reads it."""
    return _written(asked, '"{}"', '"{}" *', " OR ", " AND ")


def _written(asked: Asked, whole: str, beginning: str, either: str, both: str) -> str:
    parts = ([(beginning if begins else whole).format(text) for text, begins in some] for some in asked)
    return both.join(f"({either.join(each)})" for each in parts)
