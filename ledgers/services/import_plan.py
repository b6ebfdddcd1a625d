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


@dataclass
class Planned:
    """One clean row and what it would do; `older` than what a newer workbook told already."""

    row: ReadRow
    agency: Agency
    key: str = ""
    stands: StandingRow | None = None
    facts: dict = field(default_factory=dict)
    changes: dict = field(default_factory=dict)
    older: bool = False
    kept_out: str = ""

    @property
    def outcome(self) -> str:
        """created, updated, history (fills in an earlier day) or unchanged."""
        if self.stands is None:
            return "created"
        if self.kept_out:
            return "unchanged"
        if self.older and (self.changes or self.stands.then is None):
            return "history"
        return "updated" if self.changes else "unchanged"

    @property
    def counted(self) -> str:
        """How the report counts it: history that says nothing new is unchanged."""
        if self.outcome == "history":
            return "updated" if self.changes else "unchanged"
        return self.outcome


@dataclass
class Plan:
    """The whole workbook's effect, row by row, with the rejected rows and the warnings."""

    campaign: Campaign
    agency: Agency
    form: Layout
    as_of: date
    all_or_none: bool = False
    rows: list[Planned] = field(default_factory=list)
    rejected: list[Fault] = field(default_factory=list)
    rejected_rows: list[ReadRow] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    skipped_totals: int = 0
    columns: dict = field(default_factory=dict)

    def fault(self, row: ReadRow, key: str, reason: str) -> Fault:
        """Something to say about one cell of one row."""
        number = self.columns[row.sheet].get(key)
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
    def is_held(self) -> bool:
        """One rejected row keeps everything out, if that was asked for."""
        return self.all_or_none and bool(self.rejected)

    def of(self, *outcomes: str) -> list[Planned]:
        """The rows with these outcomes."""
        return [planned for planned in self.rows if planned.outcome in outcomes]

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
