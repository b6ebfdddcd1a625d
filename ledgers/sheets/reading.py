"""A ledger workbook as an office keeps it, to rows, faults and warnings. Nothing is written here.

    reading = read_ledger(path, layout)

`reading.rows` are clean; `reading.rejected_rows` carry their faults; `reading.faults` are all
faults in order. Warnings are things to look at that keep nothing out. A file in which no ledger can
be read raises `Unreadable` with a sentence.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from common.written_days import read_day
from ledgers.layouts import Layout
from ledgers.sheets.choices import NOTHING_CHOSEN, Choices, Role
from ledgers.sheets.contents import Contents, SheetReader, ignored_lines
from ledgers.sheets.found import FoundColumn, FoundSheet, Line, LineKind
from ledgers.sheets.gate import Gated, check_workbook
from ledgers.sheets.grid import load_sheet, sheet_names
from ledgers.sheets.identities import masked
from ledgers.sheets.limits import MAX_ROWS, NO_HEAD, Extent, Limits, Unreadable
from ledgers.sheets.roles import SheetRole, roles_of
from ledgers.sheets.tables import Fault, ReadRow

_DAYS = {"filled_on": "填报时间", "data_as_of": "数据截止"}


@dataclass(frozen=True)
class SheetReading:
    """Where the ledger stands on one sheet; rows and columns count from 1.

    `further` are the heads of further tables on it: (first and last row, columns).
    """

    name: str
    head_rows: tuple[int, int]
    columns: dict[str, int]
    names: dict[str, str]
    line_rows: tuple[int, ...]
    further: tuple[tuple[tuple[int, int], dict[str, int]], ...] = ()


@dataclass
class Reading:
    """What a workbook holds, all its ledger sheets together, in the workbook's own order.

    `rows` and the like are those of the sheets that are the ledger of the day. Each older day that
    stands on a sheet of its own is a reading of its own in `history`, the oldest first; it has rows,
    rejected rows, warnings and days, and is taken over as history. `lines`, `found_sheets` and
    `questions` speak of the whole workbook. `nil`: the office reports that there is nothing.
    """

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
    choices: Choices = NOTHING_CHOSEN
    lines: list[Line] = field(default_factory=list)
    found_sheets: list[FoundSheet] = field(default_factory=list)
    history: list["Reading"] = field(default_factory=list)
    nil: bool = False

    @property
    def questions(self) -> list[FoundColumn]:
        """What somebody must answer before the workbook is taken over; each head once."""
        columns = (
            column for sheet in self.found_sheets if sheet.role != Role.IGNORED for column in sheet.columns
        )
        return list({column.id: column for column in columns if column.question}.values())

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
    path: Path | str,
    form: Layout,
    *,
    max_rows: int = MAX_ROWS,
    limits: Limits | None = None,
    choices: Choices | None = None,
    today: date | None = None,
) -> Reading:
    """Read every sheet that has the form's head; raise Unreadable where no sheet has one.

    `limits` replaces the gate's limits; `max_rows` then still bounds the rows of all sheets. `today` is
    the day on which it was handed in: it tells the year of a sheet named 6月 where nothing else does.
    """
    gated = check_workbook(path, limits or Limits(rows=max_rows))
    reading = Reading(gated.kind, form, choices=choices or NOTHING_CHOSEN)
    contents = _contents(gated, form, reading.choices)
    roles = roles_of(contents, reading.choices, today)
    _check(contents, roles)
    _take_lines(reading, contents, roles)
    paired = list(zip(contents, roles, strict=True))
    _take(reading, [each for each, role in paired if role.role == Role.LEDGER])
    past = sorted({role.as_of for role in roles if role.role == Role.HISTORY})
    for day in past:
        older = Reading(gated.kind, form, choices=reading.choices)
        _take(older, [each for each, role in paired if (role.role, role.as_of) == (Role.HISTORY, day)])
        if not (older.data_as_of or older.filled_on):
            older.data_as_of = day
        reading.history.append(older)
    count = sum(len(each.rows) + len(each.rejected_rows) for each in (reading, *reading.history))
    if count > max_rows:
        raise Unreadable(f"台账超过一次导入 {max_rows} 行的上限。请分成几份再导入。")
    _warn_of_sheets(reading)
    return reading


def _contents(gated: Gated, form: Layout, choices: Choices) -> list[Contents]:
    """What each sheet holds, one sheet in memory at a time."""
    reader = SheetReader(form, choices)
    with gated.open() as book:
        return [
            reader.read(load_sheet(book, name, gated.notes), visible, gated.extents.get(name, Extent()))
            for name, visible in sheet_names(book)
        ]


def _check(contents: list[Contents], roles: list[SheetRole]) -> None:
    """Unreadable where no sheet is the ledger."""
    if any(role.role == Role.LEDGER for role in roles):
        return
    with_heads = [each for each in contents if each.heads]
    if not with_heads:
        raise Unreadable(NO_HEAD)
    unseen = [each for each in with_heads if not each.visible]
    if len(unseen) == len(with_heads):
        raise Unreadable(f"台账在隐藏的工作表“{unseen[0].name}”中。请取消隐藏，另存后再导入。")
    raise Unreadable("没有一张工作表选作本期台账，请至少选一张。")


def _take_lines(reading: Reading, contents: list[Contents], roles: list[SheetRole]) -> None:
    """Every line of the workbook, and every sheet with what it is taken for."""
    for each, role in zip(contents, roles, strict=True):
        reading.lines += ignored_lines(each, role.why) if role.role == Role.IGNORED else each.lines
        found = FoundSheet(
            each.name,
            each.visible,
            role.proposed,
            role.role,
            role.why,
            each.day("filled_on"),
            each.day("data_as_of"),
            role.as_of,
            len(each.lines),
            len(each.heads),
            each.hidden_rows,
            each.hidden_columns,
            each.columns,
        )
        reading.found_sheets.append(found)


def _take(reading: Reading, sheets: list[Contents]) -> None:
    """The rows of some sheets, and what their labels say."""
    for each in sheets:
        head, *more = each.heads
        further = tuple(
            ((other.top, other.bottom), other.columns) for other in more if not other.says_the_same(head)
        )
        place, line_rows = (head.top, head.bottom), tuple(each.line_rows)
        reading.sheets.append(SheetReading(each.name, place, head.columns, head.names, line_rows, further))
        reading.skipped_totals += each.skipped_totals
        reading.warnings += each.warnings
        reading.rows += [row for row in each.rows if not row.faults]
        reading.rejected_rows += [row for row in each.rows if row.faults]
        reading.nil |= any(line.kind == LineKind.NIL for line in each.lines)
    reading.nil &= not (reading.rows or reading.rejected_rows)
    _take_labels(reading, [label for each in sheets for label in each.labels])


def _warn_of_sheets(reading: Reading) -> None:
    """Sheets with a ledger that are not read, and those that are read as history."""
    for sheet in reading.found_sheets:
        if sheet.tables and sheet.role != sheet.proposed:
            continue
        if sheet.tables and (not sheet.visible or sheet.role != Role.LEDGER):
            reading.warnings.append(_warning(sheet.name, 1, sheet.why))


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
        setattr(reading, name, masked(str(first.get(name, "")).strip()))
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


def _warning(sheet: str, row: int, reason: str, value: str = "") -> Fault:
    return Fault(sheet, row, "", "", value, reason)
