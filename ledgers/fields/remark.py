"""备注 as it is composed, and the flags of a row (rule 11)."""

from datetime import date

from cases.models import Referral, ReferralState
from ledgers.facts import OUTSIDE, Entry, Facts
from ledgers.fields.field import LedgerField, Use
from ledgers.fields.kinds import Kind
from ledgers.rows import CARRIED, JOINT, LATE, MOVED_IN, Cell, Row

PARTS = "；"
KEY = "remark"


def flags_of(facts: Facts, entry: Entry) -> list[str]:
    """What must not be overlooked in a row, in words."""
    flags = []
    if entry.carried_over:
        flags.append(CARRIED)
    if entry.pk in facts.moved_from:
        flags.append(MOVED_IN)
    if _joint(facts, entry):
        flags.append(JOINT)
    return flags


def remark_of(facts: Facts, entry: Entry, row: Row) -> str:
    """备注: what was typed, or composed from the facts beside what workbooks said."""
    if entry.remark_typed is not None:
        return entry.remark_typed
    cases = facts.cases_of(entry)
    parts = [CARRIED] if entry.carried_over else []
    parts += _left_out(row)
    if entry.pk in facts.moved_from:
        parts.append(f"由{facts.moved_from[entry.pk]}移入")
    parts += [facts.imported_value(case, KEY) for case in cases]
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
        f"{fact.happened_on}{fact.detail}未计入"
        for cell in row.cells.values()
        for fact in cell.evidence
        if fact.note == OUTSIDE
    ]


def _referral(referral: Referral, as_of: date) -> str:
    words = f"{referral.sent_on}移送{referral.to_agency.name}"
    answered = referral.answered_on and referral.answered_on <= as_of
    if answered and referral.state == ReferralState.POLICE_FILED:
        words += "，已立案"
    elif answered and referral.state == ReferralState.DECLINED:
        words += "，不予立案"
    elif referral.outcome_on and referral.outcome_on <= as_of:
        words += f"，{referral.get_outcome_display()}"
    elif answered and referral.state == ReferralState.GIVEN_BACK:
        words += "，已立案"
    return words


def _joint(facts: Facts, entry: Entry) -> list[str]:
    """Cases of another office and police matters of another county's police in this row."""
    others = [case.agency.name for case in facts.cases_of(entry) if case.agency_id != entry.agency_id]
    others += [
        matter.agency.name
        for matter in facts.matters.get(entry.pk, {}).values()
        if matter.agency.region_id != entry.agency.region_id
    ]
    return [f"{name}{JOINT}" for name in dict.fromkeys(others)]


def _unfilled(facts: Facts, entry: Entry, field: LedgerField) -> Cell:
    return Cell()


def _composed(row: Row) -> Cell:
    return Cell(with_late(row.remark, row.late) or None)


REMARK = (
    LedgerField(
        key=KEY,
        label="备注",
        kind=Kind.TEXT,
        words=("备注", "说明"),
        draw=_unfilled,
        compose=_composed,
        use=Use.REMARK,
        how="由系统按移送、结转、协办等情况生成，也可以在条目中修改。",
    ),
)
