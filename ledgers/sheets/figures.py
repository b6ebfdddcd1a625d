"""What offices write around a figure: its label, a note in brackets, 约, the amount in capitals."""

import re
from dataclasses import dataclass
from decimal import Decimal

from common.capital_amounts import read_capitals
from common.units import UNITS
from common.words import half_width, squeeze
from ledgers.fields import Kind, LedgerField
from ledgers.layouts import fold_head

_NOTED = re.compile(
    r"(?P<figure>[^()（）]*[0-9０-９][^()（）]*)[(（](?P<note>[^()（）]+)[)）][。;；]?", re.DOTALL
)
_IN_DIGITS = re.compile(
    r"(?P<capitals>[^()（）0-9０-９]+)[(（](?:小写[:：]?)?(?P<figure>[^()（）]*[0-9０-９][^()（）]*)[)）]"
)
_BEFORE = re.compile(r"\s*(?:大约|约|大概)(?=.*[0-9０-９])")
_BEHIND = re.compile(r"(?<=[0-9０-９亩元吨人万顷米方])\s*(?:左右|上下)\s*$")
_UNITS = frozenset(unit for units in UNITS.values() for unit in units)
_LONGEST_LABEL = 20


@dataclass(frozen=True)
class Figure:
    """The figure alone, what stood beside it for 备注, whether it is only about right, and the same
    amount in capitals where that stood beside it."""

    text: str
    note: str = ""
    about: bool = False
    capitals: Decimal | None = None


def plain_figure(field: LedgerField, typed: str) -> Figure:
    """Part a cell into its figure and its note."""
    text, note = without_label(field, typed), ""
    match = _NOTED.fullmatch(text.strip())
    if match:
        text, note = match["figure"].strip(), match["note"].strip()
        if squeeze(note).casefold() in _UNITS:
            text, note = text + note, ""
        elif field.kind == Kind.MONEY and (capitals := read_capitals(note)) is not None:
            return Figure(text, capitals=capitals)
    match = _IN_DIGITS.fullmatch(text.strip()) if field.kind == Kind.MONEY else None
    if match and (capitals := read_capitals(match["capitals"])) is not None:
        return Figure(match["figure"].strip(), capitals=capitals)
    exact = _BEHIND.sub("", _BEFORE.sub("", text))
    return Figure(exact, note, exact != text)


def without_label(field: LedgerField, typed: str) -> str:
    """A cell without the head's words that an office wrote into it: 面积：12亩."""
    label, colon, behind = half_width(typed[:_LONGEST_LABEL]).partition(":")
    if colon and behind.strip() and fold_head(label) in (*field.words, fold_head(field.label)):
        return typed[len(label) + 1 :].strip()
    return typed
