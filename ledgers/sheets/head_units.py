"""In which unit a column counts: by its head, by the sheet's unit line, or as somebody chose."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from common.units import UNITS
from common.words import half_width, squeeze
from ledgers.fields import FIELDS, Kind
from ledgers.fields.kinds import RULES
from ledgers.layouts import fold_head
from ledgers.sheets.board import Board
from ledgers.sheets.head_columns import HeadColumn

_UNIT_LINE = re.compile(r"(?:计量|金额)?单位:(.+)")
_BRACKETS = re.compile(r"\(([^)]*)\)")
_BETWEEN = re.compile(r"[、,;/。.或和]")
_WITH_DENSITY = re.compile(r"(?P<unit>[^0-9]*?)[×x*](?P<density>[0-9]{1,3}(?:\.[0-9]{1,6})?)", re.IGNORECASE)
_SEVERAL = "“{head}”写了几个单位（{units}），请选择数字按哪个单位。"
_VOLUME = "“{head}”以{unit}计，台账以{own}计，请填写每立方米的吨数。"


@dataclass(frozen=True)
class ColumnUnit:
    """What the figures of a column are counted in; a question where that is not plain."""

    unit: str
    density: Decimal | None = None
    question: str = ""
    asks_density: bool = False


def is_unit(text: str) -> bool:
    """Whether a cell holds units and nothing else: 亩, （万元）, 吨/立方米."""
    words = map(fold_head, _BETWEEN.split(half_width(text)))
    return all(any(word in rule.units for rule in RULES.values()) for word in words)


class HeadUnits:
    """The units of one head; `below` is the row under it that holds nothing else, if there is one."""

    def __init__(self, board: Board, bottom: int, chosen: dict[str, str], below: int | None = None):
        self.line = _unit_line(board, bottom)
        self.chosen = chosen
        self.own = board.cells[below] if below else []

    def of(self, column: HeadColumn, key: str) -> ColumnUnit | None:
        """The unit of a column read as this field; None where the field has none."""
        field = FIELDS[key]
        if not field.kind.rule.units:
            return None
        unit, density, question = self._chosen(column.id), None, ""
        if match := _WITH_DENSITY.fullmatch(unit):
            unit, density = match["unit"], Decimal(match["density"]) or None
        if unit not in field.kind.rule.units:
            unit, several = self._written(column, field.kind)
            if several:
                question = _SEVERAL.format(head=column.words, units="、".join(several))
        unit = unit or field.unit
        volume = field.kind == Kind.TONNES and unit in UNITS["volume"]
        if volume and density is None:
            question = _VOLUME.format(head=column.words, unit=unit, own=field.unit)
        return ColumnUnit(unit, density if volume else None, question, volume)

    def _chosen(self, column_id: str) -> str:
        return squeeze(self.chosen.get(column_id, "")).lower()

    def _written(self, column: HeadColumn, kind: Kind) -> tuple[str, list[str]]:
        """The unit below the head, in its words or the unit line; several where the head names several."""
        own = [f"({text})" for text in self.own[column.number - 1 : column.number]]
        for text in [*own, *reversed(column.path)]:
            named = _units_in(text, kind)
            if named:
                return (named[0], []) if len(named) == 1 else ("", named)
        return self.line.get(kind, ""), []


def _units_in(text: str, kind: Kind) -> list[str]:
    """The units of a kind that a head names in brackets, or at its end."""
    named = [
        word
        for part in _BRACKETS.findall(half_width(text))
        for word in map(fold_head, _BETWEEN.split(part.replace(":", "、")))
        if word in kind.rule.units
    ]
    folded = fold_head(text)
    ending = next((unit for unit in kind.rule.units if folded.endswith(unit)), "")
    return list(dict.fromkeys(named)) or ([ending] if ending else [])


def _unit_line(board: Board, bottom: int) -> dict[Kind, str]:
    """单位：亩、万元、吨、人 as the unit of each kind; a kind named twice decides nothing."""
    for row, texts in board.cells.items():
        if row > bottom:
            break
        for text in texts:
            match = _UNIT_LINE.search(squeeze(text))
            if match and "填报" not in text:
                return _units_of(re.split(r"[、,;/。.]", match[1]))
    return {}


def _units_of(words: Iterable[str]) -> dict[Kind, str]:
    named: dict[Kind, list[str]] = {}
    for word in words:
        for kind, rule in RULES.items():
            if word.lower() in rule.units:
                named.setdefault(kind, []).append(word)
    return {kind: units[0] for kind, units in named.items() if len(units) == 1}
