"""Facts from outside the database: a JSON line, or a row of a case register (its columns declared here)."""

from law.reading.columns import COLUMNS, RegisterColumn
from law.reading.keys import KEYS, unknown_keys
from law.reading.lines import read_line
from law.reading.register import CARRIES, read_rows
from law.reading.values import BadInput

__all__ = [
    "CARRIES",
    "COLUMNS",
    "KEYS",
    "BadInput",
    "RegisterColumn",
    "read_line",
    "read_rows",
    "unknown_keys",
]
