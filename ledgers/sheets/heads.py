"""Where on a sheet the heads stand, and which column is which.

Offices move the head down, break its words over lines, lose its merges, change its order and its
words a little; they print it again on every page, and begin a second table below the first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from common.words import squeeze
from ledgers.fields import FIELDS
from ledgers.layouts import Layout
from ledgers.sheets.board import Board
from ledgers.sheets.choices import NOTHING_CHOSEN, Choices
from ledgers.sheets.grid import Sheet
from ledgers.sheets.head_columns import HeadColumn, HeadColumns
from ledgers.sheets.head_units import ColumnUnit, HeadUnits, is_unit
from ledgers.sheets.words_of_heads import HeadWords

SEARCHED_ROWS = 30
_FEWEST_COLUMNS = 5
# How far above and below its naming word the other words of a head further down may stand.
_AROUND = 4


@dataclass(frozen=True)
class Head:
    """The head of a table: its rows, the column of each field, the words above it.

    `units` holds a field's unit where the sheet states another than the form: 万元 for 元;
    `densities` the tonnes of a cubic metre. `further` are more columns with words of a field.
    `found` are all columns that have a head, read or not, `column_units` what each counts in.
    """

    top: int
    bottom: int
    columns: dict[str, int]
    names: dict[str, str]
    units: dict[str, str] = field(default_factory=dict)
    densities: dict[str, Decimal] = field(default_factory=dict)
    further: dict[str, tuple[int, ...]] = field(default_factory=dict)
    found: tuple[HeadColumn, ...] = ()
    column_units: dict[int, ColumnUnit] = field(default_factory=dict)

    def says_the_same(self, other: "Head") -> bool:
        """Whether another head is this one, printed again."""
        mine, others = ((each.columns, each.further, each.units, each.densities) for each in (self, other))
        return mine == others


def find_head(sheet: Sheet, form: Layout, choices: Choices = NOTHING_CHOSEN) -> Head | None:
    """The head in the first rows of the sheet, or None where there is none to recognise."""
    return HeadFinder(form, choices).first(sheet)


class HeadFinder:
    """Finds the heads of a form on the sheets of one workbook."""

    def __init__(self, form: Layout, choices: Choices = NOTHING_CHOSEN):
        self.form, self.choices = form, choices
        self.words = HeadWords(form)
        named = FIELDS[form.row_kind.named_by]
        self.naming = re.compile("|".join(map(re.escape, named.words)))

    def first(self, sheet: Sheet) -> Head | None:
        """The head in the first rows."""
        return self._best(Board(sheet, self.words, 1, SEARCHED_ROWS), 1)

    def further(self, sheet: Sheet, first: Head) -> Iterator[Head]:
        """The heads below the first one, from top to bottom."""
        after = first.bottom
        for row in range(first.bottom + 1, sheet.height + 1):
            if row <= after or not self._may_be_head(sheet, row):
                continue
            start = max(after + 1, row - _AROUND)
            head = self._best(Board(sheet, self.words, start, row + _AROUND), row)
            if head:
                after = head.bottom
                yield head

    def _may_be_head(self, sheet: Sheet, row: int) -> bool:
        """Whether the row names the line's field and two more; asked of every row, so cheap first."""
        texts = [cell for cell in sheet.rows[row - 1] if isinstance(cell, str) and cell]
        if not self.naming.search(squeeze("".join(texts))):
            return False
        keys = {field.key for text in texts for field in self.words.match(text).fields}
        return self.form.row_kind.named_by in keys and len(keys) > 2

    def _best(self, board: Board, lowest: int) -> Head | None:
        """The head with the most fields that ends in `lowest` or below it."""
        best, most = None, 0
        for bottom in range(lowest, board.last + 1):
            top = board.top_of(bottom)
            if top is None or board.units_below(bottom - 1, is_unit):
                continue
            columns = HeadColumns(self.form, self.choices.columns).resolve(board, top, bottom)
            keys = {key for c in columns for key in (c.key, c.proposed, *c.candidates) if key}
            named = next((c for c in columns if c.key == self.form.row_kind.named_by), None)
            if named is None:
                continue
            # Of as many fields, the row down to which the naming head is merged is the lowest.
            reaches = len(keys) == most and best and board.is_one(best[1], bottom, named.number)
            if len(keys) > most or reaches:
                best, most = (top, bottom, columns), len(keys)
        if best is None or most < min(_FEWEST_COLUMNS, len(self.form.columns)):
            return None
        return self._head(board, *best)

    def _head(self, board: Board, top: int, bottom: int, found: list[HeadColumn]) -> Head:
        below = board.units_row(bottom, is_unit)
        units = self._units(HeadUnits(board, bottom, self.choices.units, below), found)
        columns: dict[str, int] = {}
        further: dict[str, tuple[int, ...]] = {}
        for column in found:
            unit = units.get(column.number)
            if unit and unit.question and not unit.asks_density:
                column.ask(unit.question, *filter(None, (column.key or column.proposed,)))
            elif column.key in columns:
                further[column.key] = (*further.get(column.key, ()), column.number)
            elif column.key:
                columns[column.key] = column.number
        by_number = {column.number: column for column in found}
        return Head(
            top,
            below or bottom,
            columns,
            {key: self._name(key, by_number[at]) for key, at in columns.items()},
            {
                k: units[at].unit
                for k, at in columns.items()
                if at in units and units[at].unit != FIELDS[k].unit
            },
            {k: units[at].density for k, at in columns.items() if at in units and units[at].density},
            further,
            tuple(found),
            units,
        )

    def _units(self, asked: HeadUnits, found: list[HeadColumn]) -> dict[int, ColumnUnit]:
        units = {}
        for column in found:
            key = column.key or ("" if column.chosen else column.proposed)
            if key and (unit := asked.of(column, key)):
                units[column.number] = unit
        return units

    def _name(self, key: str, column: HeadColumn) -> str:
        """The head words as a sentence can quote them: 占地方面·罚款金额."""
        path = [squeeze(text) for text in column.path]
        shared = any(
            other != key and set(FIELDS[other].words) & set(FIELDS[key].words) for other in self.form.keys
        )
        return "·".join(path[-2:] if shared else path[-1:])
