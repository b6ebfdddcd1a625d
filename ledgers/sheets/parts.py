"""The XML parts of a workbook, walked as streams: nothing is kept but what the gate must know.

XML must be UTF-8 without a DTD. A sheet's cells are walked once, to learn how far they reach and
which of them the reader would lose without a word (formulas never calculated, error values,
integers beyond 15 digits).
"""

import re
from collections import Counter
from collections.abc import Iterator
from xml.parsers import expat

from ledgers.sheets.limits import BROKEN, DECLARED, MACROS, SWOLLEN, Extent, Limits, Note, Oddity, Unreadable

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedstrings.xml"
TYPES = "[content_types].xml"

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_LONG_INTEGER = re.compile(r"-?[0-9]{16,}")
# One token of XML may not be longer than this: tags and comments are held in memory whole.
_LONGEST_TOKEN = 1024 * 1024
# Excel itself keeps at most 32,767 characters in a cell.
_LONGEST_VALUE = 100_000


class Walk:
    """One XML part as it streams by: what it declares, which cells it holds."""

    def __init__(self, name: str, limits: Limits):
        self.name = name
        self.limits = limits
        self.depth = 0
        self.events = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def _declaration(self, version, encoding, standalone):
        if (encoding or "utf-8").lower() not in ("utf-8", "utf8", "us-ascii"):
            raise Unreadable(BROKEN)

    def _refuse(self, *_):
        raise Unreadable(DECLARED)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.events += 1
        self.depth += 1
        if self.depth > self.limits.depth:
            raise Unreadable(BROKEN)

    def end(self, tag: str) -> None:
        self.events += 1
        self.depth -= 1

    def text(self, data: str) -> None:
        self.events += 1

    def feed(self, chunks: Iterator[bytes]) -> None:
        events = quiet = 0
        first = True
        for chunk in chunks:
            if first and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise Unreadable(BROKEN)
            first = False
            self.parser.Parse(chunk, False)
            quiet = quiet + len(chunk) if self.events == events else 0
            events = self.events
            if quiet > _LONGEST_TOKEN:
                raise Unreadable(SWOLLEN)
        self.parser.Parse(b"", True)
        # The handlers are bound methods: without this the parser and the walk keep each other.
        self.parser = None


class TypesWalk(Walk):
    """[Content_Types].xml: a workbook with macros says so here."""

    def start(self, tag, attributes):
        super().start(tag, attributes)
        if "macroenabled" in attributes.get("ContentType", "").lower():
            raise Unreadable(MACROS)


class WorkbookWalk(Walk):
    """xl/workbook.xml and its relations: sheet names and the parts they stand in."""

    def __init__(self, name, limits):
        super().__init__(name, limits)
        self.sheets: list[tuple[str, str]] = []
        self.targets: dict[str, str] = {}

    def start(self, tag, attributes):
        super().start(tag, attributes)
        tag = tag.rpartition(":")[2]
        if tag == "sheet":
            key = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), key))
        elif tag == "Relationship":
            target = attributes.get("Target", "")
            if attributes.get("Type", "").lower().endswith("sheet"):
                # Only parts with this ending are walked: a sheet must not hide in a picture.
                if not target.lower().endswith(".xml"):
                    raise Unreadable(BROKEN)
                self.targets[attributes.get("Id", "")] = _resolved(target)


def _resolved(target: str) -> str:
    target = target.lower()
    if target.startswith("/"):
        return target[1:]
    return target if target.startswith("xl/") else "xl/" + target


class StringsWalk(Walk):
    """The shared strings: the length of each."""

    def __init__(self, name, limits):
        super().__init__(name, limits)
        self.lengths: list[int] = []

    def start(self, tag, attributes):
        super().start(tag, attributes)
        if tag.rpartition(":")[2] == "si":
            self.lengths.append(0)

    def text(self, data):
        self.events += 1
        if self.lengths:
            self.lengths[-1] += len(data)


class CellsWalk(Walk):
    """Any other part: if it holds cells, how far they reach and what is odd about them."""

    def __init__(self, name, limits):
        super().__init__(name, limits)
        self.extent = Extent()
        self.shared: Counter[str] = Counter()
        self.has_cells = False
        self.row = self.column = self.merges = 0
        self.kind = self.value = ""
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
            if "r" in attributes:
                self.row = int(attributes["r"])
            elif not self.row:
                self.row = 1
        elif tag == "sheetData":
            self.has_cells = True
        elif tag == "mergeCell":
            self.merges += 1
            if self.merges > self.limits.merges:
                raise Unreadable(SWOLLEN)

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
        self.kind = attributes.get("t", "n")
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

    def _note(self, place, note):
        self.extent.note(place, note, self.limits)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


_WALKS = {WORKBOOK: WorkbookWalk, RELATIONS: WorkbookWalk, STRINGS: StringsWalk, TYPES: TypesWalk}


def walk_part(name: str, chunks: Iterator[bytes], limits: Limits) -> Walk:
    """Stream one part by; what it holds stands in the walk, Unreadable if it must not pass."""
    walk = _WALKS.get(name, CellsWalk)(name, limits)
    if name.endswith((".xml", ".rels")):
        walk.feed(chunks)
    else:
        walk.parser = None
        for _ in chunks:
            pass
    return walk
