"""A workbook that came back, held row by row against the rows that were submitted.

The printed form has no key of ours: a line is the row with the same county, party and place, else
the one with its 序号 and one of these words, else the only one with its party. What can't be placed
is said, with its sheet, row, column and value; nothing is guessed.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from common.words import fold, squeeze
from ledgers.fields import FIELDS, Kind, LedgerField, Use, Value
from ledgers.layouts import Layout
from ledgers.rows import Row
from ledgers.services.import_compare import same
from ledgers.sheets.coloured import CellMark, Marks
from ledgers.sheets.reading import Reading, SheetReading
from ledgers.sheets.tables import Fault, ReadRow

ADDED = "这一行在报送的台账中找不到，没有作为改数意见。确有新增的，请县级查明后录入。"
TWICE = "这一行与上面的一行是报送台账中的同一条，只读了上面一行。"
MISSING = "报送的这一行在改回的工作簿中没有了。台账中的条目不变。"


@dataclass(frozen=True)
class FoundMark:
    """One cell with something on it; `row` is the submitted row it stands for, or None."""

    sheet: str
    at: tuple[int, int]
    mark: CellMark
    row: Row | None = None
    field: LedgerField | None = None
    changes: bool = False
    proposed: Value = None

    @property
    def column(self) -> str:
        """Its column's letter."""
        return get_column_letter(self.at[1])


@dataclass
class Matched:
    """Everything found: marks in the workbook's order, and what couldn't be taken up."""

    marks: list[FoundMark] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    placed: int = 0


def match_workbook(form: Layout, rows: list[Row], reading: Reading, painted: dict[str, Marks]) -> Matched:
    """Hold what was read and what is painted against the submitted `rows`."""
    matched, finder = Matched(faults=[*reading.faults, *reading.warnings]), _Finder(rows)
    left = {name: _by_line(marks) for name, marks in painted.items()}
    sheets = {sheet.name: sheet for sheet in reading.sheets}
    order = {name: place for place, name in enumerate(sheets)}
    lines = sorted((*reading.rows, *reading.rejected_rows), key=lambda line: (line.sheet, line.row))
    for line in lines:
        sheet, row = sheets[line.sheet], finder.find(line)
        on_line = left.get(line.sheet, {}).pop(line.row, {})
        if row is None:
            reason = TWICE if finder.was_taken(line) else ADDED
            matched.faults.append(_line_fault(line, sheet, reason))
        else:
            matched.placed += 1
        matched.marks += _marks_of(form, line, sheet, row, on_line)
    matched.faults.sort(key=lambda fault: (order.get(fault.sheet, len(order)), fault.row))
    matched.faults += [_gone(row, reading) for row in finder.left()]
    matched.marks += _outside(left)
    return matched


def _named(values: dict[str, Value]) -> tuple[str, str, str]:
    """What makes a line the same line: county, party and place, however they are spelt."""
    return fold(values.get("county")), fold(values.get("party")), fold(values.get("place"))


class _Finder:
    """The submitted rows, each found once."""

    def __init__(self, rows: list[Row]):
        self.rows, self.taken = rows, set()
        self.by_serial = {str(row.serial): row for row in rows}
        self.by_words, self.by_party = defaultdict(list), defaultdict(list)
        for row in rows:
            self.by_words[_named(row.values)].append(row)
            self.by_party[fold(row.value("party"))].append(row)

    def find(self, line: ReadRow) -> Row | None:
        """The row that a line stands for, if nobody took it before."""
        row = next((row for row in self._candidates(line) if row.key not in self.taken), None)
        if row is not None:
            self.taken.add(row.key)
        return row

    def was_taken(self, line: ReadRow) -> bool:
        return any(row.key in self.taken for row in self._candidates(line))

    def left(self) -> list[Row]:
        return [row for row in self.rows if row.key not in self.taken]

    def _candidates(self, line: ReadRow) -> Iterator[Row]:
        yield from self.by_words.get(_named(line.values), ())
        numbered = self.by_serial.get(squeeze(line.typed.get("serial")))
        if numbered is not None and self._shares(numbered, line):
            yield numbered
        of_party = self.by_party.get(fold(line.values.get("party")), ())
        if len(of_party) == 1:
            yield of_party[0]

    def _shares(self, row: Row, line: ReadRow) -> bool:
        """Whether one of the words that name a line is the row's own."""
        words = [(fold(row.value(key)), fold(line.values.get(key))) for key in ("party", "place")]
        return any(ours and ours == theirs for ours, theirs in words)


def _marks_of(
    form: Layout, line: ReadRow, sheet: SheetReading, row: Row | None, on_line: Marks
) -> Iterator[FoundMark]:
    """The cells of one line: a line that is painted as a whole is one mark, at its name."""
    on_line, columns = dict(on_line), {number: key for key, number in sheet.columns.items()}
    named = form.row_kind.named_by
    shades = {on_line.get((line.row, number), CellMark()).colour for number in columns}
    if len(shades) == 1 and (shade := shades.pop()):
        for at, mark in on_line.items():
            on_line[at] = CellMark("", mark.comment, mark.author)
        at = (line.row, sheet.columns[named])
        on_line[at] = CellMark(f"整行{shade}", on_line[at].comment, on_line[at].author)
    changed = _changed(form, line, row) if row else {}
    for number in sorted({*columns, *(column for _, column in on_line)}):
        key, at = columns.get(number, ""), (line.row, number)
        mark = on_line.get(at, CellMark())
        if key in changed or mark.colour or mark.comment:
            held = FIELDS[key] if key in form.keys else None
            yield FoundMark(line.sheet, at, mark, row, held, key in changed, changed.get(key))


def _changed(form: Layout, line: ReadRow, row: Row) -> dict[str, Value]:
    """Field → what the workbook has in place of what was submitted; unreadable cells left out."""
    faulty = {fault.key for fault in line.faults}
    return {
        each.key: line.values.get(each.key)
        for each in form.fields
        if each.use != Use.FRAME
        and each.key in line.present
        and each.key not in faulty
        and not _says_the_same(each, row.value(each.key), line.values.get(each.key))
    }


def _says_the_same(each: LedgerField, ours: Value, theirs: Value) -> bool:
    return squeeze(ours) == squeeze(theirs) if each.kind == Kind.TEXT else same(ours, theirs)


def _line_fault(line: ReadRow, sheet: SheetReading, reason: str) -> Fault:
    column, name = get_column_letter(sheet.columns["party"]), sheet.names["party"]
    return Fault(line.sheet, line.row, column, name, str(line.values.get("party") or ""), reason, "party")


def _gone(row: Row, reading: Reading) -> Fault:
    words = f"{row.serial}　{row.value('party') or ''}"
    return Fault(reading.sheet, 0, "", FIELDS["party"].label, words, MISSING, "party")


def _by_line(marks: Marks) -> dict[int, Marks]:
    lines: dict[int, Marks] = defaultdict(dict)
    for at, mark in marks.items():
        lines[at[0]][at] = mark
    return lines


def _outside(left: dict[str, dict[int, Marks]]) -> Iterator[FoundMark]:
    """Comments on heads, sums and whatever else is no row; colours there mean nothing to us."""
    for name, lines in left.items():
        marks = [each for on_line in lines.values() for each in on_line.items()]
        yield from (FoundMark(name, at, mark) for at, mark in sorted(marks, key=_place) if mark.comment)


def _place(each: tuple[tuple[int, int], CellMark]) -> tuple[int, int]:
    return each[0]
