"""What a ledger can show, whichever form shows it: one `LedgerField` for each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ledgers.facts import Entry, Facts
from ledgers.fields.kinds import Kind, Value
from ledgers.fields.row_kinds import ENTRY
from ledgers.rows import Cell, Row


class Side(StrEnum):
    """Whose half of a row a field belongs to; `NONE` counts over all of it."""

    LAND = "land"
    MINING = "mining"
    POLICE = "police"
    NONE = "none"

    @property
    def title(self) -> str:
        """How a page heads the fields of this side."""
        return _TITLES[self]


_TITLES = {
    Side.LAND: "占地方面",
    Side.MINING: "采矿方面",
    Side.POLICE: "公安部门处理情况",
    Side.NONE: "其他",
}
_INAPPLICABLE = {
    Side.LAND: "这一条目不涉及占地方面，或者已作出的决定没有这一项。",
    Side.MINING: "这一条目不涉及采矿方面，或者已作出的决定没有这一项。",
    Side.POLICE: "这一条目没有移送公安机关，公安机关也没有自行查处。",
    Side.NONE: "已作出的决定没有这一项。",
}


class Use(StrEnum):
    """What a column does in its row.

    FRAME numbers and places the line: nothing stands behind it, and alone it makes no line.
    NAME tells which line it is. WORD is a further word of the row, REMARK its 备注; FACT is the rest.
    """

    FRAME = "frame"
    NAME = "name"
    WORD = "word"
    FACT = "fact"
    REMARK = "remark"


@dataclass(frozen=True, kw_only=True)
class LedgerField:
    """One thing a ledger can show.

    `words` are the heads by which offices write it, a one-character word must be the whole head;
    `above` are words of the head above it, needed where two fields share a word. `draw(facts,
    entry, field)` gives the cell with its evidence; `compose(row)` gives one that speaks of the
    whole row, when all others are drawn. `rows` are the kinds of rows it may stand in. `how` says on
    screen how it is filled, `inapplicable` why it may say 不适用, `short` its name where it stands
    alone. `spans`: a merged cell speaks for all its lines. `longest`: what a case or the registry has
    room for. `cause` is what an imported case is about where this column is filled.
    """

    key: str
    label: str
    kind: Kind
    words: tuple[str, ...]
    draw: Callable[[Facts, Entry, "LedgerField"], Cell]
    compose: Callable[[Row], Cell] | None = None
    unit: str = ""
    above: tuple[str, ...] = ()
    side: Side = Side.NONE
    rows: frozenset[str] = frozenset({ENTRY.key})
    use: Use = Use.FACT
    how: str = ""
    inapplicable: str = ""
    short: str = ""
    spans: bool = False
    longest: int = 0
    cause: str = ""

    @property
    def is_summed(self) -> bool:
        """Whether subtotals and totals add it up."""
        return self.kind.rule.adds

    @property
    def is_words(self) -> bool:
        """Whether its cell holds words or a number of order, and no value to be parsed."""
        return self.kind in (Kind.SERIAL, Kind.TEXT)

    @property
    def is_imported(self) -> bool:
        """Whether a workbook's value is kept; place and party become the entry's own words."""
        return self.use in (Use.FACT, Use.WORD, Use.REMARK)

    @property
    def is_compared(self) -> bool:
        """Whether a change of the cell is a change of the row; 备注 is compared as composed."""
        return self.kind != Kind.SERIAL and self.use != Use.REMARK

    @property
    def has_evidence(self) -> bool:
        """Whether a cell opens to what stands behind it."""
        return self.use != Use.FRAME

    @property
    def name(self) -> str:
        """Its name where it stands by itself."""
        return self.short or self.label

    @property
    def not_applicable(self) -> str:
        """The sentence beside 不适用."""
        return self.inapplicable or _INAPPLICABLE[self.side]

    def show(self, value: Value) -> str:
        """A value as the form shows it; nothing for 未填."""
        return "" if is_blank(value) else self.kind.rule.show(value)

    def say(self, value: Value) -> str:
        """A value inside a sentence: with its unit, words in quotes, 空 for none."""
        if is_blank(value):
            return "空"
        shown = self.show(value)
        if self.is_summed:
            return f" {shown} {self.unit}"
        return f"“{shown}”"

    def keep(self, value: Value) -> object:
        """A value as JSON keeps it; figures as text, exact."""
        return None if is_blank(value) else self.kind.rule.keep(value)

    def thaw(self, stored: object) -> Value:
        """A kept value back."""
        return None if is_blank(stored) else self.kind.rule.thaw(stored)

    def total(self, values: Iterable[Value]) -> Value:
        """The sum of a column; None where nobody entered anything."""
        entered = [value for value in values if value is not None]
        return sum(entered) if entered else None


def is_blank(value: object) -> bool:
    """Nothing, or an empty text."""
    return value is None or value == ""
