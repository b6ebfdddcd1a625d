"""What a workbook would do to a county's ledger, worked out before anything is written.

Preview, dry run and the write itself use the same plan (rule 12): clean rows become
entries with one imported case each, or update those that stand already.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from openpyxl.utils import get_column_letter

from accounts.models import Agency
from campaigns.models import Campaign
from ledgers.fields import FIELDS
from ledgers.layouts import Layout
from ledgers.services.import_standing import StandingRow
from ledgers.sheets.tables import Fault, ReadRow


@dataclass(frozen=True)
class Wanted:
    """What a person wants done with a workbook, beside how it is read.

    `joins`: the name of lines that are alike (`Alike.name`) → what they are (`import_joining.Joining`).
    """

    all_or_none: bool = False
    clear_blanks: bool = False
    joins: dict[str, str] = field(default_factory=dict)


AS_IT_IS = Wanted()


@dataclass(frozen=True)
class Alike:
    """Several lines of one firm at one place; `keys` are the columns in which they can't be one.

    `answer` is what somebody said they are, "" where it is still asked. `meant` is the party of the
    standing entry where the lines have its earlier words and its own.
    """

    name: str
    rows: tuple[ReadRow, ...]
    keys: tuple[str, ...]
    answer: str = ""
    meant: str = ""


@dataclass
class Planned:
    """One clean row and what it would do; `older` than what a newer workbook told already.

    `lines` are the lines of the workbook that it was made of. `earlier` is what older sheets of the
    same workbook say of a row that is made by this one: (day, facts); such an older row is `told`.
    `apart_from` is the entry that has its words and that it isn't, as a person said.
    """

    row: ReadRow
    agency: Agency
    as_of: date
    key: str = ""
    lines: tuple[ReadRow, ...] = ()
    stands: StandingRow | None = None
    facts: dict = field(default_factory=dict)
    changes: dict = field(default_factory=dict)
    earlier: list[tuple[date, dict]] = field(default_factory=list)
    older: bool = False
    told: bool = False
    kept_out: str = ""
    apart_from: int | None = None

    @property
    def outcome(self) -> str:
        """created, updated, history (fills in an earlier day) or unchanged."""
        if self.told:
            return "history"
        if self.stands is None:
            return "created"
        if self.kept_out:
            return "unchanged"
        if self.older and (self.changes or self.stands.up_to(self.as_of) is None):
            return "history"
        return "updated" if self.changes else "unchanged"

    @property
    def counted(self) -> str:
        """How the report counts it: history that says nothing new is unchanged."""
        if self.outcome == "history":
            return "updated" if self.changes else "unchanged"
        return self.outcome

    @property
    def opened_on(self) -> date:
        """The first day on which the workbook tells of it."""
        return min([self.as_of, *(day for day, _ in self.earlier)])


@dataclass
class Plan:
    """The whole workbook's effect, row by row, with the rejected rows and the warnings.

    `asked` are columns that nobody has named yet: until then nothing is written.
    """

    campaign: Campaign
    agency: Agency
    form: Layout
    as_of: date
    wanted: Wanted = AS_IT_IS
    rows: list[Planned] = field(default_factory=list)
    rejected: list[Fault] = field(default_factory=list)
    rejected_rows: list[ReadRow] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    alike: list[Alike] = field(default_factory=list)
    skipped_totals: int = 0
    asked: list[str] = field(default_factory=list)

    def fault(self, row: ReadRow, key: str, reason: str) -> Fault:
        """Something to say about one cell of one row."""
        number = row.columns.get(key)
        letter = get_column_letter(number) if number else ""
        return Fault(row.sheet, row.row, letter, FIELDS[key].label, row.typed.get(key, ""), reason, key)

    def warn(self, row: ReadRow, key: str, reason: str) -> None:
        """Something to look at that keeps nothing out."""
        self.warnings.append(self.fault(row, key, reason))

    def reject(self, row: ReadRow, *faults: Fault) -> None:
        """A row that isn't taken over, and why."""
        self.rejected += faults
        self.rejected_rows.append(replace(row, faults=(*row.faults, *faults)))

    @property
    def open(self) -> list[Alike]:
        """Lines of one firm of which nobody has said what they are."""
        return [each for each in self.alike if not each.answer]

    @property
    def is_held(self) -> bool:
        """Nothing is written: a column isn't named yet, or one bad row keeps everything out."""
        return bool(self.asked) or self.wanted.all_or_none and bool(self.rejected or self.open)

    def of(self, *outcomes: str) -> list[Planned]:
        """The rows with these outcomes."""
        return [planned for planned in self.rows if planned.outcome in outcomes]

    @property
    def writes(self) -> list[Planned]:
        """The rows that change something, new ones first; an older row of a new one goes with it."""
        known = [planned for planned in self.of("updated", "history") if not planned.told]
        return self.of("created") + known

    def report(self) -> dict:
        """The counts and faults, in the keys of `import_ledger --json`."""
        counts = Counter(planned.counted for planned in self.rows)
        report = {
            "created": counts["created"],
            "updated": counts["updated"],
            "unchanged": counts["unchanged"],
            "skipped_totals": self.skipped_totals,
            "warnings": [reported(fault) for fault in self.warnings],
            "rejected": [reported(fault) for fault in self.rejected],
        }
        if self.is_held:
            held_back = report["created"] + report["updated"]
            report |= {"created": 0, "updated": 0, "held_back": held_back}
        return report


def reported(fault: Fault) -> dict:
    """A fault in the words of the report."""
    return {
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "value": fault.value,
        "reason": fault.reason,
    }
