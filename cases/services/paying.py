"""Fifteen days to pay a fine (行政处罚法 art 67③): a clock for each decision and party, of the fine alone.

What is confiscated is paid when the decision says so. The day is a citizen's and rolls over days off.
"""

from datetime import date

from accounts.services import clocks
from cases import terms
from cases.assessing.outcome import FINE
from cases.assessing.service import last_service, served_days
from cases.models import Case, CaseState, Decision, PenaltyItem
from cases.services import dues
from registry.models import Party

JOINT = "共同缴纳"


def settle(case: Case) -> None:
    """Let the clocks run that the rows ask for, of each fine served and not paid; end all others."""
    running = {clock.part: clock for clock in clocks.of(case).filter(kind=terms.PAY.kind, met_at=None)}
    asked = {} if case.state == CaseState.CLOSED else dict(_unpaid(case))
    for part in running.keys() - asked.keys():
        clocks.meet(thing=case, kind=terms.PAY.kind, part=part)
    for part, (day, whose) in asked.items():
        if part not in running or running[part].counted_from != day:
            clocks.start(
                term=terms.PAY,
                thing=case,
                counted_from=day,
                url=case.get_absolute_url(),
                part=part,
                whose=whose,
            )


def _unpaid(case: Case) -> list[tuple[str, tuple[date, str]]]:
    """(part, (day of service, whose)) of every fine that was served and of which something is still owed."""
    found = []
    for decision in dues.standing_decisions(case):
        by_party: dict[Party | None, list[PenaltyItem]] = {}
        for item in decision.items.select_related("party"):
            if item.kind == FINE:
                by_party.setdefault(item.party, []).append(item)
        for party, fines in by_party.items():
            day = _served_on(decision, party)
            if day and any(dues.owed(item) > 0 for item in fines):
                part = f"{decision.pk}:{party.pk if party else 0}"
                found.append((part, (day, f"{decision.number}，{party.name if party else JOINT}")))
    return found


def _served_on(decision: Decision, party: Party | None) -> date | None:
    """From when a party owes: its own service; what is owed together, when all were served."""
    if party is not None:
        return served_days(decision).get(party.pk)
    last = last_service(decision)
    return last.happened_on if last else None
