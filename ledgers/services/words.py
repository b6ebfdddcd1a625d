"""The words of a row: party, place, mineral, and 备注 as it is composed (rules 2, 11, 12)."""

from cases.models import ReferralState
from ledgers.rows import CARRIED, JOINT, LATE, MOVED_IN, Row
from ledgers.services.facts import Facts
from registry.models import PartyKind

NAMES = "、"
PARTS = "；"
LEFT_OUT = "不在专项行动期间，不计入"


def words_of(facts: Facts, entry) -> tuple[str, str, str]:
    """Party, place and mineral. Imported or typed words are kept; others follow the cases, so a
    当事人不明 named later is named in the same row."""
    if entry.imported or entry.words_typed:
        return entry.party, entry.place, entry.mineral
    cases = facts.cases.get(entry.pk, [])
    party = party_words(party for case in cases for party in facts.parties.get(case.pk, []))
    place = next((case.place for case in cases if case.place), "")
    found = [row.mineral for case in cases for row in facts.minerals.get(case.pk, [])]
    told = found or [case.mineral for case in cases]
    mineral = NAMES.join(dict.fromkeys(word for word in told if word))
    return party or entry.party, place or entry.place, mineral or entry.mineral


def party_words(parties) -> str:
    """Joint parties in one cell; 当事人不明 only while nobody else is named."""
    parties = list(parties)
    known = [party.name for party in parties if party.kind != PartyKind.UNKNOWN]
    unknown = [party.name for party in parties if party.kind == PartyKind.UNKNOWN]
    return NAMES.join(dict.fromkeys(known or unknown))


def flags_of(facts: Facts, entry) -> list[str]:
    """What must not be overlooked in a row, in words."""
    flags = []
    if entry.carried_over:
        flags.append(CARRIED)
    if entry.pk in facts.moved_from:
        flags.append(MOVED_IN)
    if _joint(facts, entry):
        flags.append(JOINT)
    return flags


def remark_of(facts: Facts, entry, row: Row) -> str:
    """备注: what was typed, or composed from the facts beside what workbooks said."""
    if entry.remark_typed is not None:
        return entry.remark_typed
    parts = [CARRIED] if entry.carried_over else []
    parts += _left_out(row)
    if entry.pk in facts.moved_from:
        parts.append(f"由{facts.moved_from[entry.pk]}移入")
    cases = facts.cases.get(entry.pk, [])
    parts += [facts.imported[case.pk].remark for case in cases if case.pk in facts.imported]
    for case in cases:
        parts += [_referral(referral, facts.as_of) for referral in facts.referrals.get(case.pk, [])]
    parts += _joint(facts, entry)
    return PARTS.join(dict.fromkeys(part for part in parts if part))


def with_late(remark: str, late: bool) -> str:
    """备注 as it is shown; 迟录补报 holds for one period only, so it isn't compared."""
    if not late or LATE in remark:
        return remark
    return PARTS.join(part for part in (remark, LATE) if part)


def _left_out(row: Row) -> list[str]:
    """Amounts from before the campaign, named but not counted (rule 3)."""
    return [
        f"{source.happened_on}{source.detail}未计入"
        for cell in row.cells.values()
        for source in cell.sources
        if source.note == LEFT_OUT
    ]


def _referral(referral, as_of) -> str:
    words = f"{referral.sent_on}移送{referral.to_agency.name}"
    answered = referral.answered_on and referral.answered_on <= as_of
    if answered and referral.state == ReferralState.ACCEPTED:
        words += "，已立案"
    elif answered and referral.state == ReferralState.DECLINED:
        words += "，不予立案"
    return words


def _joint(facts, entry) -> list[str]:
    """Cases of another office and matters of another county's police in this row."""
    others = [case.agency.name for case in facts.cases.get(entry.pk, []) if case.agency_id != entry.agency_id]
    others += [
        matter.agency.name
        for matter in facts.matters.get(entry.pk, {}).values()
        if matter.agency.region_id != entry.agency.region_id
    ]
    return [f"{name}{JOINT}" for name in dict.fromkeys(others)]
