"""Merging, splitting and moving rows: recorded acts, each in one step (rule 1)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from accounts.acts import Act
from accounts.models import Agency, Posting, User, local_today
from accounts.services import deeds, trail
from clues.models import Clue
from common.errors import Refused
from ledgers.acts import ENTRY_ACTS
from ledgers.matching import match_key
from ledgers.models import CountyLedger, EntryLink, EntryState, LedgerEntry
from ledgers.services.entries import ledger_of, next_position

KINDS = ("clue_id", "case_id", "matter_id")


@transaction.atomic
def merge_entry(
    *, by: User, entry: LedgerEntry, into: LedgerEntry, reason: str = "", version: int | str | None = None
) -> LedgerEntry:
    """Merge a row into another of the same county: its links go over, the row is kept as 已归并.

    Returns the row that goes on.
    """
    act = ENTRY_ACTS.get("merge_entry")
    deeds.lock(ledger_of(entry))
    entry = deeds.lock(entry, version)
    posting = ENTRY_ACTS.require("merge_entry", by, entry)
    into = deeds.lock(into)
    if into.pk == entry.pk:
        raise Refused("不能把条目并入它自己，请选择另一条目。")
    same_seat = (into.campaign_id, into.agency_id) == (entry.campaign_id, entry.agency_id)
    if into.state != EntryState.IN or not same_seat:
        raise Refused("只能并入本县台账中的另一条目，请重新选择。")
    move_links(entry.links.all(), into)
    changes = deeds.save(entry, act, state=act.landing, merged_into=into)
    deeds.save(into, opened_on=min(into.opened_on, entry.opened_on))
    _record(by, posting, act, entry, changes, reason)
    _record(by, posting, act, into, {"归并来的条目": ("", str(entry))}, reason)
    return into


@transaction.atomic
def split_entry(
    *,
    by: User,
    entry: LedgerEntry,
    links: Iterable[EntryLink],
    party: str,
    place: str = "",
    mineral: str = "",
    reason: str = "",
    version: int | str | None = None,
) -> LedgerEntry:
    """Make a row of its own out of some of an entry's links; returns the new row."""
    act = ENTRY_ACTS.get("split_entry")
    ledger = deeds.lock(ledger_of(entry))
    entry = deeds.lock(entry, version)
    posting = ENTRY_ACTS.require("split_entry", by, entry)
    chosen = list(entry.links.filter(pk__in=[link.pk for link in links]))
    if not chosen or len(chosen) == entry.links.count():
        raise Refused("请选择要拆出的线索、案件或公安事项，原条目至少留一件。")
    if not party.strip():
        raise Refused("请填写拆出条目的企业名称（个人）。")
    new = LedgerEntry.objects.create(
        campaign=entry.campaign,
        agency=entry.agency,
        party=party.strip(),
        place=place.strip(),
        mineral=mineral.strip(),
        match_key=match_key(party, place),
        opened_on=entry.opened_on,
        position=next_position(ledger.campaign, ledger.agency),
        carried_over=entry.carried_over,
        words_typed=True,
        split_from=entry,
        recorded_by=by,
    )
    move_links(chosen, new)
    deeds.save(entry)
    _record(by, posting, act, entry, {"拆出": ("", str(new))}, reason)
    _record(by, posting, act, new, {"拆自": ("", str(entry))}, reason)
    return new


@transaction.atomic
def move_entry(
    *, by: User, entry: LedgerEntry, to_agency: Agency, reason: str, version: int | str | None = None
) -> LedgerEntry:
    """移出/移入 in one step: the row leaves one county's ledger and opens in another's.

    Returns the row in the receiving county.
    """
    act = ENTRY_ACTS.get("move_entry")
    target = CountyLedger.objects.filter(campaign=entry.campaign_id, agency=to_agency).first()
    if target is None or target.agency_id == entry.agency_id:
        raise Refused("请选择参加本专项行动的另一个县。")
    if not reason.strip():
        raise Refused("请写明移出理由。")
    # Both seats in one order, so that two moves at once don't wait for one another.
    for ledger in sorted((ledger_of(entry), target), key=lambda seat: seat.pk):
        deeds.lock(ledger)
    entry = deeds.lock(entry, version)
    posting = ENTRY_ACTS.require("move_entry", by, entry)
    ENTRY_ACTS.require("move_entry", by, _Arriving(target.agency))
    new = LedgerEntry.objects.create(
        campaign=entry.campaign,
        agency=target.agency,
        party=entry.party,
        place=entry.place,
        mineral=entry.mineral,
        match_key=entry.match_key,
        opened_on=entry.opened_on,
        position=next_position(target.campaign, target.agency),
        carried_over=entry.carried_over,
        import_key=entry.import_key,
        imported=entry.imported,
        words_typed=entry.words_typed,
        remark_typed=entry.remark_typed,
        recorded_by=by,
    )
    move_links(entry.links.all(), new)
    changes = deeds.save(entry, act, state=act.landing, moved_to=new)
    _record(by, posting, act, entry, {**changes, "移往": ("", str(target.agency))}, reason)
    _record(by, posting, act, new, {"移自": ("", str(entry.agency))}, reason, label="移入")
    return new


class _Arriving:
    """A row about to arrive at an agency: who moves it must stand above that one too."""

    state = EntryState.IN

    def __init__(self, agency: Agency):
        self.agency = agency

    def granted_agency_ids(self) -> list[int]:
        """Nobody, for it isn't there yet."""
        return []


def move_links(links: Iterable[EntryLink], into: LedgerEntry) -> None:
    """Move links to another entry; what is linked there already is dropped here."""
    there = {tuple(row) for row in into.links.values_list(*KINDS)}
    for link in list(links):
        if tuple(getattr(link, kind) for kind in KINDS) in there:
            link.delete()
        else:
            link.entry = into
            link.save(update_fields=["entry"])


def links_of_clue(clue: Clue) -> QuerySet[EntryLink]:
    """Links by which a clue stands in ledgers."""
    return EntryLink.objects.filter(clue=clue).select_related("entry")


def _record(
    by: User, posting: Posting, act: Act, entry: LedgerEntry, changes: dict, reason: str, label: str = ""
) -> None:
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=entry,
        changes=changes,
        reason=reason.strip(),
        happened_on=local_today(),
        label=label,
    )
