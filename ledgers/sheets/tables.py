"""The lines below a head: data, totals, signatures or nothing, and what is wrong with them."""

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from common.quantities import show_area
from common.words import fold, squeeze
from ledgers.fields import FIELDS, Use
from ledgers.fields.kinds import Value
from ledgers.layouts import Layout
from ledgers.sheets.grid import Sheet
from ledgers.sheets.heads import Head
from ledgers.sheets.limits import BROKEN, Unreadable
from ledgers.sheets.signatures import has_label, read_labels
from ledgers.sheets.totals import Adder, total_word
from ledgers.sheets.values import CellReading, read_cell, read_printed

_NOTES = ("注", "说明", "备注", "填表", "附")
_SIGNING = {"auditor", "filler", "filled_on"}


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

    A line with `faults` is not imported; its bad cells are None in `values`.
    """

    sheet: str
    row: int
    values: dict[str, Value]
    typed: dict[str, str]
    present: frozenset[str]
    faults: tuple[Fault, ...] = ()


@dataclass
class Table:
    """What stands below the head of one sheet."""

    rows: list[ReadRow] = field(default_factory=list)
    skipped_totals: int = 0
    line_rows: list[int] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


class TableReader:
    """Reads the sheets of one workbook; a line repeated on a later sheet is still a repetition."""

    def __init__(self, form: Layout):
        self.form = form
        self.first_rows: dict[tuple[str, str, str], tuple[str, int]] = {}

    def read(self, sheet: Sheet, head: Head) -> Table:
        return _SheetReader(self.form, self.first_rows, sheet, head).read()


class _SheetReader:
    def __init__(self, form: Layout, first_rows: dict, sheet: Sheet, head: Head):
        self.form, self.first_rows, self.sheet, self.head = form, first_rows, sheet, head
        self.present = frozenset(head.columns)
        self.summed = tuple(k for k in form.sum_keys if k in head.columns)
        self.adder = Adder(self.summed)
        self.table = Table()
        # A merged cell of these speaks for every row it covers; a merged figure stays in its first
        # row, or it would be counted twice.
        self.spanning = [key for key in head.columns if FIELDS[key].spans]
        self.carried = self._carried_words()
        self.remarks = {head.columns[f.key] for f in form.of_use(Use.REMARK) if f.key in head.columns}
        # Where 合计 may be written: anywhere but among the figures and flags and in the remark.
        taken = {at for key, at in head.columns.items() if FIELDS[key].use in (Use.FACT, Use.REMARK)}
        self.total_columns = [c for c in range(1, sheet.width + 1) if c not in taken]
        self.heads = {
            squeeze(sheet.text(row, column))
            for row in range(head.top, head.bottom + 1)
            for column in range(1, sheet.width + 1)
        }
        self.signed = False

    def read(self) -> Table:
        for row in range(self.head.bottom + 1, self.sheet.height + 1):
            if any(cell != "" for cell in self.sheet.rows[row - 1]) or self._has_note(row):
                self._read_row(row)
        for row, key, printed, added in self.adder.disagreements():
            reason = f"合计与各行之和不符：表中为 {show_area(printed)}，各行之和为 {show_area(added)}。"
            self.table.warnings.append(self._fault(row, key, show_area(printed), reason))
        return self.table

    def _has_note(self, row: int) -> bool:
        return any((row, column) in self.sheet.notes for column in self.head.columns.values())

    def _carried_words(self) -> dict[tuple[int, str], str]:
        """The words of merged cells by the further rows they cover."""
        by_column = {self.head.columns[key]: key for key in self.spanning}
        words: dict[tuple[int, str], str] = {}
        room = self.sheet.height * len(self.spanning)
        for (top, left), (bottom, right) in self.sheet.merges:
            # Only a cell merged straight down speaks for its rows; a line across is no value.
            if left not in by_column or right != left or top <= self.head.bottom:
                continue
            text = self.sheet.text(top, left)
            covered = range(top + 1, min(bottom, self.sheet.height) + 1) if text else ()
            # Merges cannot overlap; a file where they do would keep us busy for hours.
            room -= len(covered)
            if room < 0:
                raise Unreadable(BROKEN)
            words.update(((row, by_column[left]), text) for row in covered)
        return words

    def _read_row(self, row: int) -> None:
        texts = self.sheet.texts(row)
        if self._is_signature(texts):
            self.signed |= not _SIGNING.isdisjoint(read_labels(self.sheet.rows[row - 1]))
            self.table.line_rows.append(row)
        elif word := total_word([texts[column - 1] for column in self.total_columns]):
            self.table.skipped_totals += 1
            self._read_total(row, word)
        elif not self._is_furniture(row, texts):
            self._read_data(row)

    def _is_signature(self, texts: list[str]) -> bool:
        return any(
            has_label(text) for column, text in enumerate(texts, 1) if text and column not in self.remarks
        )

    def _is_furniture(self, row: int, texts: list[str]) -> bool:
        """A head repeated on a later page, a row of column numbers, the title, a note."""
        filled = {column: squeeze(text) for column, text in enumerate(texts, 1) if text}
        if len(filled) == 1:
            ((column, text),) = filled.items()
            if column in (self.head.columns["party"], self.head.columns.get("place")):
                return False
            lines = (squeeze(self.form.title), squeeze(self.form.unit_line))
            return self.signed or text.startswith(_NOTES) or text in lines
        if filled and self.heads.issuperset(filled.values()):
            return True
        return row == self.head.bottom + 1 and _are_column_numbers(list(filled.values()))

    def _read_total(self, row: int, word: tuple[str, str]) -> None:
        name, whose = word
        county = whose
        if not county and "county" in self.head.columns:
            text = self.sheet.text(row, self.head.columns["county"])
            county = "" if total_word([text]) else text
        printed = read_printed(self.sheet, self.head, row, self.summed)
        self.adder.add_total(row, name, county, printed)

    def _read_data(self, row: int) -> None:
        cells = {key: read_cell(self.sheet, self.head, row, key) for key in self.head.columns}
        own = [k for k, cell in cells.items() if cell.value is not None or cell.reason]
        if all(FIELDS[key].use == Use.FRAME for key in own) or _is_nil(cells):
            return
        values = {key: cell.value for key, cell in cells.items()}
        typed = {key: cell.typed for key, cell in cells.items()}
        for key in self.spanning:
            if not typed[key] and (row, key) in self.carried:
                values[key] = typed[key] = self.carried[row, key]
        faults = [
            self._fault(row, key, cell.typed, cell.reason) for key, cell in cells.items() if cell.reason
        ]
        if self.signed and not values.get("party") and not self._has_figures(values):
            return
        self.adder.add(values, {fault.key for fault in faults})
        faults += self._line_faults(row, values)
        self.table.rows.append(ReadRow(self.sheet.name, row, values, typed, self.present, tuple(faults)))

    def _has_figures(self, values: dict) -> bool:
        return any(values.get(key) is not None for key in self.summed)

    def _line_faults(self, row: int, values: dict) -> list[Fault]:
        """No party, or a line whose county, party and place stood in this file before."""
        if not values.get("party"):
            name = self.head.names["party"]
            return [self._fault(row, "party", "", f"没有填写{name}，请补填后再导入。")]
        first = self.first_rows.setdefault(identity(values), (self.sheet.name, row))
        if first == (self.sheet.name, row):
            return []
        where = f"第 {first[1]} 行"
        if first[0] != self.sheet.name:
            where = f"工作表“{first[0]}”{where}"
        reason = f"县市区、名称和位置与{where}相同，同一份文件里只能有一行。请合并或删去一行。"
        return [self._fault(row, "party", str(values["party"]), reason)]

    def _fault(self, row: int, key: str, value: str, reason: str) -> Fault:
        column = get_column_letter(self.head.columns[key])
        return Fault(self.sheet.name, row, column, self.head.names[key], value, reason, key)


def identity(values: dict) -> tuple[str, str, str]:
    """What makes a line the same line: county, party and place, however they are spelt."""
    return fold(values.get("county")), fold(values.get("party")), fold(values.get("place"))


def _are_column_numbers(texts: list[str]) -> bool:
    """1 2 3 4 … under the head, as some printed forms count their columns."""
    numbers = [text.strip("()") for text in texts]
    return (
        len(numbers) >= 5
        and numbers[0].isdecimal()
        and len(numbers[0]) < 4
        and numbers == [str(int(numbers[0]) + step) for step in range(len(numbers))]
    )


def _is_nil(cells: dict[str, CellReading]) -> bool:
    """无 in place of a party and no figure but 0: the office reports that there is nothing."""
    party = cells["party"]
    others = [cell for key, cell in cells.items() if not FIELDS[key].is_words]
    return (
        bool(party.typed)
        and party.value is None
        and not any(cell.value or cell.reason for cell in [party, *others])
    )
