"""A workbook that the gate itself has read: a text file, an OpenDocument sheet."""

from dataclasses import dataclass, field

from ledgers.sheets.limits import Extent


@dataclass
class PlainSheet:
    """One sheet: rows of one width from A1, merges ((top, left), (bottom, right)) from 1."""

    name: str
    visible: bool = True
    rows: list[list] = field(default_factory=list)
    merges: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    extent: Extent = field(default_factory=Extent)

    def put(self, row: int, column: int, value: object) -> None:
        """Set a cell; rows and columns from 1."""
        while len(self.rows) < row:
            self.rows.append([])
        cells = self.rows[row - 1]
        cells += [""] * (column - len(cells))
        cells[column - 1] = value
        self.extent.add(row, column)

    def square(self) -> None:
        """Make all rows as long as the longest."""
        width = max(map(len, self.rows), default=0)
        for cells in self.rows:
            cells += [""] * (width - len(cells))


@dataclass
class PlainBook:
    """Its sheets in order; opened and closed like the parser's own."""

    sheets: list[PlainSheet]

    def __enter__(self) -> "PlainBook":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def sheet(self, name: str) -> PlainSheet:
        """The sheet of this name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)

    @property
    def extents(self) -> dict[str, Extent]:
        """What each sheet holds."""
        return {sheet.name: sheet.extent for sheet in self.sheets}
