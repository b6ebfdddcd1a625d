"""A ledger row in memory: cells with the evidence behind each of them. Knows no database."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

CARRIED, LATE, JOINT, MOVED_IN = "结转", "迟录补报", "协办", "移入"
PROXY = "代录"
# How the key of what isn't there begins: no fact, and so never late.
WANTING = "open:"


@dataclass(slots=True)
class Evidence:
    """One fact behind a cell: what it says, its own date, and the thing it belongs to.

    `key` names the fact permanently (item:12); `thing` is (kind, public id, words) of the case, matter
    or clue. A fact that isn't counted says why in `note`.
    """

    key: str
    what: str
    detail: str
    happened_on: date
    thing: tuple[str, str, str] = ("", "", "")
    counted: bool = True
    note: str = ""
    late: bool = False

    @property
    def is_want(self) -> bool:
        """Whether it says that something isn't there."""
        return self.key.startswith(WANTING)

    def frozen(self) -> list:
        """As it is kept in a submission."""
        return [
            self.key,
            self.what,
            self.detail,
            self.happened_on.isoformat(),
            list(self.thing),
            self.counted,
            self.note,
            self.late,
        ]

    @classmethod
    def thawed(cls, stored: list) -> "Evidence":
        """Back from a submission."""
        key, what, detail, day, thing, counted, note, late = stored
        return cls(key, what, detail, date.fromisoformat(day), tuple(thing), counted, note, late)


class Cell:
    """A value; None is 未填, or 不适用 where `applicable` is False; 0 was confirmed.

    What stands behind a kept cell (`stored`) is made into evidence when somebody asks for it.
    """

    __slots__ = ("_evidence", "applicable", "stored", "value")

    def __init__(
        self,
        value: Decimal | int | bool | str | date | None = None,
        applicable: bool = True,
        evidence: list[Evidence] | None = None,
        stored: list | None = None,
    ):
        self.value, self.applicable, self.stored = value, applicable, stored
        self._evidence = evidence if evidence is not None or stored else []

    @property
    def evidence(self) -> list[Evidence]:
        """The facts behind it."""
        if self._evidence is None:
            self._evidence = [Evidence.thawed(each) for each in self.stored]
        return self._evidence

    @property
    def frozen(self) -> list:
        """What stands behind it as it is kept."""
        return self.stored if self._evidence is None else [fact.frozen() for fact in self._evidence]

    @property
    def late(self) -> bool:
        """A fact behind it was typed after the period it belongs to had been reported."""
        if self._evidence is None:
            return any(is_late(each) for each in self.stored)
        return any(fact.late and fact.counted for fact in self._evidence)


def is_late(stored: list) -> bool:
    """Whether a kept fact is counted and late."""
    return stored[7] and stored[5]


@dataclass(slots=True)
class Row:
    """One line of the ledger. `key` is the entry's public id, `entry_id` its primary key.

    `late_columns` are the late keys of a row read without what stands behind it. `remark` is 备注
    without 迟录补报, which holds for one period only and isn't compared. `digest` is what a checker
    confirms, of a row that was read from what is kept.
    """

    key: str
    agency_id: int
    cells: dict[str, Cell]
    entry: object = None
    entry_id: int = 0
    flags: list[str] = field(default_factory=list)
    late: bool = False
    carried_forward: bool = False
    serial: int = 0
    remark: str = ""
    late_columns: list[str] | None = None
    digest: str = ""

    def number(self, serial: int) -> None:
        """Give the row its place in the ledger, and 序号 where the form has it."""
        self.serial = serial
        if "serial" in self.cells:
            self.cells["serial"].value = serial

    def value(self, key: str):
        """The value under a key; None, too, where the form hasn't it."""
        return self.cells[key].value if key in self.cells else None

    @property
    def values(self) -> dict:
        """The plain values by the form's keys."""
        return {key: cell.value for key, cell in self.cells.items()}

    @property
    def evidence(self) -> dict[str, list[Evidence]]:
        """What stands behind each cell."""
        return {key: cell.evidence for key, cell in self.cells.items() if cell.evidence}

    @property
    def late_keys(self) -> list[str]:
        """Columns with a fact typed after its period had been reported."""
        if self.late_columns is not None:
            return self.late_columns
        return [key for key, cell in self.cells.items() if cell.late]
