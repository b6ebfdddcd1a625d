"""Taking candidates in and leaving them out; an entry's words; striking it (rules 1 to 4, 11)."""

from dataclasses import dataclass
from datetime import date

from django.db import models, transaction

from accounts.models import Agency, Posting, User, local_today
from accounts.services import deeds, trail
from campaigns.models import Campaign
from cases.models import Case, PoliceMatter
from clues.models import Clue, Verification
from common.errors import Refused
from ledgers.acts import ENTRY_ACTS, LEDGER_ACTS
from ledgers.fields.words import party_words
from ledgers.matching import match_key
from ledgers.models import CountyLedger, EntryLink, EntryState, Exclusion, LedgerEntry
from ledgers.services.candidates import TRUE, UNKNOWN_PARTY


@dataclass(frozen=True)
class Inclusion:
    """How a candidate comes into a ledger: as a row of its own, or into a row that stands.

    Without words typed the row follows the case; 结转 is suggested for what began before the
    campaign.
    """

    into: LedgerEntry | None = None
    carried_over: bool | None = None
    party: str = ""
    place: str = ""
    mineral: str = ""


@transaction.atomic
def include_candidate(
    *,
    by: User,
    ledger: CountyLedger,
    clue: Clue | None = None,
    case: Case | None = None,
    matter: PoliceMatter | None = None,
    how: Inclusion = Inclusion(),
    version: int | str | None = None,
) -> LedgerEntry:
    """Take one clue, case or police matter into the ledger.

    Raises Refused for what is in already, or doesn't belong to this county.
    """
    ledger = deeds.lock(ledger)
    posting = LEDGER_ACTS.require("include_candidate", by, ledger)
    thing = case or clue or matter
    _refuse_foreign(ledger, clue, case, matter)
    _refuse_linked(ledger, clue, case, matter)
    opened_on = opening_day(clue=clue, case=case, matter=matter)
    if ledger.campaign.to_day and opened_on > ledger.campaign.to_day:
        raise Refused(f"“{thing}”发生在专项行动结束之后，不能纳入。")
    _drop_exclusion(ledger, clue, case, matter)
    if how.into is not None:
        entry = _widened(ledger, how.into, opened_on)
    else:
        entry = _new_entry(by, ledger, thing, opened_on, how)
    _link(entry, clue or getattr(case, "clue", None), case, matter)
    trail.record(
        by=by,
        posting=posting,
        act=LEDGER_ACTS.get("include_candidate"),
        thing=entry,
        changes={"条目": ("", str(thing))},
        happened_on=opened_on,
    )
    return entry


def _widened(ledger: CountyLedger, into: LedgerEntry, opened_on: date) -> LedgerEntry:
    """A row of this ledger that takes one more candidate."""
    entry = deeds.lock(into)
    if entry.state != EntryState.IN or _seat_of(entry) != _seat_of(ledger):
        raise Refused("所选条目不在本县台账中，请重新选择要并入的条目。")
    deeds.save(entry, opened_on=min(entry.opened_on, opened_on))
    return entry


@transaction.atomic
def exclude_candidate(
    *,
    by: User,
    ledger: CountyLedger,
    reason: str,
    clue: Clue | None = None,
    case: Case | None = None,
    matter: PoliceMatter | None = None,
    version: int | str | None = None,
) -> CountyLedger:
    """Leave a clue, case or police matter out of the campaign, with the reason (不纳入)."""
    ledger = deeds.lock(ledger)
    posting = LEDGER_ACTS.require("exclude_candidate", by, ledger)
    _refuse_foreign(ledger, clue, case, matter)
    _refuse_linked(ledger, clue, case, matter)
    if not reason.strip():
        raise Refused("请写明不纳入的理由。")
    _drop_exclusion(ledger, clue, case, matter)
    Exclusion.objects.create(
        campaign=ledger.campaign, clue=clue, case=case, matter=matter, reason=reason.strip(), recorded_by=by
    )
    trail.record(
        by=by,
        posting=posting,
        act=LEDGER_ACTS.get("exclude_candidate"),
        thing=ledger,
        changes={"不纳入": ("", str(case or clue or matter))},
        reason=reason.strip(),
    )
    return ledger


@transaction.atomic
def amend_entry(
    *,
    by: User,
    entry: LedgerEntry,
    party: str,
    place: str = "",
    mineral: str = "",
    remark: str | None = None,
    carried_over: bool | None = None,
    version: int | str | None = None,
) -> LedgerEntry:
    """Type the words of party, place and mineral, and 备注; `remark` None composes it again."""
    entry, posting = _opened("amend_entry", by, entry, version)
    if not party.strip():
        raise Refused("请填写企业名称（个人）；还不清楚的填“当事人不明”。")
    values = {"party": party.strip(), "place": place.strip(), "mineral": mineral.strip()}
    typed = any(getattr(entry, name) != value for name, value in values.items())
    changes = deeds.save(
        entry,
        **values,
        match_key=match_key(party, place),
        remark_typed=remark,
        words_typed=entry.words_typed or typed,
        carried_over=entry.carried_over if carried_over is None else carried_over,
    )
    changes.pop("match key", None)
    _record(by, posting, "amend_entry", entry, changes)
    return entry


@transaction.atomic
def strike_entry(
    *, by: User, entry: LedgerEntry, reason: str, version: int | str | None = None
) -> LedgerEntry:
    """Strike a row, with the reason; nothing else ever takes one away (rule 4)."""
    entry, posting = _opened("strike_entry", by, entry, version)
    if not reason.strip():
        raise Refused("请写明剔除理由。")
    changes = deeds.save(
        entry, ENTRY_ACTS.get("strike_entry"), state=EntryState.STRUCK, struck_reason=reason.strip()
    )
    _record(by, posting, "strike_entry", entry, changes, reason)
    return entry


@transaction.atomic
def join_case(*, by: User, entry: LedgerEntry, case: Case, version: int | str | None = None) -> LedgerEntry:
    """Link one more case: a joint one, or the native case of an imported row (rule 12)."""
    entry, posting = _opened("join_case", by, entry, version)
    ledger = ledger_of(entry)
    _refuse_foreign(ledger, None, case, None)
    _refuse_linked(ledger, None, case, None)
    _drop_exclusion(ledger, None, case, None)
    _link(entry, None if _clue_is_linked(ledger, case) else case.clue, case, None)
    changes = deeds.save(entry)
    changes["案件"] = ("", str(case))
    _record(by, posting, "join_case", entry, changes)
    return entry


def ledger_of(entry: LedgerEntry) -> CountyLedger:
    """The ledger that an entry stands in."""
    return CountyLedger.objects.select_related("campaign", "agency__region").get(
        campaign_id=entry.campaign_id, agency_id=entry.agency_id
    )


def next_position(campaign: Campaign, agency: Agency) -> int:
    """The place after the last row; call with the ledger locked."""
    rows = LedgerEntry.objects.filter(campaign=campaign, agency=agency)
    return (rows.aggregate(last=models.Max("position"))["last"] or 0) + 1


def opening_day(
    *, clue: Clue | None = None, case: Case | None = None, matter: PoliceMatter | None = None
) -> date:
    """When a matter opened (rule 2): found true, taken up by the police, or filed."""
    if matter is not None:
        return matter.taken_up_on
    clue = clue or case.clue
    look = (
        Verification.objects.filter(clue=clue, judgment__in=TRUE).order_by("looked_on").first()
        if clue
        else None
    )
    days = [look.looked_on if look else None, case.filed_on if case else None]
    days = [day for day in days if day]
    if not days:
        raise Refused("核查尚未认定属实，也没有立案，还不能纳入台账。")
    return min(days)


def _new_entry(
    by: User, ledger: CountyLedger, thing: Case | Clue | PoliceMatter, opened_on: date, how: Inclusion
) -> LedgerEntry:
    own, typed = _own_words(thing), (how.party, how.place, how.mineral)
    words = tuple(given.strip() or follows for given, follows in zip(typed, own, strict=True))
    carried_over = how.carried_over
    if carried_over is None:
        carried_over = opened_on < ledger.campaign.from_day
    return LedgerEntry.objects.create(
        campaign=ledger.campaign,
        agency=ledger.agency,
        position=next_position(ledger.campaign, ledger.agency),
        party=words[0],
        place=words[1],
        mineral=words[2],
        match_key=match_key(words[0], words[1]),
        opened_on=opened_on,
        carried_over=carried_over,
        recorded_by=by,
        words_typed=words != own,
    )


def _own_words(thing: Case | Clue | PoliceMatter) -> tuple[str, str, str]:
    links = getattr(thing, "parties", None) or getattr(thing, "suspects", None)
    if links is None:
        return thing.title, thing.place, ""
    party = party_words(link.party for link in links.select_related("party"))
    return party or UNKNOWN_PARTY, thing.place, thing.mineral


def _link(entry: LedgerEntry, clue: Clue | None, case: Case | None, matter: PoliceMatter | None) -> None:
    if clue is not None:
        EntryLink.objects.get_or_create(entry=entry, clue=clue)
    if case is not None:
        EntryLink.objects.get_or_create(entry=entry, case=case)
    if matter is not None:
        EntryLink.objects.get_or_create(entry=entry, matter=matter)


def _opened(act: str, by: User, entry: LedgerEntry, version: int | str | None) -> tuple[LedgerEntry, Posting]:
    entry = deeds.lock(entry, version)
    return entry, ENTRY_ACTS.require(act, by, entry)


def _record(
    by: User, posting: Posting, act: str, entry: LedgerEntry, changes: dict, reason: str = ""
) -> None:
    trail.record(
        by=by,
        posting=posting,
        act=ENTRY_ACTS.get(act),
        thing=entry,
        changes=changes,
        reason=reason.strip(),
        happened_on=local_today(),
    )


def _seat_of(thing: CountyLedger | LedgerEntry) -> tuple[int, int]:
    return thing.campaign_id, thing.agency_id


def _refuse_foreign(
    ledger: CountyLedger, clue: Clue | None, case: Case | None, matter: PoliceMatter | None
) -> None:
    if (clue is None) + (case is None) + (matter is None) != 2:
        raise Refused("请选择一件线索、案件或公安事项。")
    for thing in (clue, case):
        if thing is not None and not _belongs(thing, ledger):
            raise Refused(f"“{thing}”不是{ledger.agency.name}承办的，不能纳入本县台账。")
    if matter is not None and matter.agency.region_id != ledger.agency.region_id:
        raise Refused(f"“{matter}”不属于{ledger.agency.region.name}，不能纳入本县台账。")


def _belongs(thing: Clue | Case, ledger: CountyLedger) -> bool:
    """Its own office's, or what an office above handles in this county (协办)."""
    own, other = ledger.agency, thing.agency
    return (
        other.pk == own.pk
        or other.path.startswith(own.path)
        or (own.path.startswith(other.path) and thing.county_id == own.region_id)
    )


def _refuse_linked(
    ledger: CountyLedger, clue: Clue | None, case: Case | None, matter: PoliceMatter | None
) -> None:
    links = EntryLink.objects.filter(
        entry__campaign_id=ledger.campaign_id, entry__state=EntryState.IN
    ).select_related("entry")
    link = links.filter(clue=clue, case=case, matter=matter).first()
    if link:
        raise Refused(f"“{link}”已在台账中（第{link.entry.position}行：{link.entry.party}），不能重复纳入。")


def _clue_is_linked(ledger: CountyLedger, case: Case) -> bool:
    return EntryLink.objects.filter(
        entry__campaign_id=ledger.campaign_id, entry__state=EntryState.IN, clue_id=case.clue_id
    ).exists()


def _drop_exclusion(
    ledger: CountyLedger, clue: Clue | None, case: Case | None, matter: PoliceMatter | None
) -> None:
    Exclusion.objects.filter(campaign_id=ledger.campaign_id, clue=clue, case=case, matter=matter).delete()
