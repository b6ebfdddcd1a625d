"""What the gate lets through, what it says when it does not, and what it noticed on the way."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from openpyxl.utils import get_column_letter

MEGABYTE = 1024 * 1024
MAX_ROWS = 20_000

NOT_A_WORKBOOK = (
    "这不是 Excel 工作簿，也不是 .ods 或 .csv 表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。"
)
ENCRYPTED = "文件有密码，读不出来。请在 Excel 或 WPS 中去掉密码，另存后再导入。"
MACROS = "文件带有宏，为安全不予读取。请另存为不带宏的 .xlsx 后再导入。"
BROKEN = "文件已损坏或没有传完整。请用 Excel 或 WPS 打开核对，另存为 .xlsx 后再导入。"
SWOLLEN = "文件展开后过大，为安全不予读取。请只留台账，删去图片和空白格式，另存为 .xlsx 后再导入。"
DECLARED = "文件里带有外部定义，为安全不予读取。请用 Excel 或 WPS 另存为 .xlsx 后再导入。"
EMPTY = "文件是空的，没有内容。请重新选择文件。"
NOT_FOUND = "文件打不开。请核对文件是否还在，再重新选择。"
NO_HEAD = (
    "没有找到台账的表头。请核对文件：前三十行内应有“序号、县市区、企业名称（个人）、位置”等表头，至少五栏。"
)


class Unreadable(Exception):  # noqa: N818 - an answer for the person, not a fault of the program
    """No ledger can be read from this file; `sentence` says why and what to do."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Limits:
    """How much a workbook may hold; settings pass their own, the defaults are the system's."""

    bytes: int = 20 * MEGABYTE
    rows: int = MAX_ROWS
    columns: int = 60
    parts: int = 200
    part_bytes: int = 60 * MEGABYTE
    total_bytes: int = 80 * MEGABYTE
    ratio: int = 120
    # Small parts may be as repetitive as they like: they cannot swell to anything.
    ratio_from: int = MEGABYTE
    merges: int = 50_000
    # Text after each shared string is written out in each cell that points to it, in characters.
    text: int = 50_000_000
    depth: int = 256
    # Rows that a head, signatures and blank lines may take beyond the data.
    slack: int = 500
    # Odd cells worth a note each; a sheet with more of them is no ledger.
    notes: int = 250_000
    # Cells of all sheets together, blank ones inside the used rectangle included.
    area: int = 3_000_000


class Oddity(StrEnum):
    """What the parser behind the gate would lose or change without a word."""

    UNCALCULATED = "uncalculated"
    ERROR = "error"
    LONG = "long"
    PERCENT = "percent"


@dataclass(frozen=True)
class Note:
    """An odd cell: a formula without a value, an error value, an integer beyond 15 digits, a share
    shown in percent (its text says which)."""

    oddity: Oddity
    text: str


@dataclass
class Extent:
    """What one sheet holds: how far its values reach, how many rows have any, its odd cells, what of
    it is hidden (ranges of rows and of columns, both ends included)."""

    last_row: int = 0
    last_column: int = 0
    rows: int = 0
    notes: dict[tuple[int, int], Note] = field(default_factory=dict)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    _row: int = 0

    def note(self, place: tuple[int, int], note: Note, limits: Limits) -> None:
        """Keep an odd cell in mind for the reader."""
        self.notes[place] = note
        if len(self.notes) > limits.notes:
            raise Unreadable(SWOLLEN)

    def hide(self, ranges: list[tuple[int, int]], first: int, last: int) -> None:
        """Keep in mind what a person does not see; ranges that meet are one."""
        if ranges and ranges[-1][1] + 1 == first:
            ranges[-1] = (ranges[-1][0], last)
        elif len(ranges) < MAX_ROWS:
            ranges.append((first, last))

    def add(self, row: int, column: int) -> None:
        """Count a cell that holds a value."""
        if row != self._row:
            self._row = row
            self.rows += 1
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)


def check_extents(extents: Iterable[tuple[str, Extent]], limits: Limits) -> None:
    """Refuse too many rows and cells far away from the table, before a parser makes room for them.

    Blank formatted cells are not counted: offices format whole columns.
    """
    area = 0
    for name, extent in extents:
        if extent.rows > limits.rows + limits.slack:
            raise Unreadable(
                f"工作表“{name}”有 {extent.rows} 行，超过一次导入 {limits.rows} 行的上限。请分成几份再导入。"
            )
        if extent.last_row > limits.rows + limits.slack or extent.last_column > limits.columns:
            last = f"{get_column_letter(min(extent.last_column, 16384))}{extent.last_row}"
            raise Unreadable(
                f"工作表“{name}”的内容一直到 {last}，离台账太远"
                f"（最多 {limits.rows} 行、{limits.columns} 列）。请删去表外的内容，另存后再导入。"
            )
        area += extent.last_row * extent.last_column
    if area > limits.area:
        raise Unreadable(SWOLLEN)
