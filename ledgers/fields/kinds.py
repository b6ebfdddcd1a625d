"""The kinds of value a ledger holds: how each is read from a cell, kept, shown and added up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from common import quantities
from common.written_days import parse_day

Value = Decimal | int | bool | str | date | None


@dataclass(frozen=True)
class KindRule:
    """What the code must know of one kind.

    `parse` reads what an office typed (NotAQuantity where it cannot); without one the words count
    as they stand. `keep` and `thaw` are the way into JSON and back, exact to the last digit.
    `ceiling` is the first figure that a database has no room for, or that no county ever had;
    `units` are those a head may name, the longer first; `number_format` is the workbook's.
    """

    show: Callable[[Value], str] = str
    parse: Callable[[object], Value] | None = None
    keep: Callable[[Value], object] = lambda value: value
    thaw: Callable[[object], Value] = lambda stored: stored
    adds: bool = False
    units: tuple[str, ...] = ()
    ceiling: Decimal | int | None = None
    number_format: str = "General"


class Kind(StrEnum):
    """What kind of value stands in a column."""

    SERIAL = "serial"
    TEXT = "text"
    BOOL = "bool"
    AREA = "area"
    MONEY = "money"
    TONNES = "tonnes"
    PERSONS = "persons"
    DATE = "date"

    @property
    def rule(self) -> KindRule:
        """How values of this kind are treated."""
        return RULES[self]


def exact_text(value: Value) -> str:
    """A figure as plain decimal text: 84000, never 8.4E+4."""
    return format(Decimal(value).normalize(), "f")


def show_flag(value: Value) -> str:
    """是 or 否."""
    return "是" if value else "否"


def _exact(stored: object) -> Decimal:
    return Decimal(str(stored))


RULES: dict[Kind, KindRule] = {
    Kind.SERIAL: KindRule(),
    Kind.TEXT: KindRule(),
    Kind.BOOL: KindRule(show=show_flag, parse=quantities.parse_flag),
    Kind.AREA: KindRule(
        show=quantities.show_area,
        parse=quantities.parse_area,
        keep=exact_text,
        thaw=_exact,
        adds=True,
        units=("万平方米", "平方公里", "平方米", "平米", "公顷", "万亩", "亩", "㎡", "m2", "ha"),
        ceiling=Decimal(10) ** 10,
        number_format="0.####",
    ),
    Kind.MONEY: KindRule(
        show=quantities.show_money,
        parse=quantities.parse_money,
        keep=exact_text,
        thaw=_exact,
        adds=True,
        units=("亿元", "万元", "千元", "元"),
        ceiling=Decimal(10) ** 12,
        number_format="#,##0.##",
    ),
    Kind.TONNES: KindRule(
        show=quantities.show_tonnes,
        parse=quantities.parse_tonnes,
        keep=exact_text,
        thaw=_exact,
        adds=True,
        units=("万立方米", "立方米", "万吨", "千克", "公斤", "吨", "万方", "立方", "方", "m3"),
        ceiling=Decimal(10) ** 11,
        number_format="0.####",
    ),
    Kind.PERSONS: KindRule(
        show=quantities.show_persons,
        parse=quantities.parse_persons,
        adds=True,
        units=("人次", "人", "名"),
        ceiling=10**6,
        number_format="0",
    ),
    Kind.DATE: KindRule(
        show=date.isoformat,
        parse=parse_day,
        keep=date.isoformat,
        thaw=date.fromisoformat,
        number_format="yyyy-mm-dd",
    ),
}
