"""The catalogue of what ledgers can show: one for all forms and all kinds of rows."""

from collections.abc import Iterator

from ledgers.fields.field import LedgerField, Side
from ledgers.fields.row_kinds import ENTRY


class Registry:
    """Fields by key, in the order in which they were registered."""

    def __init__(self) -> None:
        self._fields: dict[str, LedgerField] = {}

    def register(self, *fields: LedgerField) -> None:
        """Add fields; a key is given once."""
        for field in fields:
            if field.key in self._fields:
                raise ValueError(f"two ledger fields have the key {field.key}")
            self._fields[field.key] = field

    def __getitem__(self, key: str) -> LedgerField:
        return self._fields[key]

    def __contains__(self, key: object) -> bool:
        return key in self._fields

    def __iter__(self) -> Iterator[LedgerField]:
        return iter(self._fields.values())

    def of_side(self, side: Side, row_kind: str = ENTRY.key) -> tuple[LedgerField, ...]:
        """The fields of one half of such a row."""
        return tuple(field for field in self if field.side == side and row_kind in field.rows)


FIELDS = Registry()
