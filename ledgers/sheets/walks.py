"""An XML part of a workbook as it streams by: UTF-8 without a DTD, not too deep, nothing kept."""

from collections.abc import Iterator
from xml.parsers import expat

from ledgers.sheets.limits import BROKEN, DECLARED, SWOLLEN, Limits, Unreadable

# One token of XML may not be longer than this: tags and comments are held in memory whole.
_LONGEST_TOKEN = 1024 * 1024


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
