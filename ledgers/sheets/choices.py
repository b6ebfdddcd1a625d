"""What a person settled about a workbook before it is taken over: sheets, columns, units, cells."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a sheet of the workbook is to the ledger."""

    LEDGER = "ledger"
    HISTORY = "history"
    IGNORED = "ignored"

    @property
    def label(self) -> str:
        """As the page says it."""
        return _LABELS[self]


_LABELS = {Role.LEDGER: "本期台账", Role.HISTORY: "往期台账", Role.IGNORED: "不读"}


@dataclass(frozen=True)
class Choices:
    """Answers to what a reading asks; whatever is not answered is read as proposed.

    `sheets`: a sheet's name → its role. `columns`: a column's `FoundColumn.id` → the key of the field
    it is read as, "" for a column that is not read. `units`: a column's id → the unit its figures are
    counted in (万元), a volume with its density behind it (立方米×2.6). `edits`: (sheet, row, key) →
    what was typed in the preview in place of the cell. Columns and units are the same on all sheets,
    so they can be remembered for the office.
    """

    sheets: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    edits: dict[tuple[str, int, str], str] = field(default_factory=dict)

    def to_dict(self) -> dict:
        """As JSON keeps it."""
        edits = [[*place, text] for place, text in self.edits.items()]
        return {
            "sheets": dict(self.sheets),
            "columns": dict(self.columns),
            "units": dict(self.units),
            "edits": edits,
        }

    @classmethod
    def from_dict(cls, kept: dict | None) -> "Choices":
        """As `to_dict` kept it; nothing kept is nothing chosen."""
        kept = kept or {}
        edits = {(sheet, row, key): text for sheet, row, key, text in kept.get("edits", ())}
        parts = {name: dict(kept.get(name, {})) for name in ("sheets", "columns", "units")}
        return cls(**parts, edits=edits)


NOTHING_CHOSEN = Choices()
