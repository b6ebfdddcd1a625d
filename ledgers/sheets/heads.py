"""Where on a sheet the head stands, and which column is which.

Offices move the head down, break its words over lines, lose its merges, change its order and its
words a little. So a column is recognised by its lowest word; where two fields share that word
(罚款金额), by the words above it, and where those are lost, by its neighbour on the left.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from common.words import squeeze
from ledgers.fields import FIELDS, Kind, LedgerField
from ledgers.fields.kinds import RULES
from ledgers.layouts import Layout, fold_head
from ledgers.sheets.grid import Sheet

SEARCHED_ROWS = 30
_DEEPEST_HEAD = 5
_FEWEST_COLUMNS = 5
_LONGEST_WORD = 30
_HEAD_COLUMNS = 60
_HEAD_MERGES = 500
_UNIT_LINE = re.compile(r"(?:计量|金额)?单位:(.+)")


@dataclass(frozen=True)
class Head:
    """The head of a sheet: its rows, the column of each field, the words above it.

    `units` holds a field's unit where the sheet states another than the form: 万元 for 元.
    `doubles` are columns that repeat a field already found further left.
    """

    top: int
    bottom: int
    columns: dict[str, int]
    names: dict[str, str]
    units: dict[str, str] = field(default_factory=dict)
    doubles: tuple[tuple[str, int], ...] = ()


def find_head(sheet: Sheet, form: Layout) -> Head | None:
    """The head in the first rows of the sheet, or None where there is none to recognise."""
    board = _Board(sheet, form)
    best, best_columns = None, {}
    for bottom in range(1, min(SEARCHED_ROWS, sheet.height) + 1):
        top = board.top_of(bottom)
        if top is None:
            continue
        columns, doubles = board.columns(top, bottom)
        if form.row_kind.named_by in columns and len(columns) > len(best_columns):
            best, best_columns = (top, bottom, doubles), columns
    if best is None or len(best_columns) < min(_FEWEST_COLUMNS, len(form.columns)):
        return None
    top, bottom, doubles = best
    names = {key: board.name(key, top, bottom, at) for key, at in best_columns.items()}
    units = board.units(best_columns, bottom)
    return Head(top, bottom, best_columns, names, units, tuple(doubles))


class _Board:
    """The first rows of a sheet with merged words written into every cell they cover."""

    def __init__(self, sheet: Sheet, form: Layout):
        self.sheet = sheet
        self.form = form
        self.width = min(sheet.width, _HEAD_COLUMNS)
        self.cells = [
            [sheet.text(row, column) for column in range(1, self.width + 1)]
            for row in range(1, min(sheet.height, SEARCHED_ROWS) + 1)
        ]
        self.merged: set[tuple[int, int]] = set()
        self._spread()
        self.matches: dict[str, tuple[LedgerField, ...]] = {}
        self.group_words = group_words(form)

    def _spread(self) -> None:
        merges = [m for m in self.sheet.merges if m[0][0] <= len(self.cells)][:_HEAD_MERGES]
        for (top, left), (bottom, right) in merges:
            if left > self.width:
                continue
            text = self.cells[top - 1][left - 1]
            for row in range(top, min(bottom, len(self.cells)) + 1):
                for column in range(left, min(right, self.width) + 1):
                    self.cells[row - 1][column - 1] = text
                    self.merged.add((row, column))

    def text(self, row: int, column: int) -> str:
        return self.cells[row - 1][column - 1]

    def top_of(self, bottom: int) -> int | None:
        """The highest row of an unbroken head that ends in this row."""
        top = None
        for row in range(bottom, max(0, bottom - _DEEPEST_HEAD), -1):
            if not self._is_head_row(row):
                break
            top = row
        return top

    def _is_head_row(self, row: int) -> bool:
        texts = {text for text in self.cells[row - 1] if text}
        return len(texts) > 1 and any(self.fields(t) or self._is_group(t) for t in texts)

    def _is_group(self, text: str) -> bool:
        folded = fold_head(text)
        return len(folded) <= _LONGEST_WORD and any(word in folded for word in self.group_words)

    def fields(self, text: str) -> tuple[LedgerField, ...]:
        """The fields whose words match a head word best."""
        if text not in self.matches:
            folded = fold_head(text)
            scores = {
                key: max((len(word) for word in FIELDS[key].words if _matches(word, folded)), default=0)
                for key in self.form.keys
            }
            best = max(scores.values()) if folded and len(folded) <= _LONGEST_WORD else 0
            self.matches[text] = tuple(FIELDS[k] for k, s in scores.items() if best and s == best)
        return self.matches[text]

    def path(self, top: int, bottom: int, column: int) -> list[str]:
        """The words above a column from top to bottom, each once; a lost merge is made good."""
        words: list[str] = []
        for row in range(top, bottom + 1):
            text = self.text(row, column) or self._lost_group(row, column)
            if text and (not words or words[-1] != text):
                words.append(text)
        return words

    def _lost_group(self, row: int, column: int) -> str:
        for left in range(column - 1, 0, -1):
            text = self.text(row, left)
            if text:
                return text if self._is_group(text) and (row, left) not in self.merged else ""
        return ""

    def _leaf(self, top: int, bottom: int, column: int) -> str:
        own = [self.text(row, column) for row in range(top, bottom + 1)]
        return next((text for text in reversed(own) if text), "")

    def columns(self, top: int, bottom: int) -> tuple[dict[str, int], list[tuple[str, int]]]:
        """The column of each field, and the columns that say the same again."""
        columns: dict[str, int] = {}
        doubles: list[tuple[str, int]] = []
        group: tuple[str, ...] = ()
        for column in range(1, self.width + 1):
            fields = self.fields(self._leaf(top, bottom, column))
            if not fields:
                continue
            chosen = self._choose(fields, self.path(top, bottom, column), group)
            group = self.form.column_of(chosen.key).path[:-1]
            if chosen.key in columns:
                doubles.append((chosen.key, column))
            else:
                columns[chosen.key] = column
        return columns, doubles

    def _choose(self, fields, path: list[str], group: tuple[str, ...]) -> LedgerField:
        """One of several fields with the same word: by the words above, else by the neighbour."""
        if len(fields) == 1:
            return fields[0]
        for text in reversed(path):
            under = [f for f in fields if any(word in fold_head(text) for word in f.above)]
            if len(under) == 1:
                return under[0]
        beside = [f for f in fields if self.form.column_of(f.key).path[:-1] == group]
        return beside[0] if beside else fields[0]

    def name(self, key: str, top: int, bottom: int, column: int) -> str:
        """The head words as a sentence can quote them: 占地方面·罚款金额."""
        path = [squeeze(text) for text in self.path(top, bottom, column)]
        shared = any(
            other != key and set(FIELDS[other].words) & set(FIELDS[key].words) for other in self.form.keys
        )
        return "·".join(path[-2:] if shared else path[-1:])

    def units(self, columns: dict[str, int], bottom: int) -> dict[str, str]:
        """The unit of each numeric field where the sheet states another than the form."""
        line = self._unit_line(bottom)
        units = {}
        for key, column in columns.items():
            kind = FIELDS[key].kind
            if not kind.rule.units:
                continue
            leaf = fold_head(self.text(bottom, column) or self._leaf(1, bottom, column))
            unit = next((u for u in kind.rule.units if leaf.endswith(u)), line.get(kind, ""))
            if unit and unit != FIELDS[key].unit:
                units[key] = unit
        return units

    def _unit_line(self, bottom: int) -> dict[Kind, str]:
        """单位：亩、万元、吨、人 as the unit of each kind; a kind named twice decides nothing."""
        for row in self.cells[:bottom]:
            for text in row:
                match = _UNIT_LINE.search(squeeze(text))
                if match and "填报" not in text:
                    return _units_of(re.split(r"[、,;/。.]", match[1]))
        return {}


def _units_of(words: Iterable[str]) -> dict[Kind, str]:
    named: dict[Kind, list[str]] = {}
    for word in words:
        for kind, rule in RULES.items():
            if word.lower() in rule.units:
                named.setdefault(kind, []).append(word)
    return {kind: units[0] for kind, units in named.items() if len(units) == 1}


def group_words(form: Layout) -> tuple[str, ...]:
    """Words of a head that stands above others: those of the fields, and the form's own heads."""
    words = {word for column in form.columns for word in column.field.above}
    heads = {fold_head(text) for column in form.columns for text in column.path[:-1]}
    return tuple(sorted(words | heads))


def _matches(word: str, folded: str) -> bool:
    return word == folded if len(word) == 1 else word in folded
