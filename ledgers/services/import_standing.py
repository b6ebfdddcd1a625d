"""What stands in the ledgers already for the rows of a workbook, in a constant number of queries
per 500 rows.

A row is found by the words it has, by those it shows (a party named later) and by those that an
earlier workbook used for it; also when it left the ledger, or it would be made a second time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from accounts.models import Agency
from campaigns.models import Campaign
from common.words import fold
from ledgers.fields.remark import KEY as REMARK
from ledgers.fields.remark import PARTS
from ledgers.layouts import Layout
from ledgers.matching import match_key
from ledgers.models import EntryLink, EntryState, ImportedValues, LedgerEntry
from ledgers.rows import Row
from ledgers.services import drawing

BATCH = 500


@dataclass
class StandingRow:
    """An entry that stands already, with what the workbooks and the system say of it.

    `said` is all that workbooks said of it, the oldest first, `latest` what the newest said; `gone` is
    the sentence for an entry that left the ledger.
    """

    entry: LedgerEntry
    gone: str = ""
    case_id: int | None = None
    case_version: int = 0
    said: list[ImportedValues] = field(default_factory=list)
    last_of: dict = field(default_factory=dict)
    system: dict = field(default_factory=dict)

    @property
    def latest(self) -> ImportedValues | None:
        """What the newest workbook said."""
        return self.said[-1] if self.said else None

    def up_to(self, day: date) -> ImportedValues | None:
        """What workbooks said up to a day."""
        return next((each for each in reversed(self.said) if each.as_of <= day), None)

    @property
    def is_joined(self) -> bool:
        """Several imported rows were merged into it: its figures are sums over their cases."""
        return len(self.last_of) > 1

    @property
    def remark(self) -> str:
        """What people and workbooks wrote as 备注, without what the system composes."""
        if self.entry.remark_typed is not None:
            return self.entry.remark_typed
        typed = [last.of(REMARK) for last in self.last_of.values() if last and last.of(REMARK)]
        return PARTS.join(dict.fromkeys(typed))


@dataclass
class Native:
    """A row of the system's own, with its words folded: near ones go to a person to join."""

    party: str
    place: str
    words: str


@dataclass
class Standing:
    """Everything that stands already, by (agency, key); `exact` where the words are its own."""

    exact: dict = field(default_factory=dict)
    earlier: dict = field(default_factory=dict)
    gone: dict = field(default_factory=dict)
    natives: dict = field(default_factory=dict)

    def find(self, key: tuple[int, str]) -> StandingRow | None:
        """The entry for (agency, match key): one that stands before one that left."""
        return self.exact.get(key) or self.earlier.get(key) or self.gone.get(key)


def standing_of(campaign: Campaign, form: Layout, placed: list[tuple[int, str]], today: date) -> Standing:
    """Look up `placed`, pairs of (agency id, match key)."""
    standing, by_entry = Standing(), {}
    offices = {agency_id for agency_id, _ in placed}
    keys = list(dict.fromkeys(key for _, key in placed))
    for start in range(0, len(keys), BATCH):
        batch = _entries(standing, campaign, offices, keys[start : start + BATCH], by_entry)
        _add_imported(batch)
    drawn_rows = _add_drawn(_Drawing(campaign, form, offices, today), standing, by_entry, set(keys))
    _add_imported(drawn_rows)
    _say_where(standing.gone)
    return standing


def _entries(
    standing: Standing,
    campaign: Campaign,
    offices: set[int],
    keys: list[str],
    by_entry: dict[int, StandingRow],
) -> dict[int, StandingRow]:
    """The entries of 500 keys into `standing`; returns those that stand."""
    batch = {}
    rows = LedgerEntry.objects.filter(campaign=campaign, agency_id__in=offices)
    for name, by_place in (("match_key", standing.exact), ("import_key", standing.earlier)):
        for entry in rows.filter(**{f"{name}__in": keys}).order_by("pk"):
            stands = by_entry.setdefault(entry.pk, StandingRow(entry))
            place = (entry.agency_id, getattr(entry, name))
            if entry.state == EntryState.IN:
                batch[entry.pk] = by_place[place] = stands
            else:
                standing.gone[place] = stands
    return batch


def _add_imported(batch: dict[int, StandingRow]) -> None:
    """The imported case of each entry and what workbooks said of it."""
    links = EntryLink.objects.filter(entry_id__in=batch, case__imported=True)
    cases = {}
    for link in links.select_related("case").order_by("pk"):
        stands = cases[link.case_id] = batch[link.entry_id]
        stands.last_of[link.case_id] = None
        if stands.case_id is None:
            stands.case_id, stands.case_version = link.case_id, link.case.version
    for facts in ImportedValues.objects.filter(case_id__in=cases).order_by("as_of", "pk"):
        stands = cases[facts.case_id]
        stands.last_of[facts.case_id] = facts
        if facts.case_id == stands.case_id:
            stands.said.append(facts)


@dataclass(frozen=True)
class _Drawing:
    """What is drawn to find the rows by what they show now."""

    campaign: Campaign
    form: Layout
    offices: set[int]
    today: date

    def rows(self) -> Iterator[tuple[int, list[Row]]]:
        """(office id, its rows) of each office."""
        for office in Agency.objects.filter(pk__in=self.offices):
            yield office.pk, drawing.draw(self.campaign, office, self.today, form=self.form)


def _add_drawn(drawn: _Drawing, standing: Standing, by_entry: dict, keys: set[str]) -> dict:
    """What the system draws for each row, and native rows; returns the rows found by the words
    that they now show."""
    drawn_rows = {}
    for office_id, rows in drawn.rows():
        natives = standing.natives[office_id] = []
        for row in rows:
            party, place = row.value("party"), row.value("place")
            key = (row.agency_id, match_key(party, place))
            if key[1] in keys and row.entry.pk not in by_entry:
                by_entry[row.entry.pk] = drawn_rows[row.entry.pk] = StandingRow(row.entry)
            if row.entry.pk in by_entry:
                by_entry[row.entry.pk].system = dict(row.values)
                standing.exact.setdefault(key, by_entry[row.entry.pk])
            if not row.entry.imported:
                words = f"第{row.entry.position}行{party}（{place or '位置未填'}）"
                natives.append(Native(fold(party), fold(place), words))
    return drawn_rows


def _say_where(gone: dict) -> None:
    """Follow entries that were merged, moved or struck to where they are now."""
    trail = {stands.entry.pk: stands.entry for stands in gone.values()}
    ahead = set(trail)
    while ahead:
        wanted = {trail[pk].merged_into_id or trail[pk].moved_to_id for pk in ahead}
        ahead = wanted - {None} - set(trail)
        rows = LedgerEntry.objects.filter(pk__in=ahead).select_related("agency__region")
        trail |= {entry.pk: entry for entry in rows}
    for stands in gone.values():
        stands.gone = _where(stands.entry, trail)


def _where(entry: LedgerEntry, trail: dict[int, LedgerEntry]) -> str:
    """The sentence for an entry that left the ledger."""
    last = entry
    while last.merged_into_id or last.moved_to_id:
        last = trail[last.merged_into_id or last.moved_to_id]
    if last.state == EntryState.STRUCK:
        reason = f"（{last.struck_reason}）" if last.struck_reason else ""
        return f"这一行对应的条目已剔除{reason}，未写入。"
    if last.agency_id != entry.agency_id:
        return f"这一行对应的条目已移出到{last.agency.region.name}，未写入。"
    return f"这一行对应的条目已归并到第{last.position}行（{last.party}），未写入。"
