"""The columns of a table as a person confirms them: head, field, unit, the first values, questions."""

from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from ledgers.fields import FIELDS
from ledgers.fields.kinds import Value
from ledgers.sheets.found import FoundColumn, Sample
from ledgers.sheets.grid import Sheet
from ledgers.sheets.head_columns import HeadColumn, headless
from ledgers.sheets.head_units import ColumnUnit
from ledgers.sheets.heads import Head
from ledgers.sheets.tables import ReadRow

SAMPLES = 3
_LONGEST_SAMPLE = 40
_NO_UNIT = ColumnUnit("")


def found_columns(
    sheet: Sheet, head: Head, rows: list[ReadRow], hidden: frozenset[int]
) -> tuple[FoundColumn, ...]:
    """Every column with a head, and those without one that hold something beside the rows read."""
    with_head = {column.number: column for column in head.found}
    found = []
    for number in range(1, sheet.width + 1):
        column = with_head.get(number) or _headless(sheet, number, rows)
        if column:
            unit = head.column_units.get(number, _NO_UNIT)
            samples = tuple(_samples(sheet, column, rows))
            found.append(_found(column, unit, samples, number in hidden))
    return tuple(found)


def _headless(sheet: Sheet, number: int, rows: list[ReadRow]) -> HeadColumn | None:
    if not any(sheet.text(row.row, number) for row in rows):
        return None
    return HeadColumn(number, headless(number), "", [], match=None)


def _found(column: HeadColumn, unit: ColumnUnit, samples: tuple[Sample, ...], hidden: bool) -> FoundColumn:
    key = column.key or column.proposed
    return FoundColumn(
        letter=column.letter,
        id=column.id,
        head=column.words,
        key=column.key,
        proposed=column.proposed,
        question=column.question or unit.question,
        candidates=column.candidates,
        unit=unit.unit,
        units=FIELDS[key].kind.rule.units if key and unit.unit else (),
        asks_density=unit.asks_density,
        hidden=hidden,
        samples=samples,
    )


def _samples(sheet: Sheet, column: HeadColumn, rows: list[ReadRow]) -> Iterator[Sample]:
    """The first cells of the column that hold something."""
    count = 0
    for row in rows:
        typed = sheet.text(row.row, column.number)
        if not typed:
            continue
        value = row.values.get(column.key) if row.columns.get(column.key) == column.number else None
        yield Sample(row.row, typed[:_LONGEST_SAMPLE], shown(column.key, value)[:_LONGEST_SAMPLE])
        count += 1
        if count == SAMPLES:
            return


def shown(key: str, value: Value) -> str:
    """A value as it was read, with its unit; "" where none was."""
    if value is None or not key:
        return ""
    field = FIELDS[key]
    return f"{field.show(value)}{field.unit}" if field.is_summed else field.show(value)


def letters(columns: list[int]) -> tuple[str, ...]:
    """The letters of columns."""
    return tuple(get_column_letter(number) for number in columns)
