"""The XML parts of a workbook, walked as streams: nothing is kept but what the gate must know.

A sheet's cells are walked once, to learn how far they reach, what of them is hidden and which of
them the reader would lose without a word (formulas never calculated, error values, integers beyond
15 digits, shares shown in percent).
"""

from collections.abc import Iterator, Set

from ledgers.sheets.cells_walk import CellsWalk
from ledgers.sheets.limits import BROKEN, MACROS, Limits, Unreadable
from ledgers.sheets.number_formats import PERCENT_FORMATS, is_percent
from ledgers.sheets.walks import Walk

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedstrings.xml"
STYLES = "xl/styles.xml"
TYPES = "[content_types].xml"


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


class StylesWalk(Walk):
    """xl/styles.xml: which cell styles show a share in percent."""

    def __init__(self, name, limits):
        super().__init__(name, limits)
        self.formats = set(PERCENT_FORMATS)
        self.percent: set[str] = set()
        self.styles = 0
        self.in_cells = False

    def start(self, tag, attributes):
        super().start(tag, attributes)
        tag = tag.rpartition(":")[2]
        if tag == "numFmt" and is_percent(attributes.get("formatCode", "")):
            self.formats.add(attributes.get("numFmtId", ""))
        elif tag == "cellXfs":
            self.in_cells = True
        elif tag == "xf" and self.in_cells:
            if attributes.get("numFmtId") in self.formats:
                self.percent.add(str(self.styles))
            self.styles += 1

    def end(self, tag):
        super().end(tag)
        if tag.rpartition(":")[2] == "cellXfs":
            self.in_cells = False


_WALKS = {
    WORKBOOK: WorkbookWalk,
    RELATIONS: WorkbookWalk,
    STRINGS: StringsWalk,
    STYLES: StylesWalk,
    TYPES: TypesWalk,
}


def walk_part(name: str, chunks: Iterator[bytes], limits: Limits, percent: Set[str] = frozenset()) -> Walk:
    """Stream one part by; what it holds stands in the walk, Unreadable if it must not pass. `percent`
    are the styles that show a share in percent."""
    walk = _WALKS[name](name, limits) if name in _WALKS else CellsWalk(name, limits, percent)
    if name.endswith((".xml", ".rels")):
        walk.feed(chunks)
    else:
        walk.parser = None
        for _ in chunks:
            pass
    return walk
