"""One page for the chief's question: a case, or a party with all its cases, to be read and printed at once.

Who, where, which step, the next date, what was decided, paid and is owed, referral, earlier penalties. Of a
party only cases in the person's sight are named; how often it was penalised elsewhere is a number.
"""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import Clock, User
from cases import assessing, outcome_sections, referral_sections, sections, showing
from cases.models import MONEY_KINDS, THING_KINDS, Case, CaseParty, Decision, PenaltyItem
from cases.services import dues, offenders
from cases.services.items import item_words
from cases.stages import CASE_STAGES
from registry.models import PartyKind

SHOWN = 30
READ = (
    *("parties__party", "violations", "land_findings", "mineral_findings", "referrals__to_agency"),
    "circumstances__earlier_acts",
    *("referrals__matter__detentions", "decisions__items__payments", "decisions__items__carried_out"),
    "decisions__items__party",
)


def of_case(user: User, case: Case) -> dict:
    """The context of cases/brief.html; a number of queries that grows with the parties alone."""
    showing.load(case)
    next_dates, held = _next_dates([case]), assessing.held_of(case)
    return {
        "row": _row(case, next_dates),
        "parties": sections.party_rows(case),
        "violations": sections.violation_rows(case),
        "found": sections.found_words(case),
        "closing_rows": outcome_sections.closing_rows(case),
        "earlier": [_earlier(user, case, each) for each in case.parties.all() if _named(each)],
        "times": offenders.illegal_mining_before(held),
        "years": held.figures.value("crime_repeat_years"),
    }


def of_party(user: User, link: CaseParty) -> dict:
    """The context of cases/brief_party.html: every case of the party in sight, newest first."""
    cases = list(_cases_of(user, link)[:SHOWN])
    next_dates = _next_dates(cases)
    party = next(row for row in sections.party_rows(link.case) if row["row"] == link.pk)
    rows = [_row(case, next_dates) for case in cases]
    return {
        "party": party,
        "rows": rows,
        "penalties": offenders.penalties_of(link.party),
        "sums": {name: sum(row["money"][name] for row in rows) for name in ("decided", "paid", "owed")},
    }


def _named(link: CaseParty) -> bool:
    return link.party.kind != PartyKind.UNKNOWN


def _cases_of(user: User, link: CaseParty):
    """The cases of a party in the person's own reach; found again by the index of its number."""
    same = Q(parties__party=link.party)
    if link.party.identity_index:
        same |= Q(parties__party__identity_index=link.party.identity_index)
    cases = Case.objects.within_reach(user).filter(same).distinct()
    return cases.select_related("county", "township", "agency").prefetch_related(*READ).order_by("-pk")


def _row(case: Case, next_dates: dict[int, Clock]) -> dict:
    """One case in a line: where it is, where it stands, what comes next, money and referral."""
    row = CASE_STAGES[case.state]
    return {
        "case": case,
        "place": sections.place_words(case),
        "state": [(case.get_state_display(), row.tone)],
        "waits": row.desk,
        "next": next_dates.get(case.pk),
        "decisions": [_decision(each) for each in dues.standing_decisions(case)],
        "money": _money(case),
        "things": _things(case),
        "referrals": [_referral(each) for each in case.referrals.all()],
    }


def _decision(decision: Decision) -> dict:
    return {
        "number": decision.number,
        "on": decision.decided_on,
        "served_on": decision.served_on,
        "items": [_item(each) for each in decision.items.all()],
    }


def _item(item: PenaltyItem) -> str:
    return f"{item.party or '共同'}：{item_words(item)}"


def _money(case: Case) -> dict:
    items = [item for item in dues.standing_items(case) if item.kind in MONEY_KINDS]
    return {
        "decided": sum(item.amount or 0 for item in items),
        "paid": sum(dues.paid(item) for item in items),
        "owed": dues.outstanding(case),
    }


def _things(case: Case) -> list[str]:
    """没收实物、拆除: each with whether it was carried out."""
    return [
        f"{_item(item)}，{'已执行' if dues.is_carried_out(item) else '还没有执行'}"
        for item in dues.standing_items(case)
        if item.kind in THING_KINDS
    ]


def _referral(referral) -> str:
    words = [
        referral.get_state_display(),
        referral_sections.iso_day(referral.answered_on or referral.sent_on),
        referral.to_agency.name,
        referral.crime,
        referral_sections.detention_counts(referral),
    ]
    return " ".join(word for word in words if word)


def _earlier(user: User, case: Case, link: CaseParty) -> dict:
    """Standing decisions on this party in other cases in sight."""
    others = [each for each in _cases_of(user, link)[:SHOWN] if each.pk != case.pk]
    rows = [
        {"case": other, **_decision(decision)}
        for other in others
        for decision in dues.standing_decisions(other)
    ]
    return {"row": link.pk, "party": link.party.name, "decisions": rows, "cases": len(others)}


def _next_dates(cases: Iterable[Case]) -> dict[int, Clock]:
    """By case: the open clock of it and its referrals that is due first; one query."""
    of_referral = {each.pk: case.pk for case in cases for each in case.referrals.all()}
    asked = Q(subject_kind="cases.case", subject_id__in=[case.pk for case in cases])
    asked |= Q(subject_kind="cases.referral", subject_id__in=list(of_referral))
    first: dict[int, Clock] = {}
    for clock in Clock.objects.filter(asked, met_at=None, suspended_on=None).order_by("due_at"):
        case_id = clock.subject_id if clock.subject_kind == "cases.case" else of_referral[clock.subject_id]
        first.setdefault(case_id, clock)
    return first
