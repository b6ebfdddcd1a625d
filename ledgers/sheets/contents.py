"""One sheet of a workbook read whole, before anybody says what it is to the ledger."""

from dataclasses import dataclass, field, replace
from datetime import date

from common.written_days import read_day
from ledgers.layouts import Layout
from ledgers.sheets.choices import Choices
from ledgers.sheets.found import FoundColumn, Line, LineKind
from ledgers.sheets.found_columns import found_columns, letters
from ledgers.sheets.grid import Sheet
from ledgers.sheets.head_warnings import head_warnings, hidden_warnings
from ledgers.sheets.heads import Head, HeadFinder
from ledgers.sheets.limits import Extent
from ledgers.sheets.signatures import has_label, read_labels, titled_day
from ledgers.sheets.tables import Fault, ReadRow, Table, line_of, read_table


@dataclass
class Contents:
    """What a sheet holds: its heads, its rows, its labels, every line that is not blank."""

    name: str
    visible: bool
    heads: list[Head] = field(default_factory=list)
    rows: list[ReadRow] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    labels: list[dict[str, object]] = field(default_factory=list)
    line_rows: list[int] = field(default_factory=list)
    skipped_totals: int = 0
    columns: tuple[FoundColumn, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()

    def day(self, name: str) -> date | None:
        """The day behind the first label of this name that is one."""
        days = (read_day(line[name]) for line in self.labels if name in line)
        return next(filter(None, days), None)


class SheetReader:
    """Reads the sheets of one workbook."""

    def __init__(self, form: Layout, choices: Choices):
        self.form, self.choices = form, choices
        self.finder = HeadFinder(form, choices)

    def read(self, sheet: Sheet, visible: bool, extent: Extent) -> Contents:
        """All that stands on a sheet; one without a head has its lines and nothing else."""
        contents = Contents(sheet.name, visible)
        first = self.finder.first(sheet)
        if first is None:
            rows = range(1, sheet.height + 1)
            contents.lines = [line_of(sheet, row, LineKind.IGNORED) for row in rows if sheet.holds(row)]
            return contents
        contents.heads = [first, *self.finder.further(sheet, first)]
        self._note_hidden(contents, sheet, extent)
        self._read_above(contents, sheet)
        for head, pages in self._tables(contents, sheet):
            table = read_table(self.form, sheet, head, pages, self.choices)
            self._take(contents, sheet, head, table)
        self._take_titled_day(contents, sheet)
        contents.lines.sort(key=lambda line: line.row)
        contents.warnings += hidden_warnings(contents)
        return contents

    def _note_hidden(self, contents: Contents, sheet: Sheet, extent: Extent) -> None:
        rows = [
            row
            for first, last in extent.hidden_rows
            for row in range(first, min(last, sheet.height) + 1)
            if sheet.holds(row)
        ]
        contents.hidden_rows = tuple(dict.fromkeys(rows))
        spans = [(first, min(last, sheet.width)) for first, last in extent.hidden_columns]
        columns = {number for first, last in spans for number in range(first, last + 1)}
        contents.hidden_columns = letters(sorted(columns))
        self.hidden = frozenset(columns)

    def _read_above(self, contents: Contents, sheet: Sheet) -> None:
        for row in range(1, contents.heads[0].top):
            if sheet.holds(row):
                contents.labels.append(read_labels(sheet.rows[row - 1]))
                label = any(has_label(text) for text in sheet.texts(row))
                kind = LineKind.SIGNATURE if label else LineKind.TITLE
                contents.lines.append(line_of(sheet, row, kind))

    def _take_titled_day(self, contents: Contents, sheet: Sheet) -> None:
        """The day in the title, where no label tells one."""
        if contents.day("data_as_of") or contents.day("filled_on"):
            return
        days = (titled_day(sheet.texts(row)) for row in range(1, contents.heads[0].top))
        if day := next(filter(None, days), None):
            contents.labels.append({"data_as_of": day})

    def _tables(self, contents: Contents, sheet: Sheet) -> list[tuple[Head, list[range]]]:
        """Each head with the rows below it, a head printed again on a later page with its first."""
        tables: list[tuple[Head, list[range]]] = []
        for place, head in enumerate(contents.heads):
            following = contents.heads[place + 1 : place + 2]
            end = self._end(contents, sheet, head, following[0]) if following else sheet.height + 1
            again = tables and head.says_the_same(tables[-1][0])
            kind = LineKind.REPEATED_HEAD if again else LineKind.HEAD
            rows = [row for row in range(head.top, head.bottom + 1) if sheet.holds(row)]
            contents.lines += [line_of(sheet, row, kind) for row in rows]
            if again:
                tables[-1][1].append(range(head.bottom + 1, end))
            else:
                tables.append((head, [range(head.bottom + 1, end)]))
        return tables

    def _end(self, contents: Contents, sheet: Sheet, head: Head, following: Head) -> int:
        """Where a table ends: at the title of the next one, lines of one cell right above its head."""
        end = following.top
        named = {head.columns.get(key) for key in (self.form.row_kind.named_by, "place")}
        while end - 1 > head.bottom:
            filled = [at for at, text in enumerate(sheet.texts(end - 1), 1) if text]
            if len(filled) != 1 or filled[0] in named:
                break
            end -= 1
            labels = read_labels(sheet.rows[end - 1])
            contents.labels.append(labels)
            contents.lines.append(line_of(sheet, end, LineKind.SIGNATURE if labels else LineKind.TITLE))
        return end

    def _take(self, contents: Contents, sheet: Sheet, head: Head, table: Table) -> None:
        contents.rows += table.rows
        contents.lines += table.lines
        contents.line_rows += table.line_rows
        contents.skipped_totals += table.skipped_totals
        contents.labels += [read_labels(sheet.rows[row - 1]) for row in table.line_rows]
        columns = found_columns(sheet, head, table.rows, self.hidden)
        contents.warnings += [*head_warnings(sheet, head, self.form, columns), *table.warnings]
        known = {column.id for column in contents.columns}
        contents.columns += tuple(column for column in columns if column.id not in known)


def ignored_lines(contents: Contents, why: str) -> list[Line]:
    """The lines of a sheet that is not read."""
    return [replace(line, kind=LineKind.IGNORED, why=why) for line in contents.lines]
