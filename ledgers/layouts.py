"""What an official form looks like: heads over fields, title, lines, signatures. Plain data.

A layout is read from a declaration, the same whether it stands in a file of ours
(`data/forms/`) or in a row of `LedgerForm`. Page, Excel out and Excel in all draw their head from
`head_cells`, so they cannot disagree.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from openpyxl.utils import get_column_letter

from ledgers.fields import FIELDS, ROW_KINDS, LedgerField, RowKind, Side, Use


@dataclass(frozen=True)
class FormColumn:
    """A field on a form: the head words above it from top to bottom; width in characters."""

    key: str
    path: tuple[str, ...]
    width: int

    @property
    def field(self) -> LedgerField:
        """What stands in it."""
        return FIELDS[self.key]


@dataclass(frozen=True)
class HeadCell:
    """One cell of the head, counted from 1 inside the head; spans are 1 where nothing is merged."""

    text: str
    row: int
    column: int
    row_span: int
    column_span: int
    key: str = ""

    @property
    def is_merged(self) -> bool:
        """Whether it covers more than one place."""
        return self.row_span > 1 or self.column_span > 1


@dataclass(frozen=True)
class SigningWords:
    """A word of the signature line and the column (from 1) it stands in."""

    name: str
    words: str
    column: int


@dataclass(frozen=True)
class Layout:
    """One official form in one version. `code` and `version` are what a submission keeps."""

    code: str
    version: int
    row_kind: RowKind
    title: str
    sheet_title: str
    unit_line: str
    unit_words: str
    columns: tuple[FormColumn, ...]
    signatures: tuple[SigningWords, ...]
    data_as_of_words: str
    totals_words: tuple[str, str]

    @classmethod
    def of(cls, declaration: dict) -> "Layout":
        """The layout that a declaration (checked by `layout_faults`) describes."""
        return cls(
            code=declaration["code"],
            version=declaration["version"],
            row_kind=ROW_KINDS[declaration["row_kind"]],
            title=declaration["title"],
            sheet_title=declaration["sheet_title"],
            unit_line=declaration["unit_line"],
            unit_words=declaration["unit_words"],
            columns=tuple(columns_of(declaration["heads"])),
            signatures=tuple(SigningWords(**each) for each in declaration["signatures"]),
            data_as_of_words=declaration["data_as_of_words"],
            totals_words=(declaration["subtotal_words"], declaration["total_words"]),
        )

    @property
    def version_code(self) -> str:
        """The form and its version as one word, printed on each page: luliang-1."""
        return f"{self.code}-{self.version}"

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The fields' keys in the form's order."""
        return tuple(column.key for column in self.columns)

    @cached_property
    def fields(self) -> tuple[LedgerField, ...]:
        """The fields in the form's order."""
        return tuple(column.field for column in self.columns)

    @cached_property
    def sum_keys(self) -> tuple[str, ...]:
        """Columns that subtotals and totals add up: areas, money, tonnes, persons."""
        return tuple(field.key for field in self.fields if field.is_summed)

    @cached_property
    def imported(self) -> tuple[LedgerField, ...]:
        """The fields whose values a workbook brings."""
        return tuple(field for field in self.fields if field.is_imported)

    @cached_property
    def label_span(self) -> int:
        """How many columns the words of a 小计 or 合计 stretch over: up to the one that names
        the line, and never over a figure."""
        figures = [place for place, field in enumerate(self.fields) if field.is_summed]
        return min([self.keys.index(self.row_kind.named_by) + 1, *figures])

    def subtotal_label(self, county: object, count: int) -> str:
        """交城县小计（2 条）, on a page and in a workbook."""
        return f"{county or ''}{self.totals_words[0]}（{count} 条）"

    def total_label(self, count: int) -> str:
        """合计（9 条）."""
        return f"{self.totals_words[1]}（{count} 条）"

    def of_use(self, *uses: Use) -> tuple[LedgerField, ...]:
        """The fields that do this in a row."""
        return tuple(field for field in self.fields if field.use in uses)

    def of_side(self, side: Side) -> tuple[LedgerField, ...]:
        """The facts of one half of a row."""
        return tuple(field for field in self.fields if field.side == side and field.use == Use.FACT)

    def column_of(self, key: str) -> FormColumn:
        """The column of a field."""
        return self.columns[self.keys.index(key)]

    @cached_property
    def head_depth(self) -> int:
        """How many rows the head has."""
        return max(len(column.path) for column in self.columns)

    @cached_property
    def head_cells(self) -> tuple[HeadCell, ...]:
        """The cells of the head row by row, left to right: what a page or a sheet draws."""
        cells = [cell for level in range(self.head_depth) for cell in _head_row(self, level)]
        return tuple(cells)

    @cached_property
    def head_rows(self) -> tuple[tuple[HeadCell, ...], ...]:
        """The same cells grouped by row, for a page's `<tr>`s."""
        return tuple(
            tuple(cell for cell in self.head_cells if cell.row == row)
            for row in range(1, self.head_depth + 1)
        )

    def merges(self, *, top: int = 1) -> tuple[str, ...]:
        """The merged ranges of the head when its first row is workbook row `top`: ("A4:A6", …)."""
        return tuple(
            f"{get_column_letter(c.column)}{top + c.row - 1}:"
            f"{get_column_letter(c.column + c.column_span - 1)}{top + c.row + c.row_span - 2}"
            for c in self.head_cells
            if c.is_merged
        )


def columns_of(heads: list[dict], above: tuple[str, ...] = ()) -> Iterator[FormColumn]:
    """The columns under a tree of heads: a node has a field's `key` and `width`, or `under` it more."""
    for node in heads:
        path = (*above, node["head"])
        if "under" in node:
            yield from columns_of(node["under"], path)
        else:
            yield FormColumn(node["key"], path, node["width"])


def _head_row(layout: Layout, level: int) -> list[HeadCell]:
    cells: list[HeadCell] = []
    previous: tuple[str, ...] = ()
    for number, column in enumerate(layout.columns, start=1):
        prefix = column.path[: level + 1]
        if len(column.path) <= level:
            previous = ()
        elif len(column.path) == level + 1:
            rows = layout.head_depth - level
            cells.append(HeadCell(prefix[-1], level + 1, number, rows, 1, column.key))
            previous = ()
        elif prefix == previous:
            last = cells.pop()
            cells.append(HeadCell(last.text, last.row, last.column, 1, last.column_span + 1))
        else:
            cells.append(HeadCell(prefix[-1], level + 1, number, 1, 1))
            previous = prefix
    return cells


def fold_head(text: str) -> str:
    """A head word as it is compared: full width folded, no blanks, no brackets or marks."""
    return re.sub(r"[\s\W_]+", "", unicodedata.normalize("NFKC", text)).lower()
