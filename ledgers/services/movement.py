"""上期累计 + 本期新增 ± 更正 = 本期累计, by entry and never by event date (rule 5)."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from ledgers.fields import FIELDS
from ledgers.layouts import Layout
from ledgers.models import EntryState, LedgerEntry, SubmissionRow
from ledgers.rows import Row

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


def movement(
    form: Layout, before: list[Row], now: list[Row], explanations: dict[str, dict] | None = None
) -> Movement:
    """Compare two states by entry.

    What a row took over by 归并, 拆分 or 移入 is a correction on both sides, and so is a rise that
    `explanations` gives a reason for; all else that rose is new.
    """
    explanations = explanations or {}
    old, new = {row.key: row for row in before}, {row.key: row for row in now}
    states, origins = _kinship({*old, *new})
    result = Movement([ColumnMovement(key) for key in form.sum_keys])
    for column in result.columns:
        taken = _Pool(column.key, old, new, origins)
        column.before, column.now = _sum(before, column.key), _sum(now, column.key)
        for key in [*new, *(key for key in old if key not in new)]:
            change = _figure(new, key, column.key) - _figure(old, key, column.key)
            if change < 0:
                column.corrected += change
                result.falls.append(_fall(old, new, states, key, column.key))
            elif change > 0:
                carried = min(change, taken.by(key))
                if column.key in explanations.get(key, {}):
                    carried = change
                column.corrected += carried
                column.added += change - carried
    return result


def _fall(old: dict[str, Row], new: dict[str, Row], states: dict[str, str], key: str, column: str) -> Fall:
    party = (new.get(key) or old[key]).value("party") or ""
    reason = "" if key in new else GONE.get(states.get(key), "correction")
    return Fall(key, column, _figure(old, key, column), _figure(new, key, column), party, reason)


class _Pool:
    """How much the rows that an entry came from have lost."""

    def __init__(
        self, column: str, old: dict[str, Row], new: dict[str, Row], origins: dict[str, list[LedgerEntry]]
    ):
        self.column, self.old, self.new, self.origins = column, old, new, origins

    def by(self, key: str) -> Decimal | int:
        """What `key` took over in this period: of rows merged into it, and, where it is new, of
        the row it was moved or split from."""
        return sum(
            max(self._was(key, origin) - _figure(self.new, origin.public_id, self.column), 0)
            for origin in self.origins.get(key, ())
        )

    def _was(self, key: str, origin: LedgerEntry) -> Decimal | int:
        merged = origin.state == EntryState.MERGED
        if not merged and key in self.old:
            return 0
        if origin.public_id in self.old:
            return _figure(self.old, origin.public_id, self.column)
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


def _figure(rows: dict[str, Row], key: str, column: str) -> Decimal | int:
    row = rows.get(key)
    value = row.value(column) if row else None
    return 0 if value is None else value


def _sum(rows: list[Row], column: str) -> Decimal | int | None:
    return FIELDS[column].total(row.value(column) for row in rows)
