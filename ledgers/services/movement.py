"""上期累计 + 本期新增 ± 更正 = 本期累计, by entry and never by event date (rule 5)."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from decimal import Decimal

from ledgers.fields import FIELDS
from ledgers.layouts import Layout
from ledgers.models import EntryState, LedgerEntry, SubmissionRow
from ledgers.rows import Row
from ledgers.services.sums import Figures, total_of

REASONS = {
    "correction": "更正",
    "revocation": "撤销",
    "striking": "剔除",
    "merging": "归并",
    "moving": "移出",
}
GONE = {EntryState.STRUCK: "striking", EntryState.MERGED: "merging", EntryState.MOVED: "moving"}


@dataclass(frozen=True)
class Fall:
    """A figure that is smaller than in the last report; `reason` is known where the row is gone."""

    key: str
    column: str
    before: Decimal | int
    now: Decimal | int
    party: str
    reason: str = ""

    @property
    def label(self) -> str:
        """The column's name."""
        return FIELDS[self.column].label

    @property
    def name(self) -> str:
        """How a form names it."""
        return f"{self.key}:{self.column}"


@dataclass
class ColumnMovement:
    """The three figures of one column."""

    key: str
    before: Decimal | int | None = None
    added: Decimal | int = 0
    corrected: Decimal | int = 0
    now: Decimal | int | None = None

    @property
    def label(self) -> str:
        """The column's name."""
        return FIELDS[self.key].label

    @property
    def holds(self) -> bool:
        """上期累计 + 本期新增 ± 更正 = 本期累计."""
        return (self.before or 0) + self.added + self.corrected == (self.now or 0)


@dataclass
class Movement:
    """What happened between two states of a ledger."""

    columns: list[ColumnMovement]
    falls: list[Fall] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether every column adds up."""
        return all(column.holds for column in self.columns)


@dataclass(frozen=True)
class State:
    """A ledger at one time: figures by entry's key, and what all rows add up to.

    Rows whose figures are the same in both states may be missing from both, but for those that another
    row came from (`kin_of`).
    """

    figures: dict[str, Figures]
    totals: Figures

    def of(self, key: str, column: str) -> Decimal | int:
        """A figure; 0 for none."""
        return self.figures.get(key, {}).get(column) or 0

    @property
    def rest(self) -> Figures:
        """What the rows add up to that aren't among the figures."""
        told = {key: sum(some.get(key) or 0 for some in self.figures.values()) for key in self.totals}
        return {key: (total or 0) - told[key] for key, total in self.totals.items()}


def state_of(form: Layout, rows: list[Row]) -> State:
    """The state of rows in memory."""
    figures = {row.key: {key: row.value(key) for key in form.sum_keys} for row in rows}
    return State(figures, total_of(form, rows))


Names = Callable[[Collection[str]], dict[str, str]]


def movement(
    form: Layout,
    states: tuple[State, State],
    names: Names,
    explanations: dict[str, dict] | None = None,
    fresh: Figures | None = None,
) -> Movement:
    """Compare two states by entry; `names(keys)` gives the parties of some rows, `fresh` is what rows add up
    to that are missing from both since they are new and come from no other.

    What a row took over by 归并, 拆分 or 移入 is a correction on both sides, and so is a rise that
    `explanations` gives a reason for; all else that rose is new.
    """
    (old, new), explanations, fresh, falls = states, explanations or {}, fresh or {}, []
    keys = [*new.figures, *(key for key in old.figures if key not in new.figures)]
    states, origins = _kinship(set(keys))
    result = Movement([ColumnMovement(key) for key in form.sum_keys])
    for column in result.columns:
        taken = _Pool(column.key, old, new, origins)
        column.before, column.now = old.totals.get(column.key), new.totals.get(column.key)
        column.added += fresh.get(column.key) or 0
        for key in keys:
            change = new.of(key, column.key) - old.of(key, column.key)
            if change < 0:
                column.corrected += change
                falls.append((key, column.key))
            elif change > 0:
                carried = min(change, taken.by(key))
                if column.key in explanations.get(key, {}):
                    carried = change
                column.corrected += carried
                column.added += change - carried
    parties = names({key for key, _ in falls}) if falls else {}
    for key, column in falls:
        reason = "" if key in new.figures else GONE.get(states.get(key), "correction")
        fall = Fall(key, column, old.of(key, column), new.of(key, column), parties.get(key, ""), reason)
        result.falls.append(fall)
    return result


def kin_of(keys: set[str]) -> dict[str, set[str]]:
    """{entry: those that it was merged, split or moved from} of some, all by key."""
    _, origins = _kinship(keys)
    return {key: {origin.public_id for origin in several} for key, several in origins.items()}


class _Pool:
    """How much the rows that an entry came from have lost."""

    def __init__(self, column: str, old: State, new: State, origins: dict[str, list[LedgerEntry]]):
        self.column, self.old, self.new, self.origins = column, old, new, origins

    def by(self, key: str) -> Decimal | int:
        """What `key` took over in this period: of rows merged into it, and, where it is new, of
        the row it was moved or split from."""
        return sum(
            max(self._was(key, origin) - self.new.of(origin.public_id, self.column), 0)
            for origin in self.origins.get(key, ())
        )

    def _was(self, key: str, origin: LedgerEntry) -> Decimal | int:
        merged = origin.state == EntryState.MERGED
        if not merged and key in self.old.figures:
            return 0
        if origin.public_id in self.old.figures:
            return self.old.of(origin.public_id, self.column)
        return 0 if merged else origin.reported.get(self.column, 0)


def _kinship(keys: set[str]) -> tuple[dict[str, str], dict[str, list[LedgerEntry]]]:
    """States of the entries that left the ledger, and which entries each came from (merged, split
    off, moved in). Only entries with kin are read, however long the ledger is."""
    if not keys:
        return {}, {}
    any_row = LedgerEntry.objects.filter(public_id=next(iter(keys)))
    entries = LedgerEntry.objects.filter(campaign_id__in=any_row.values("campaign_id"))
    states = dict(entries.exclude(state=EntryState.IN).values_list("public_id", "state"))
    origins = defaultdict(list)
    for name in ("merged_into", "moved_to"):
        for origin in entries.filter(**{f"{name}__isnull": False}).select_related(name):
            origins[getattr(origin, name).public_id].append(origin)
    for entry in entries.filter(split_from__isnull=False).select_related("split_from"):
        origins[entry.public_id].append(entry.split_from)
    origins = {key: several for key, several in origins.items() if key in keys}
    _reported_elsewhere(origins)
    return states, origins


def _reported_elsewhere(origins: dict[str, list[LedgerEntry]]) -> None:
    """What the ledger that a row came from last reported of it."""
    rows = {}
    every = [origin for several in origins.values() for origin in several]
    if not every:
        return
    submitted = SubmissionRow.objects.filter(
        entry_key__in=[origin.public_id for origin in every], submission__consolidated=False
    )
    for key, values in submitted.order_by("submission_id").values_list("entry_key", "values"):
        rows[key] = {
            column: Decimal(str(value))
            for column, value in values.items()
            if column in FIELDS and FIELDS[column].is_summed and value is not None
        }
    for origin in every:
        origin.reported = rows.get(origin.public_id, {})
