"""A few rows of a sheet with merged words written into every cell they cover: where heads are sought."""

from collections.abc import Callable

from common.words import NOTHING, squeeze
from ledgers.sheets.grid import Sheet
from ledgers.sheets.words_of_heads import HeadWords

_DEEPEST_HEAD = 5
_HEAD_COLUMNS = 60
_HEAD_MERGES = 500


class Board:
    """The rows `first` to `last` of a sheet, counted as in the workbook."""

    def __init__(self, sheet: Sheet, words: HeadWords, first: int, last: int):
        self.words = words
        self.first, self.last = first, min(last, sheet.height)
        self.width = min(sheet.width, _HEAD_COLUMNS)
        self.cells = {
            row: [sheet.text(row, column) for column in range(1, self.width + 1)]
            for row in range(first, self.last + 1)
        }
        self.merged: set[tuple[int, int]] = set()
        self._spread(sheet)

    def _spread(self, sheet: Sheet) -> None:
        merges = [merge for row in self.cells for merge in sheet.merges_from(row)][:_HEAD_MERGES]
        for (top, left), (bottom, right) in merges:
            if left > self.width:
                continue
            text = self.text(top, left)
            for row in range(top, min(bottom, self.last) + 1):
                for column in range(left, min(right, self.width) + 1):
                    self.cells[row][column - 1] = text
                    self.merged.add((row, column))

    def text(self, row: int, column: int) -> str:
        """The words that cover a place."""
        return self.cells[row][column - 1]

    def is_one(self, row: int, lower: int, column: int) -> bool:
        """Whether two rows of a column are one merged cell."""
        same = self.text(row, column) == self.text(lower, column)
        return same and {(row, column), (lower, column)} <= self.merged

    def top_of(self, bottom: int) -> int | None:
        """The highest row of an unbroken head that ends in this row."""
        top = None
        for row in range(bottom, max(self.first - 1, bottom - _DEEPEST_HEAD), -1):
            if not self._is_head_row(row):
                break
            top = row
        return top

    def _is_head_row(self, row: int) -> bool:
        texts = {text for text in self.cells[row] if text}
        return len(texts) > 1 and any(self.words.match(t).fields or self.words.is_group(t) for t in texts)

    def units_row(self, bottom: int, is_unit: Callable[[str], bool]) -> int | None:
        """The row below a head, or below the numbers of its columns, that names the units of the columns
        and nothing else; None where there is none."""
        row = bottom + 1
        if self.first < row < self.last and are_column_numbers(
            [squeeze(text) for text in self.cells[row] if text]
        ):
            row += 1
        return row if self.units_below(row - 1, is_unit) else None

    def units_below(self, bottom: int, is_unit: Callable[[str], bool]) -> bool:
        """Whether the row right below another names the units of its columns and nothing else."""
        row = bottom + 1
        if not self.first < row <= self.last:
            return False
        own = [text for column, text in enumerate(self.cells[row], 1) if not self.is_one(bottom, row, column)]
        words = [text for text in own if text and not NOTHING.fullmatch(squeeze(text))]
        return bool(words) and all(map(is_unit, words))

    def path(self, top: int, bottom: int, column: int) -> list[str]:
        """The words above a column from top to bottom, each once; a lost merge is made good."""
        words: list[str] = []
        own = [row for row in range(top, bottom + 1) if self.text(row, column)]
        for row in range(top, max(own, default=top) + 1):
            text = self.text(row, column) or self._lost_group(row, column)
            if text and (not words or words[-1] != text):
                words.append(text)
        return words

    def _lost_group(self, row: int, column: int) -> str:
        for left in range(column - 1, 0, -1):
            text = self.text(row, left)
            if text:
                return text if self.words.is_group(text) and (row, left) not in self.merged else ""
        return ""

    def leaf(self, top: int, bottom: int, column: int) -> str:
        """The lowest word above a column."""
        own = [self.text(row, column) for row in range(top, bottom + 1)]
        return next((text for text in reversed(own) if text), "")


def are_column_numbers(texts: list[str]) -> bool:
    """1 2 3 4 … under the head, as some printed forms count their columns."""
    numbers = [text.strip("()") for text in texts]
    return (
        len(numbers) >= 5
        and numbers[0].isdecimal()
        and len(numbers[0]) < 4
        and numbers == [str(int(numbers[0]) + step) for step in range(len(numbers))]
    )
