"""移送公安: on which day, for which crime."""

from collections.abc import Callable, Iterator

from cases.models import Case, Referral
from ledgers.facts import Entry, Facts, case_thing
from ledgers.fields.field import LedgerField
from ledgers.fields.kinds import Kind, Value
from ledgers.fields.summing import Draw, found_or_imported
from ledgers.fields.words import NAMES
from ledgers.rows import Cell, Evidence

HOW = "涉嫌犯罪的案件移送公安机关后自动填上。"
NOT_REFERRED = "这一条目没有移送公安机关。"


def _referred(says: Callable[[Referral], Value], together: Callable[[list[Value]], Value]) -> Draw:
    """What the referrals sent by the day say, taken `together`; 不适用 where none was sent."""

    def own(facts: Facts, entry: Entry, case: Case, field: LedgerField) -> Iterator[tuple[Value, Evidence]]:
        for referral in facts.referrals.get(case.pk, []):
            value = says(referral)
            detail = f"移送{referral.to_agency.name} {field.show(value)}"
            fact = Evidence(
                f"referral:{referral.pk}:{field.key}", "移送公安", detail, referral.sent_on, case_thing(case)
            )
            yield value, facts.mark_late(entry, fact)

    def draw(facts: Facts, entry: Entry, field: LedgerField) -> Cell:
        evidence = list(found_or_imported(facts, entry, field, own))
        if not evidence:
            return Cell(applicable=False)
        return Cell(together([value for value, _ in evidence]), evidence=[fact for _, fact in evidence])

    return draw


REFERRAL = (
    LedgerField(
        key="referred_on",
        label="移送公安日期",
        kind=Kind.DATE,
        words=("移送公安日期", "移送公安时间", "移送日期", "移送时间"),
        draw=_referred(lambda referral: referral.sent_on, min),
        how=HOW,
        inapplicable=NOT_REFERRED,
    ),
    LedgerField(
        key="suspected_crime",
        label="涉嫌罪名",
        kind=Kind.TEXT,
        words=("涉嫌罪名", "罪名"),
        draw=_referred(lambda referral: referral.crime, lambda crimes: NAMES.join(dict.fromkeys(crimes))),
        how=HOW,
        inapplicable=NOT_REFERRED,
        longest=Referral._meta.get_field("crime").max_length,
    ),
)
