"""What a reading found in a workbook, and what it asks: its lines, its sheets, their columns."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ledgers.sheets.choices import Role


class LineKind(StrEnum):
    """What a line of a sheet was taken for; every line that is not blank is one of these."""

    READ = "read"
    REFUSED = "refused"
    TOTAL = "total"
    TITLE = "title"
    HEAD = "head"
    REPEATED_HEAD = "repeated_head"
    NUMBERS = "numbers"
    SIGNATURE = "signature"
    NOTE = "note"
    EMPTY = "empty"
    NIL = "nil"
    IGNORED = "ignored"

    @property
    def label(self) -> str:
        """As the page counts it."""
        return _LABELS[self]


_LABELS = {
    LineKind.READ: "读入",
    LineKind.REFUSED: "有问题",
    LineKind.TOTAL: "合计",
    LineKind.TITLE: "标题",
    LineKind.HEAD: "表头",
    LineKind.REPEATED_HEAD: "重复的表头",
    LineKind.NUMBERS: "列号",
    LineKind.SIGNATURE: "落款",
    LineKind.NOTE: "说明",
    LineKind.EMPTY: "未填写",
    LineKind.NIL: "零报告",
    LineKind.IGNORED: "未读的工作表",
}


@dataclass(frozen=True)
class Line:
    """One line that is not blank: what it was taken for, why, and its first words.

    `why` is a sentence on screen, "" for a line that was read.
    """

    sheet: str
    row: int
    kind: LineKind
    why: str = ""
    text: str = ""


@dataclass(frozen=True)
class Sample:
    """One cell of a column: as it stands, and as it is read with its unit ("" where it is not)."""

    row: int
    typed: str
    shown: str


@dataclass(frozen=True)
class FoundColumn:
    """One column of a table with a head of its own.

    `id` is its head as it is compared and remembered, the same on every sheet. `key` is the field it
    is read as, "" where it is not read; `proposed` what the reader itself took it for. A `question`
    that nobody has answered yet names `candidates` (keys of fields; "" may always be chosen), or asks
    the unit. `unit` is what its figures are counted in, `units` those it may be counted in;
    `asks_density` where it counts volumes of what the form weighs.
    """

    letter: str
    id: str
    head: str
    key: str
    proposed: str = ""
    question: str = ""
    candidates: tuple[str, ...] = ()
    unit: str = ""
    units: tuple[str, ...] = ()
    asks_density: bool = False
    hidden: bool = False
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True)
class FoundSheet:
    """One sheet of the workbook, read or not.

    `proposed` is the role the reader proposes, `role` the one taken, `why` a sentence for the
    proposal. `as_of` is the day it tells of: its 数据截止, else its 填报时间, else what its name says.
    `lines` counts those that are not blank; `columns` are those of its first table, `tables` how many
    tables stand on it (none: it holds no ledger). Hidden rows and columns are read like others.
    """

    name: str
    visible: bool
    proposed: Role
    role: Role
    why: str = ""
    filled_on: date | None = None
    data_as_of: date | None = None
    as_of: date | None = None
    lines: int = 0
    tables: int = 0
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    columns: tuple[FoundColumn, ...] = ()
