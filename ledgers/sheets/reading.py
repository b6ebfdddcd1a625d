"""A ledger workbook as an office keeps it, to rows, faults and warnings. Nothing is written here.

    reading = read_ledger(path, layout)

`reading.rows` are clean; `reading.rejected_rows` carry their faults; `reading.faults` are all
faults in order. Warnings are things to look at that keep nothing out. A file in which no ledger can
be read raises `Unreadable` with a sentence.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from openpyxl.utils import get_column_letter

from common.written_days import read_day
from ledgers.fields import Kind
from ledgers.layouts import Layout
from ledgers.sheets.gate import Gated, check_workbook
from ledgers.sheets.grid import Sheet, load_sheet, sheet_names
from ledgers.sheets.heads import Head, find_head
from ledgers.sheets.limits import MAX_ROWS, NO_HEAD, Limits, Unreadable
from ledgers.sheets.signatures import read_labels
from ledgers.sheets.tables import Fault, ReadRow, TableReader

_DAYS = {"filled_on": "填报时间", "data_as_of": "数据截止"}


@dataclass(frozen=True)
class SheetReading:
    """Where the ledger stands on one sheet; rows and columns count from 1."""

    name: str
    head_rows: tuple[int, int]
    columns: dict[str, int]
    names: dict[str, str]
    line_rows: tuple[int, ...]


@dataclass
class Reading:
    """What a workbook holds, all its ledger sheets together, in the workbook's own order."""

    kind: str
    form: Layout
    sheets: list[SheetReading] = field(default_factory=list)
    reporting_unit: str = ""
    auditor: str = ""
    filler: str = ""
    filled_on: date | None = None
    data_as_of: date | None = None
    rows: list[ReadRow] = field(default_factory=list)
    rejected_rows: list[ReadRow] = field(default_factory=list)
    skipped_totals: int = 0
    warnings: list[Fault] = field(default_factory=list)

    @property
    def sheet(self) -> str:
        return self.sheets[0].name

    @property
    def head_rows(self) -> tuple[int, int]:
        """First and last row of the head on the first ledger sheet."""
        return self.sheets[0].head_rows

    @property
    def columns(self) -> dict[str, int]:
        """Key → column, from 1, on the first ledger sheet."""
        return self.sheets[0].columns

    @property
    def faults(self) -> list[Fault]:
        return [fault for row in self.rejected_rows for fault in row.faults]


def read_ledger(
    path: Path | str, form: Layout, *, max_rows: int = MAX_ROWS, limits: Limits | None = None
) -> Reading:
    """Read every sheet that has the form's head; raise Unreadable where no sheet has one.

    `limits` replaces the gate's limits; `max_rows` then still bounds the rows of all sheets.
    """
    gated = check_workbook(path, limits or Limits(rows=max_rows))
    reading = Reading(gated.kind, form)
    tables = TableReader(form)
    labels: list[dict[str, object]] = []
    unseen = []
    for name, visible, sheet, head in _ledger_sheets(gated, form):
        if not visible:
            unseen.append(name)
            continue
        table = tables.read(sheet, head)
        lines = (*range(1, head.top), *table.line_rows)
        labels += [read_labels(sheet.rows[row - 1]) for row in lines]
        reading.sheets.append(
            SheetReading(name, (head.top, head.bottom), head.columns, head.names, tuple(table.line_rows))
        )
        reading.skipped_totals += table.skipped_totals
        reading.warnings += [*_head_warnings(sheet, head, form), *table.warnings]
        reading.rows += [row for row in table.rows if not row.faults]
        reading.rejected_rows += [row for row in table.rows if row.faults]
        if len(reading.rows) + len(reading.rejected_rows) > max_rows:
            raise Unreadable(f"台账超过一次导入 {max_rows} 行的上限。请分成几份再导入。")
    if not reading.sheets:
        raise Unreadable(_no_head(unseen))
    for name in unseen:
        reading.warnings.append(_warning(name, 1, "工作表已隐藏，没有读取。需要时请取消隐藏。"))
    _take_labels(reading, labels)
    return reading


def _ledger_sheets(gated: Gated, form: Layout):
    """(name, visible, sheet, head) of each sheet with a head, one sheet in memory at a time."""
    with gated.open() as book:
        for name, visible in sheet_names(book):
            sheet = load_sheet(book, name, gated.notes)
            head = find_head(sheet, form)
            if head:
                yield name, visible, sheet, head


def _no_head(unseen: list[str]) -> str:
    if unseen:
        return f"台账在隐藏的工作表“{unseen[0]}”中。请取消隐藏，另存后再导入。"
    return NO_HEAD


def _take_labels(reading: Reading, labels: list[dict[str, object]]) -> None:
    """The first of each label counts; a day that cannot be read, or differs later, is a warning."""
    first: dict[str, object] = {}
    for line in labels:
        for name, value in line.items():
            if name and name not in first:
                first[name] = value
            if name in _DAYS and read_day(first[name]) != read_day(value):
                reading.warnings.append(
                    _warning(
                        reading.sheet,
                        reading.head_rows[0],
                        f"文件里有几个不同的{_DAYS[name]}，按“{first[name]}”计。",
                        str(value),
                    )
                )
    for name in ("reporting_unit", "auditor", "filler"):
        setattr(reading, name, str(first.get(name, "")).strip())
    for name, words in _DAYS.items():
        if name in first:
            day = read_day(first[name])
            setattr(reading, name, day)
            if day is None:
                reading.warnings.append(
                    _warning(
                        reading.sheet,
                        reading.head_rows[0],
                        f"{words}“{first[name]}”认不出是哪一天，请写成 2021年5月15日 的样子。",
                        str(first[name]),
                    )
                )


def _head_warnings(sheet: Sheet, head: Head, form: Layout) -> list[Fault]:
    """Columns the form has and the sheet has not, and columns that stand there twice."""
    warnings = []
    missing = [f.label for f in form.fields if f.key not in head.columns and f.kind != Kind.SERIAL]
    if missing:
        warnings.append(
            _warning(sheet.name, head.bottom, f"表中没有这些列，原有数据不变：{'、'.join(missing)}。")
        )
    for key, column in head.doubles:
        warnings.append(
            Fault(
                sheet.name,
                head.bottom,
                get_column_letter(column),
                head.names[key],
                sheet.text(head.bottom, column),
                f"与 {get_column_letter(head.columns[key])} 列重复，只读了前一列。",
                key,
            )
        )
    return warnings


def _warning(sheet: str, row: int, reason: str, value: str = "") -> Fault:
    return Fault(sheet, row, "", "", value, reason)
