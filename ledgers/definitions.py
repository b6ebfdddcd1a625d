"""What an official ledger form looks like, as versioned plain data.

A `Field` is something a ledger can show, whichever form shows it. A `Form` is one printed form in
one version: its columns with their head words from top to bottom, its title, its lines. Page, Excel
out and Excel in all draw their head from `head_cells()`, so they cannot disagree.

A form is never changed, because frozen submissions point at it: a new version is a new `Form`.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from openpyxl.utils import get_column_letter


class Kind(StrEnum):
    """How a value is read, shown and added up."""

    SERIAL = "serial"
    TEXT = "text"
    BOOL = "bool"
    AREA = "area"
    MONEY = "money"
    TONNES = "tonnes"
    PERSONS = "persons"


SUMMED = frozenset({Kind.AREA, Kind.MONEY, Kind.TONNES, Kind.PERSONS})


@dataclass(frozen=True)
class Field:
    """One thing a ledger can show.

    `words` are the heads by which offices write it; a one-character word must be the whole head.
    `group` are words of the head above it, needed where two fields share a word.
    """

    key: str
    kind: Kind
    label: str
    words: tuple[str, ...]
    unit: str = ""
    group: tuple[str, ...] = ()


LAND = ("占地", "用地", "土地")
MINING = ("采矿", "开采", "矿产")
_FINE_WORDS = ("罚款金额", "罚款数额", "罚款", "罚没款", "处罚金额")

FIELDS: dict[str, Field] = {
    field.key: field
    for field in (
        Field("serial", Kind.SERIAL, "序号", ("序号", "编号", "顺序号")),
        Field(
            "county",
            Kind.TEXT,
            "县市区",
            ("县市区", "市县区", "县区", "区县", "县级市", "所在县", "所属县", "县"),
        ),
        Field(
            "party",
            Kind.TEXT,
            "企业名称（个人）",
            ("企业名称", "企业个人", "企业或个人", "当事人", "违法主体", "单位名称", "个人姓名"),
        ),
        Field("place", Kind.TEXT, "位置", ("位置", "地点", "地址")),
        Field("mineral", Kind.TEXT, "开采矿种", ("开采矿种", "矿种")),
        Field(
            "land_area",
            Kind.AREA,
            "非法占地面积",
            ("非法占地面积", "违法占地面积", "占地面积", "面积"),
            "亩",
            LAND,
        ),
        Field("land_fine", Kind.MONEY, "占地罚款金额", _FINE_WORDS, "元", LAND),
        Field(
            "land_restored", Kind.BOOL, "是否恢复原状", ("是否恢复原状", "恢复原状", "是否恢复", "恢复情况")
        ),
        Field(
            "mined_tonnes",
            Kind.TONNES,
            "非法开采数量",
            ("非法开采数量", "开采数量", "采矿数量", "开采量", "采矿量", "采出量"),
            "吨",
        ),
        Field(
            "confiscated_tonnes",
            Kind.TONNES,
            "没收非法矿产品",
            ("没收非法矿产品", "没收矿产品", "没收违法矿产品", "没收非法采出", "没收数量"),
            "吨",
        ),
        Field("mining_fine", Kind.MONEY, "采矿罚款金额", _FINE_WORDS, "元", MINING),
        Field(
            "shutdown", Kind.BOOL, "非法采矿是否取缔", ("非法采矿是否取缔", "是否取缔", "取缔情况", "取缔")
        ),
        Field("administrative_detention", Kind.PERSONS, "行政拘留", ("行政拘留",), "人"),
        Field("criminal_detention", Kind.PERSONS, "刑事拘留", ("刑事拘留", "刑拘"), "人"),
        Field("arrest", Kind.PERSONS, "逮捕", ("逮捕", "批捕"), "人"),
        Field("remark", Kind.TEXT, "备注", ("备注", "说明")),
    )
}


@dataclass(frozen=True)
class Column:
    """A field on a form: the head words above it from top to bottom; width in characters."""

    key: str
    path: tuple[str, ...]
    width: int

    @property
    def field(self) -> Field:
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
        return self.row_span > 1 or self.column_span > 1


@dataclass(frozen=True)
class Signature:
    """A word of the signature line and the column (from 1) it stands in."""

    name: str
    words: str
    column: int


@dataclass(frozen=True)
class Form:
    """One official form in one version. `code` and `version` are what a submission keeps."""

    code: str
    version: int
    title: str
    sheet_title: str
    unit_line: str
    unit_words: str
    columns: tuple[Column, ...]
    signatures: tuple[Signature, ...]
    data_as_of_words: str
    totals_words: tuple[str, str]

    @property
    def version_code(self) -> str:
        """The form and its version as one word, printed on each page: luliang-1."""
        return f"{self.code}-{self.version}"

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)

    @cached_property
    def numeric_keys(self) -> tuple[str, ...]:
        """Columns that hold numbers, in the form's order."""
        return tuple(c.key for c in self.columns if c.field.kind in SUMMED)

    @property
    def sum_keys(self) -> tuple[str, ...]:
        """Columns that subtotals and totals add up: areas, money, tonnes, persons."""
        return self.numeric_keys

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


def _head_row(form: Form, level: int) -> list[HeadCell]:
    cells: list[HeadCell] = []
    previous: tuple[str, ...] = ()
    for number, column in enumerate(form.columns, start=1):
        prefix = column.path[: level + 1]
        if len(column.path) <= level:
            previous = ()
        elif len(column.path) == level + 1:
            rows = form.head_depth - level
            cells.append(HeadCell(prefix[-1], level + 1, number, rows, 1, column.key))
            previous = ()
        elif prefix == previous:
            last = cells.pop()
            cells.append(HeadCell(last.text, last.row, last.column, 1, last.column_span + 1))
        else:
            cells.append(HeadCell(prefix[-1], level + 1, number, 1, 1))
            previous = prefix
    return cells


_LAND = ("自然资源部门处理情况", "占地方面")
_MINING = ("自然资源部门处理情况", "采矿方面")
_POLICE = ("公安部门处理情况",)

# The Lüliang notice prints 是否取缔 behind the police columns, through a merge lost in printing; it
# belongs to 采矿方面. Row 112 of the requirements has the sixteen columns in the notices' words.
LULIANG_V1 = Form(
    code="luliang",
    version=1,
    title="吕梁市严厉打击非法采矿占地专项行动台账",
    sheet_title="台账",
    unit_line="单位：亩、元、吨、人",
    unit_words="填报单位：",
    columns=(
        Column("serial", ("序号",), 6),
        Column("county", ("县市区",), 10),
        Column("party", ("企业名称(个人)",), 24),
        Column("place", ("位置",), 24),
        Column("mineral", ("开采矿种",), 10),
        Column("land_area", (*_LAND, "非法占地面积"), 11),
        Column("land_fine", (*_LAND, "罚款金额"), 13),
        Column("land_restored", (*_LAND, "是否恢复原状"), 9),
        Column("mined_tonnes", (*_MINING, "非法开采数量"), 12),
        Column("confiscated_tonnes", (*_MINING, "没收非法矿产品"), 12),
        Column("mining_fine", (*_MINING, "罚款金额"), 13),
        Column("shutdown", (*_MINING, "非法采矿是否取缔"), 10),
        Column("administrative_detention", (*_POLICE, "行政拘留"), 7),
        Column("criminal_detention", (*_POLICE, "刑事拘留"), 7),
        Column("arrest", (*_POLICE, "逮捕"), 7),
        Column("remark", ("备注",), 24),
    ),
    signatures=(
        Signature("auditor", "审核人：", 1),
        Signature("filled_on", "填报时间：", 7),
        Signature("filler", "填报人：", 13),
    ),
    data_as_of_words="数据截止：",
    totals_words=("小计", "合计"),
)

FORMS: dict[tuple[str, int], Form] = {(form.code, form.version): form for form in (LULIANG_V1,)}


def fold_head(text: str) -> str:
    """A head word as it is compared: full width folded, no blanks, no brackets or marks."""
    return re.sub(r"[\s\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def form_choices() -> list[tuple[str, str]]:
    """The official forms, each in its versions, as a campaign chooses one."""
    return [(form.version_code, f"{form.title}（第{form.version}版）") for form in FORMS.values()]


def find_form(code: str, version: int) -> Form | None:
    """One form in one version; None where there is none."""
    return FORMS.get((code, version))
