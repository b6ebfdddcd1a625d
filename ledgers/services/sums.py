"""Sums of a ledger: how many rows each county has, and what its figures add up to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ledgers.fields import FIELDS, Value
from ledgers.layouts import Layout
from ledgers.rows import Row

Figures = dict[str, Value]


@dataclass
class Sums:
    """By county word, in the order of the rows; a column in which nobody entered anything is missing."""

    counts: dict[str, int] = field(default_factory=dict)
    figures: dict[str, Figures] = field(default_factory=dict)

    def __len__(self):
        return sum(self.counts.values())

    @property
    def total(self) -> Figures:
        """Over all counties."""
        return added(self.figures.values())


def added(several: Iterable[Figures]) -> Figures:
    """Figures of several parts together."""
    whole: dict[str, list] = defaultdict(list)
    for figures in several:
        for key, value in figures.items():
            whole[key].append(value)
    return {key: FIELDS[key].total(values) for key, values in whole.items()}


def sums_of(form: Layout, rows: Sequence[Row]) -> Sums:
    """The sums of rows in memory."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts[row.value("county")].append(row)
    figures = {county: total_of(form, several) for county, several in parts.items()}
    return Sums({county: len(several) for county, several in parts.items()}, figures)


def total_of(form: Layout, rows: Sequence[Row]) -> Figures:
    """Sums of the form's figures; a column in which nobody entered anything is None."""
    return {key: FIELDS[key].total(row.value(key) for row in rows) for key in form.sum_keys}
