"""Two states of a ledger side by side: what was added, what changed, what is gone."""

from dataclasses import dataclass, field
from decimal import Decimal

from ledgers.definitions import FIELDS, Form
from ledgers.rows import Row
from ledgers.services.freezing import NOT_COMPARED, plain
from ledgers.services.movement import Column

ADDED, CHANGED, GONE, SAME = "added", "changed", "gone", ""


@dataclass
class Difference:
    """One row in both states; `old` holds the values that changed."""

    row: Row
    state: str
    old: dict = field(default_factory=dict)


def compare(form: Form, before: list[Row], now: list[Row]) -> list[Difference]:
    """Every row of `now` with what changed in it, then the rows that are gone."""
    earlier = {row.key: row for row in before}
    found = []
    for row in now:
        other = earlier.pop(row.key, None)
        if other is None:
            found.append(Difference(row, ADDED))
            continue
        old = _changed(form, other, row)
        found.append(Difference(row, CHANGED if old else SAME, old))
    found += [Difference(row, GONE) for row in before if row.key in earlier]
    return found


def _changed(form: Form, old: Row, new: Row) -> dict:
    changed = {
        key: old.cells[key].value
        for key in form.keys
        if key not in NOT_COMPARED and plain(old.cells[key].value) != plain(new.cells[key].value)
    }
    if old.remark != new.remark:
        changed["remark"] = old.cells["remark"].value
    return changed


def three_figures(submission) -> list[Column]:
    """上期累计, 本期新增, 更正, 本期累计 of every column, as they were frozen."""
    kept = submission.totals.get("movement", {})
    return [
        Column(key, *(Decimal(str(value)) if value is not None else None for value in figures))
        for key, figures in ((key, kept[key]) for key in FIELDS if key in kept)
    ]
