"""What stands in the ledgers already for the rows of a workbook, in a constant number of queries
per 500 rows.

A row is found by the words it has, by those it shows (a party named later) and by those that an
earlier workbook used for it; also when it left the ledger, or it would be made a second time.
"""

from dataclasses import dataclass, field

from accounts.models import Agency
from cases.models import ImportedFacts
from common.words import fold
from ledgers.matching import match_key
from ledgers.models import EntryLink, EntryState, LedgerEntry
from ledgers.services import drawing
from ledgers.services.words import PARTS

BATCH = 500


@dataclass
class Known:
    """An entry that stands already, with what the workbooks and the system say of it.

    `then` is what workbooks said up to the day of this one, `latest` what the newest said;
    `gone` is the sentence for an entry that left the ledger.
    """

    entry: LedgerEntry
    gone: str = ""
    case_id: int | None = None
    case_version: int = 0
    then: ImportedFacts | None = None
    latest: ImportedFacts | None = None
    last_of: dict = field(default_factory=dict)
    system: dict = field(default_factory=dict)

    @property
    def is_joined(self) -> bool:
        """Several imported rows were merged into it: its figures are sums over their cases."""
        return len(self.last_of) > 1

    @property
    def remark(self) -> str:
        """What people and workbooks wrote as 备注, without what the system composes."""
        if self.entry.remark_typed is not None:
            return self.entry.remark_typed
        said = [facts.remark for facts in self.last_of.values() if facts and facts.remark]
        return PARTS.join(dict.fromkeys(said))


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

    def find(self, key) -> Known | None:
        """The entry for (agency, match key): one that stands before one that left."""
        return self.exact.get(key) or self.earlier.get(key) or self.gone.get(key)


def standing_of(campaign, placed, as_of, today) -> Standing:
    """Look up `placed`, pairs of (agency id, match key)."""
    standing, by_entry = Standing(), {}
    offices = {agency_id for agency_id, _ in placed}
    keys = list(dict.fromkeys(key for _, key in placed))
    for start in range(0, len(keys), BATCH):
        batch = _entries(standing, campaign, offices, keys[start : start + BATCH], by_entry)
        _add_imported(batch, as_of)
    _add_drawn(standing, by_entry, set(keys), campaign, offices, today, as_of)
    _say_where(standing.gone)
    return standing


def _entries(standing, campaign, offices, keys, by_entry) -> dict:
    """The entries of 500 keys into `standing`; returns those that stand."""
    batch = {}
    rows = LedgerEntry.objects.filter(campaign=campaign, agency_id__in=offices)
    for name, found in (("match_key", standing.exact), ("import_key", standing.earlier)):
        for entry in rows.filter(**{f"{name}__in": keys}).order_by("pk"):
            known = by_entry.setdefault(entry.pk, Known(entry))
            place = (entry.agency_id, getattr(entry, name))
            if entry.state == EntryState.IN:
                batch[entry.pk] = found[place] = known
            else:
                standing.gone[place] = known
    return batch


def _add_imported(batch: dict, as_of) -> None:
    """The imported case of each entry and what workbooks said of it."""
    links = EntryLink.objects.filter(entry_id__in=batch, case__imported=True)
    cases = {}
    for link in links.select_related("case").order_by("pk"):
        known = cases[link.case_id] = batch[link.entry_id]
        known.last_of[link.case_id] = None
        if known.case_id is None:
            known.case_id, known.case_version = link.case_id, link.case.version
    for facts in ImportedFacts.objects.filter(case_id__in=cases).order_by("as_of", "pk"):
        known = cases[facts.case_id]
        known.last_of[facts.case_id] = facts
        if facts.case_id == known.case_id:
            known.latest = facts
            known.then = facts if facts.as_of <= as_of else known.then


def _add_drawn(standing, by_entry, keys, campaign, offices, today, as_of) -> None:
    """What the system draws for each row; rows found by the words they now show; native rows."""
    found = {}
    for office in Agency.objects.filter(pk__in=offices):
        natives = standing.natives[office.pk] = []
        for row in drawing.draw(campaign, agency=office, as_of=today):
            party, place = row.values["party"], row.values["place"]
            key = (row.agency_id, match_key(party, place))
            if key[1] in keys and row.entry.pk not in by_entry:
                by_entry[row.entry.pk] = found[row.entry.pk] = Known(row.entry)
            if row.entry.pk in by_entry:
                by_entry[row.entry.pk].system = dict(row.values)
                standing.exact.setdefault(key, by_entry[row.entry.pk])
            if not row.entry.imported:
                words = f"第{row.entry.position}行{party}（{place or '位置未填'}）"
                natives.append(Native(fold(party), fold(place), words))
    _add_imported(found, as_of)


def _say_where(gone: dict) -> None:
    """Follow entries that were merged, moved or struck to where they are now."""
    trail = {known.entry.pk: known.entry for known in gone.values()}
    ahead = set(trail)
    while ahead:
        wanted = {trail[pk].merged_into_id or trail[pk].moved_to_id for pk in ahead}
        ahead = wanted - {None} - set(trail)
        rows = LedgerEntry.objects.filter(pk__in=ahead).select_related("agency__region")
        trail |= {entry.pk: entry for entry in rows}
    for known in gone.values():
        known.gone = _where(known.entry, trail)


def _where(entry, trail) -> str:
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
