"""A case register as a workbook → its cases: heads by their words, wherever the head row stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from law.reading.columns import RegisterColumn, column_of, unit_of, with_unit
from law.reading.values import BadInput

HEAD_ROWS = 10
LEAST = ("number", "party", "violations")


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of the register with where it stands: sheet, row as Excel counts, cells by column."""

    sheet: str
    row: int
    cells: dict[str, object]


def read_workbook(path: Path) -> list[list[dict[str, object]]]:
    """Rows by case, in the order of the file. Raises BadInput where there are no heads."""
    return [[each.cells for each in rows] for rows in read_placed(path)]


def read_placed(path: Path) -> list[list[Placed]]:
    """Rows by case, each with where it stands. Raises BadInput where there are no heads."""
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        rows = [
            Placed(sheet.title, place, cells)
            for sheet in book
            for place, cells in _sheet(sheet.iter_rows(values_only=True))
        ]
    finally:
        book.close()
    if not rows:
        raise BadInput("工作簿里没有找到案件登记表的表头（案号、当事人、违法类型）。")
    cases: dict[object, list[Placed]] = {}
    for place, row in enumerate(rows):
        number = row.cells.get("number") or row.cells.get("decision_number")
        cases.setdefault(str(number or f"#{place}"), []).append(row)
    return list(cases.values())


def _sheet(rows: Iterator[tuple]) -> Iterator[tuple[int, dict[str, object]]]:
    heads: list[tuple[RegisterColumn, str] | None] = []
    for place, cells in enumerate(rows, 1):
        if heads:
            if any(cell not in (None, "") for cell in cells) and not _of_units(cells):
                yield place, _row(heads, cells)
        elif place <= HEAD_ROWS:
            columns = [column_of(cell) for cell in cells]
            if set(LEAST) <= {column.key for column in columns if column}:
                units = [unit_of(cell) for cell in cells]
                heads = [head if head[0] else None for head in zip(columns, units, strict=True)]
        else:
            return


def _row(heads: list[tuple[RegisterColumn, str] | None], cells: tuple) -> dict[str, object]:
    pairs = [(*head, cell) for head, cell in zip(heads, cells, strict=False) if head]
    return {column.key: with_unit(cell, column, unit) for column, unit, cell in pairs}


def _of_units(cells: tuple) -> bool:
    """A row of units below the heads: 亩, 吨, 元 and nothing else."""
    units = {str(cell).strip("()（） ") for cell in cells if cell not in (None, "")}
    return units <= {"亩", "吨", "元", "人", "个", "日期", "是/否", "是/否/无"}
