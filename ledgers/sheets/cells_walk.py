"""The cells of an .xlsx sheet as they stream by: how far they reach and which of them the reader
would lose or change without a word."""

import re
from collections import Counter

from ledgers.sheets.limits import BROKEN, SWOLLEN, Extent, Note, Oddity, Unreadable
from ledgers.sheets.number_formats import percent_note
from ledgers.sheets.walks import Walk

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_LONG_INTEGER = re.compile(r"-?[0-9]{16,}")
_YES = ("1", "true")
# Excel itself keeps at most 32,767 characters in a cell.
_LONGEST_VALUE = 100_000


class CellsWalk(Walk):
    """Any other part: if it holds cells, how far they reach, what is odd about them, what is hidden."""

    def __init__(self, name, limits, percent=frozenset()):
        super().__init__(name, limits)
        self.percent = percent
        self.extent = Extent()
        self.shared: Counter[str] = Counter()
        self.has_cells = False
        self.row = self.column = self.merges = 0
        self.kind = self.value = self.style = ""
        self.has_value = self.has_formula = self.in_value = False

    def start(self, tag, attributes):
        super().start(tag, attributes)
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._cell(attributes)
        elif tag in ("v", "is"):
            self.has_value = True
            self.in_value = tag == "v"
        elif tag == "f":
            self.has_formula = True
        elif tag == "row":
            self._row(attributes)
        elif tag == "col" and attributes.get("hidden") in _YES:
            first, last = (int(attributes.get(end, "0")) for end in ("min", "max"))
            self.extent.hide(self.extent.hidden_columns, first, min(last, 16_384))
        elif tag == "sheetData":
            self.has_cells = True
        elif tag == "mergeCell":
            self.merges += 1
            if self.merges > self.limits.merges:
                raise Unreadable(SWOLLEN)

    def _row(self, attributes):
        if "r" in attributes:
            self.row = int(attributes["r"])
        elif not self.row:
            self.row = 1
        if attributes.get("hidden") in _YES:
            self.extent.hide(self.extent.hidden_rows, self.row, self.row)

    def _cell(self, attributes):
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
            self.cell_row = self.row or 1
        else:
            match = _REFERENCE.fullmatch(reference)
            if not match:
                raise Unreadable(BROKEN)
            self.column = _column_number(match[1])
            self.cell_row = int(match[2])
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
        self.value = ""
        self.has_value = self.has_formula = self.in_value = False

    def text(self, data):
        self.events += 1
        if self.in_value:
            self.value += data
            if len(self.value) > _LONGEST_VALUE:
                raise Unreadable(SWOLLEN)

    def end(self, tag):
        self.events += 1
        self.depth -= 1
        tag = tag.rpartition(":")[2]
        if tag == "v":
            self.in_value = False
        elif tag == "c":
            self._cell_ended()
        elif tag == "row":
            self.row += 1
            self.column = 0

    def _cell_ended(self):
        if not (self.has_value or self.has_formula):
            return
        place = (self.cell_row, self.column)
        self.extent.add(*place)
        kind, value = self.kind, self.value
        if kind == "s":
            self.shared[value] += 1
        elif kind == "e":
            self._note(place, Note(Oddity.ERROR, value))
        elif self.has_formula and not value and kind not in ("str", "inlineStr"):
            self._note(place, Note(Oddity.UNCALCULATED, ""))
        elif kind == "n" and len(value) > 15 and _LONG_INTEGER.fullmatch(value.strip()):
            self._note(place, Note(Oddity.LONG, value.strip()))
        elif kind == "n" and self.style in self.percent and (note := percent_note(value)):
            self._note(place, note)

    def _note(self, place, note):
        self.extent.note(place, note, self.limits)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
