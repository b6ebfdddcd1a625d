"""Two states of a ledger side by side: what was added, what changed, what is gone."""

from dataclasses import dataclass, field
from decimal import Decimal

from ledgers.layouts import Layout
from ledgers.models import Submission
from ledgers.rows import Row
from ledgers.services.movement import ColumnMovement

ADDED, CHANGED, GONE, SAME = "added", "changed", "gone", ""


@dataclass
class Difference:
    """One row in both states; `old` holds the values that changed."""

    row: Row
    state: str
    old: dict = field(default_factory=dict)


def compare(form: Layout, before: list[Row], now: list[Row]) -> list[Difference]:
    """Every row of `now` with what changed in it, then the rows that are gone."""
    earlier = {row.key: row for row in before}
    differences = []
    for row in now:
        other = earlier.pop(row.key, None)
        if other is None:
            differences.append(Difference(row, ADDED))
            continue
        old = _changed(form, other, row)
        differences.append(Difference(row, CHANGED if old else SAME, old))
    differences += [Difference(row, GONE) for row in before if row.key in earlier]
    return differences


def _changed(form: Layout, old: Row, new: Row) -> dict:
    changed = {
        field.key: old.value(field.key)
        for field in form.fields
        if field.is_compared and field.keep(old.value(field.key)) != field.keep(new.value(field.key))
    }
    if old.remark != new.remark:
        changed["remark"] = old.value("remark")
    return changed


def three_figures(form: Layout, submission: Submission) -> list[ColumnMovement]:
    """上期累计, 本期新增, 更正, 本期累计 of every column, as they were frozen."""
    movements = submission.totals.get("movement", {})
    return [
        ColumnMovement(key, *(Decimal(str(value)) if value is not None else None for value in movements[key]))
        for key in form.sum_keys
        if key in movements
    ]
