"""Whether a key is one of thousands, told to the database by one value instead of thousands of parameters."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, Func


class Among(Func):
    """As a condition of a filter: what `path` leads to is one of `keys`."""

    output_field = BooleanField()

    def __init__(self, path: str, keys: Iterable[Any]):
        self.keys = list(keys)
        super().__init__(F(path))

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple]:
        """The condition in each database's words."""
        left, params = compiler.compile(self.source_expressions[0])
        if connection.vendor == "postgresql":
            return f"({left} = ANY(%s))", (*params, self.keys)
        told = f"({left} IN (SELECT value FROM json_each(%s)))"  # noqa: S608 - only a column's name
        return told, (*params, json.dumps(self.keys))
