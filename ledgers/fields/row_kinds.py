"""What one line of a form may stand for, one row each: all that a form of that kind must have.

A later table adds its kind here and names it in `LedgerField.rows` of the fields that it shares.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class RowKind:
    """A kind of row: `needed` are the keys of fields that each form of it must have, `named_by`, one
    of them, tells which line it is."""

    key: str
    label: str
    needed: tuple[str, ...]
    named_by: str


ENTRY = RowKind("entry", "台账条目", needed=("county", "party"), named_by="party")

ROW_KINDS = {kind.key: kind for kind in (ENTRY,)}


def row_kind_choices() -> list[tuple[str, str]]:
    """Every kind, as a table's column offers it."""
    return [(kind.key, kind.label) for kind in ROW_KINDS.values()]
