"""The lines below a head: data, totals, signatures or nothing, and what is wrong with them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

from openpyxl.utils import get_column_letter

from common.quantities import show_area
from common.words import NOTHING, fold, squeeze
from ledgers.fields import FIELDS, Kind, Use
from ledgers.fields.kinds import Value
from ledgers.layouts import Layout
from ledgers.sheets.choices import NOTHING_CHOSEN, Choices
from ledgers.sheets.found import Line, LineKind
from ledgers.sheets.grid import Sheet
from ledgers.sheets.heads import Head
from ledgers.sheets.limits import BROKEN, Unreadable
from ledgers.sheets.lines import WHY, LineJudge, says_nil
from ledgers.sheets.signatures import read_labels
from ledgers.sheets.totals import Adder, total_word
from ledgers.sheets.values import CellReading, read_cell, read_printed

_SIGNING = {"auditor", "filler", "filled_on"}
_FIRST_WORDS = 3
_LONGEST_TEXT = 60
_AS_ABOVE = frozenset(("同上", "同上行", "同前", "〃", "″"))
TAKEN_OVER = "此格写“{typed}”，按上一行的“{value}”读入，请核对。"
SAME_PLACE = "此格空白，与上一行是同一当事人，按上一行的“{value}”读入，请核对。"
COUNTED_ABOVE = "此格与第 {row} 行合并，数字只计入第 {row} 行，这一行按空白计，请核对。"
NOTHING_ABOVE = "此格写“{typed}”，上一行没有可以沿用的内容，请直接填写。"


@dataclass(frozen=True)
class Fault:
    """What is wrong and where: `row` is the workbook's own, `column` its letter ("" for none)."""

    sheet: str
    row: int
    column: str
    column_name: str
    value: str
    reason: str
    key: str = ""


@dataclass(frozen=True)
class ReadRow:
    """One line: `values` by key (None: 未填), `typed` as it stood, `present` the columns there are.

    A line with `faults` is not imported; its bad cells are None in `values`. `columns` is where its own
    table has each field (from 1): a second table on a sheet may have other columns.
    """

    sheet: str
    row: int
    values: dict[str, Value]
    typed: dict[str, str]
    present: frozenset[str]
    faults: tuple[Fault, ...] = ()
    columns: dict[str, int] = field(default_factory=dict)


@dataclass
class Table:
    """What stands below one head; `lines` are its own, those of the head left out."""

    rows: list[ReadRow] = field(default_factory=list)
    skipped_totals: int = 0
    line_rows: list[int] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def read_table(
    form: Layout, sheet: Sheet, head: Head, pages: list[range], choices: Choices = NOTHING_CHOSEN
) -> Table:
    """What stands below a head, on each of its pages; whether two lines are one is not asked here."""
    return _TableReader(form, sheet, head, pages, choices).read()


def _is_frame(key: str) -> bool:
    return FIELDS[key].use == Use.FRAME


def line_of(sheet: Sheet, row: int, kind: LineKind, why: str = "") -> Line:
    """A line as the preview accounts for it."""
    cells = (sheet.text(row, column) for column in range(1, sheet.width + 1))
    words = islice((" ".join(text.split()) for text in cells if text), _FIRST_WORDS)
    text = " ".join(words)
    return Line(sheet.name, row, kind, why or WHY.get(kind, ""), text[:_LONGEST_TEXT])


class _TableReader:
    def __init__(self, form: Layout, sheet: Sheet, head: Head, pages: list[range], choices: Choices):
        self.form, self.sheet, self.head, self.pages = form, sheet, head, pages
        self.present = frozenset(head.columns)
        self.summed = tuple(k for k in form.sum_keys if k in head.columns)
        self.adder = Adder(self.summed)
        self.table = Table()
        # A merged cell of these speaks for every row it covers; a merged figure stays in its first
        # row, or it would be counted twice.
        self.spanning = [key for key in head.columns if FIELDS[key].spans]
        self.carried = self._covered(self.spanning)
        self.counted_above = self._covered(self.summed)
        self.judge = LineJudge(form, sheet, head)
        # What the line above says, for 同上.
        self.above: dict[str, CellReading] = {}
        self.edits: dict[int, dict[str, str]] = {}
        for (name, row, key), text in choices.edits.items():
            if name == sheet.name and key in form.keys:
                self.edits.setdefault(row, {})[key] = text

    def read(self) -> Table:
        for page in self.pages:
            self.judge.signed = False
            for row in page:
                if self.sheet.holds(row):
                    self._read_row(row)
        for row, key, printed, added in self.adder.disagreements():
            reason = f"合计与各行之和不符：表中为 {show_area(printed)}，各行之和为 {show_area(added)}。"
            self.table.warnings.append(self._fault(row, key, show_area(printed), reason))
        return self.table

    def _covered(self, keys: Iterable[str]) -> dict[tuple[int, str], int]:
        """The further rows that merged cells of these columns cover: where each begins."""
        by_column = {self.head.columns[key]: key for key in keys}
        begins: dict[tuple[int, str], int] = {}
        room = self.sheet.height * len(by_column)
        first, last = self.pages[0].start, self.pages[-1].stop
        for (top, left), (bottom, right) in self.sheet.merges:
            # Only a cell merged straight down speaks for its rows; a line across is no value.
            if left not in by_column or right != left or not first <= top < last:
                continue
            covered = range(top + 1, min(bottom + 1, last)) if self.sheet.text(top, left) else ()
            # Merges cannot overlap; a file where they do would keep us busy for hours.
            room -= len(covered)
            if room < 0:
                raise Unreadable(BROKEN)
            begins.update(((row, by_column[left]), top) for row in covered)
        return begins

    def _read_row(self, row: int) -> None:
        kind = None if row in self.edits else self.judge.judge(row, lambda but: self._figures_at(row, but))
        if kind is None:
            kind = self._read_data(row)
        elif kind == LineKind.TOTAL:
            self._read_total(row)
        elif kind == LineKind.SIGNATURE:
            self.judge.signed |= not _SIGNING.isdisjoint(read_labels(self.sheet.rows[row - 1]))
            self.table.line_rows.append(row)
        why = ""
        if kind == LineKind.REFUSED:
            why = " ".join(dict.fromkeys(fault.reason for fault in self.table.rows[-1].faults))
        self.table.lines.append(line_of(self.sheet, row, kind, why))

    def _figures_at(self, row: int, but: set[int]) -> bool:
        """Whether a figure stands in one of the columns that are added up."""
        keys = [key for key in self.summed if self.head.columns[key] not in but]
        return any(read_cell(self.sheet, self.head, row, key).value is not None for key in keys)

    def _read_total(self, row: int) -> None:
        self.table.skipped_totals += 1
        texts = self.sheet.texts(row)
        name, county = self.judge.total(texts) or total_word(texts)
        if not county and "county" in self.head.columns:
            text = self.sheet.text(row, self.head.columns["county"])
            county = "" if total_word([text]) else text
        printed = read_printed(self.sheet, self.head, row, self.summed)
        self.adder.add_total(row, name, county, printed)

    def _read_data(self, row: int) -> LineKind:
        edits = self.edits.get(row, {})
        keys = dict.fromkeys((*self.head.columns, *edits))
        cells = {key: read_cell(self.sheet, self.head, row, key, edits.get(key)) for key in keys}
        cells |= self._as_above(cells)
        if kind := self._no_line(cells):
            return kind
        typed = {key: cell.typed for key, cell in cells.items()}
        values = {key: cell.value for key, cell in cells.items()}
        for key in self.spanning:
            if not typed[key] and (row, key) in self.carried:
                typed[key] = self.sheet.text(self.carried[row, key], self.head.columns[key])
                values[key] = read_cell(self.sheet, self.head, row, key, typed[key]).value
        if self.judge.signed and not values.get("party") and not self._has_figures(values):
            return LineKind.NOTE
        self._stay_at_place(cells, values, typed)
        self.above = {key: CellReading(typed[key], values[key]) for key in cells}
        self._take(row, cells, values, typed)
        return LineKind.REFUSED if self.table.rows[-1].faults else LineKind.READ

    def _as_above(self, cells: dict[str, CellReading]) -> dict[str, CellReading]:
        """The words of the line above where a cell says 同上."""
        said = {}
        for key, cell in cells.items():
            if FIELDS[key].kind != Kind.TEXT or squeeze(cell.typed).strip("()") not in _AS_ABOVE:
                continue
            above = self.above.get(key)
            if above and above.value:
                said[key] = replace(above, warning=TAKEN_OVER.format(typed=cell.typed, value=above.value))
            elif FIELDS[key].use != Use.REMARK:
                said[key] = CellReading(cell.typed, None, NOTHING_ABOVE.format(typed=cell.typed))
        return said

    def _stay_at_place(self, cells: dict[str, CellReading], values: dict, typed: dict) -> None:
        """The place of the line above where a further line of the same party leaves it blank."""
        party, place = self.above.get("party"), self.above.get("place")
        same = party and party.value and fold(party.value) == fold(values.get("party"))
        if same and place and place.value and "place" in cells and not typed["place"]:
            warning = SAME_PLACE.format(value=place.value)
            cells["place"] = replace(cells["place"], warning=warning)
            values["place"], typed["place"] = place.value, place.typed

    def _no_line(self, cells: dict[str, CellReading]) -> LineKind | None:
        """Nothing but a number of order and a county, or a party's cell that says 无."""
        own = {key for key, cell in cells.items() if cell.value is not None or cell.reason}
        beside = [c for key, c in cells.items() if key in own and key != "party" and not _is_frame(key)]
        party = cells.get("party")
        words = party.typed if party else ""
        if not any(c.reason or c.value for c in beside if c.value not in self._remarks(cells)):
            if words and says_nil(words):
                return LineKind.NIL
            if words and NOTHING.fullmatch(squeeze(words)) and not any(c.value for c in beside):
                return LineKind.EMPTY
        return LineKind.EMPTY if all(map(_is_frame, own)) and not words else None

    def _remarks(self, cells: dict[str, CellReading]) -> list[Value]:
        return [cells[field.key].value for field in self.form.of_use(Use.REMARK) if field.key in cells]

    def _take(self, row: int, cells: dict, values: dict, typed: dict) -> None:
        faults = [
            self._fault(row, key, typed[key], cell.reason) for key, cell in cells.items() if cell.reason
        ]
        self.adder.add(values, {fault.key for fault in faults})
        if not any(fault.key == "party" for fault in faults):
            faults += self._line_faults(row, values)
        for key, cell in cells.items():
            if cell.warning:
                self.table.warnings.append(self._fault(row, key, typed[key], cell.warning))
            elif (row, key) in self.counted_above and not typed[key]:
                reason = COUNTED_ABOVE.format(row=self.counted_above[row, key])
                self.table.warnings.append(self._fault(row, key, "", reason))
        present = self.present | set(cells)
        notes = [cell.note for cell in cells.values() if cell.note]
        for remark in self.form.of_use(Use.REMARK) if notes else ():
            values[remark.key] = "；".join(filter(None, (values.get(remark.key), *notes)))
            present |= {remark.key}
        read = ReadRow(self.sheet.name, row, values, typed, present, (), self.head.columns)
        self.table.rows.append(replace(read, faults=tuple(faults)))

    def _has_figures(self, values: dict) -> bool:
        return any(values.get(key) is not None for key in self.summed)

    def _line_faults(self, row: int, values: dict) -> list[Fault]:
        """A line that names nobody."""
        if values.get("party"):
            return []
        name = self.head.names["party"]
        return [self._fault(row, "party", "", f"没有填写{name}，请补填后再导入。")]

    def _fault(self, row: int, key: str, value: str, reason: str) -> Fault:
        at = self.head.columns.get(key)
        column, name = (get_column_letter(at), self.head.names[key]) if at else ("", FIELDS[key].label)
        return Fault(self.sheet.name, row, column, name, value, reason, key)
