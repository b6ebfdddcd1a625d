"""The gate for .ods: its one part with sheets is read here as it streams by, no other reader sees it.

Repeated cells and rows are a few bytes that mean millions; they are written out only as far as a
ledger may reach, so that whatever reaches further is refused and never held.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from ledgers.sheets.limits import (
    BROKEN,
    ENCRYPTED,
    MACROS,
    NOT_A_WORKBOOK,
    SWOLLEN,
    Limits,
    Note,
    Oddity,
    Unreadable,
)
from ledgers.sheets.number_formats import percent_note
from ledgers.sheets.plain_book import PlainSheet
from ledgers.sheets.walks import Walk

CONTENT, MANIFEST, MIMETYPE = "content.xml", "meta-inf/manifest.xml", "mimetype"
_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_CELLS = ("table:table-cell", "table:covered-table-cell")
_HIDDEN = ("collapse", "filter")
# What stands inside a cell and is none of its words.
_ASIDE = ("office:annotation", "draw:frame", "draw:custom-shape", "table:tracked-changes")
_MACROS = ("basic/", "scripts/")


class ManifestWalk(Walk):
    """META-INF/manifest.xml: a workbook with a password says so here."""

    def start(self, tag, attributes):
        super().start(tag, attributes)
        if tag.rpartition(":")[2] == "encryption-data":
            raise Unreadable(ENCRYPTED)


class ContentWalk(Walk):
    """content.xml: the sheets, cell by cell."""

    def __init__(self, name: str, limits: Limits):
        super().__init__(name, limits)
        self.sheets: list[PlainSheet] = []
        self.unseen_styles: set[str] = set()
        self.style = ""
        self.aside = self.merges = self.characters = 0
        self.row = self.column = self.next_column = self.row_repeats = 0
        self.cells: list[tuple[int, int, object, Note | None]] = []
        self.cell: dict[str, str] | None = None
        self.words: list[str] = []

    def start(self, tag, attributes):
        super().start(tag, attributes)
        if tag in _ASIDE or self.aside:
            self.aside += 1
        elif tag in _STARTS:
            _STARTS[tag](self, attributes)

    def end(self, tag):
        super().end(tag)
        if self.aside:
            self.aside -= 1
        elif tag in _CELLS:
            self._cell_ended()
        elif tag == "table:table-row" and self.sheets:
            self._row_ended()
        elif tag == "table:table" and self.sheets:
            self.sheets[-1].square()

    def text(self, data):
        self.events += 1
        if self.cell is not None and not self.aside:
            self.words.append(data)
            self._count(len(data))

    def _count(self, characters: int) -> None:
        self.characters += characters
        if self.characters > self.limits.text:
            raise Unreadable(SWOLLEN)

    # ------------------------------------------------------------ what begins

    def _style(self, attributes):
        self.style = attributes.get("style:name", "")

    def _table_properties(self, attributes):
        if attributes.get("table:display") == "false":
            self.unseen_styles.add(self.style)

    def _table(self, attributes):
        if len(self.sheets) >= self.limits.parts or self.cell is not None:
            raise Unreadable(BROKEN)
        visible = attributes.get("table:style-name") not in self.unseen_styles
        self.sheets.append(PlainSheet(attributes.get("table:name", ""), visible))
        self.row = self.next_column = 0

    def _column(self, attributes):
        if not self.sheets:
            return
        first = self.next_column + 1
        self.next_column += _repeats(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility") in _HIDDEN:
            extent = self.sheets[-1].extent
            extent.hide(extent.hidden_columns, first, self.next_column)

    def _row(self, attributes):
        if not self.sheets:
            return
        self.row_repeats = _repeats(attributes, "table:number-rows-repeated")
        self.column, self.cells = 0, []
        if attributes.get("table:visibility") in _HIDDEN:
            extent = self.sheets[-1].extent
            extent.hide(extent.hidden_rows, self.row + 1, self.row + self.row_repeats)

    def _cell(self, attributes):
        if not self.sheets or self.cell is not None:
            raise Unreadable(BROKEN)
        self.cell, self.words = attributes, []

    def _paragraph(self, attributes):
        if self.words:
            self.words.append("\n")

    def _spaces(self, attributes):
        if self.cell is not None:
            spaces = min(_repeats(attributes, "text:c"), 100)
            self.words.append(" " * spaces)

    def _break(self, attributes):
        self.words.append("\n")

    # ------------------------------------------------------------ what ends

    def _cell_ended(self):
        attributes, self.cell = self.cell or {}, None
        first = self.column + 1
        self.column += _repeats(attributes, "table:number-columns-repeated")
        text = "".join(self.words)
        value, note = _value(attributes, text)
        self._merge(attributes, first)
        if value == "" and note is None:
            return
        # One column beyond the limit is enough to be refused.
        for column in range(first, min(self.column, self.limits.columns + 1) + 1):
            self.cells.append((column, len(text), value, note))

    def _merge(self, attributes, column):
        rows = _repeats(attributes, "table:number-rows-spanned")
        columns = _repeats(attributes, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            self.merges += 1
            if self.merges > self.limits.merges:
                raise Unreadable(SWOLLEN)
            place = self.row + 1, column
            self.sheets[-1].merges.append((place, (place[0] + rows - 1, place[1] + columns - 1)))

    def _row_ended(self):
        first, self.row = self.row + 1, self.row + self.row_repeats
        if not self.cells:
            return
        sheet = self.sheets[-1]
        if self.row > self.limits.rows + self.limits.slack:
            # Beyond any table: counted, so that it is refused, and not kept.
            sheet.extent.add(self.row, self.cells[-1][0])
            return
        for row in range(first, self.row + 1):
            for column, length, value, note in self.cells:
                sheet.put(row, column, value)
                self._count(length if row > first else 0)
                if note:
                    sheet.extent.note((row, column), note, self.limits)


_STARTS = {
    "style:style": ContentWalk._style,
    "style:table-properties": ContentWalk._table_properties,
    "table:table": ContentWalk._table,
    "table:table-column": ContentWalk._column,
    "table:table-row": ContentWalk._row,
    "table:table-cell": ContentWalk._cell,
    "table:covered-table-cell": ContentWalk._cell,
    "text:p": ContentWalk._paragraph,
    "text:s": ContentWalk._spaces,
    "text:tab": ContentWalk._spaces,
    "text:line-break": ContentWalk._break,
}


def _repeats(attributes: dict[str, str], name: str) -> int:
    number = attributes.get(name, "1")
    if not number.isascii() or not number.isdecimal() or len(number) > 9:
        raise Unreadable(BROKEN)
    return max(int(number), 1)


def _value(attributes: dict[str, str], text: str) -> tuple[object, Note | None]:
    """What a cell holds, and what is odd about it."""
    kind = attributes.get("office:value-type", "")
    if attributes.get("calcext:value-type") == "error":
        return text, Note(Oddity.ERROR, text)
    if not kind:
        # A formula that was never calculated has no kind of value.
        return text, Note(Oddity.UNCALCULATED, "") if "table:formula" in attributes and not text else None
    if kind in ("float", "currency", "percentage"):
        value = attributes.get("office:value", "")
        if value.lstrip("-").isdecimal() and len(value) > 15:
            return float(value), Note(Oddity.LONG, value)
        return float(value), percent_note(value) if kind == "percentage" else None
    if kind == "date":
        return _day(attributes.get("office:date-value", ""), text), None
    if kind == "boolean":
        return attributes.get("office:boolean-value") == "true", None
    return attributes.get("office:string-value", text), None


def _day(written: str, text: str) -> date | datetime | str:
    try:
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    except ValueError:
        return text


def check_names(names: Collection[str]) -> None:
    """Refuse macros."""
    if any(name.startswith(_MACROS) for name in names):
        raise Unreadable(MACROS)


def walk_document(name: str, chunks: Iterator[bytes], limits: Limits) -> Walk | None:
    """Stream one part by; the sheets stand in the walk of the content."""
    if name == MIMETYPE and b"".join(chunks).strip() != _TYPE:
        raise Unreadable(NOT_A_WORKBOOK)
    if not name.endswith(".xml") and not name.endswith(".rdf"):
        for _ in chunks:
            pass
        return None
    walk = {CONTENT: ContentWalk, MANIFEST: ManifestWalk}.get(name, Walk)(name, limits)
    walk.feed(chunks)
    return walk
