"""The case as who answers a proposal sees it: facts, parties, findings, what was checked, every file."""

from cases import finding_sections, outcome_sections, referral_sections, sections, showing
from cases.models import Case, DecisionState
from cases.services.dues import standing_decisions
from cases.services.proposing import articles_of
from clues.showing.verification import look_rows


def of_case(case: Case) -> dict:
    """The context of cases/approving/evidence.html; a constant number of queries."""
    showing.load(case)
    made = standing_decisions(case)
    return {
        "case": case,
        "base_rows": sections.core_rows(case),
        "parties": sections.party_rows(case),
        "party_pages": True,
        "violations": sections.violation_rows(case),
        **finding_sections.findings_that_hold(case),
        "looks": _looks(case),
        "waiting": _waiting(case),
        "decisions": [row for row in outcome_sections.decision_rows(case) if row["decision"] in made],
        "referrals": referral_sections.referral_rows(case),
        "reasons": referral_sections.reason_rows(case),
        "files": sections.file_rows(case.files.all()),
    }


def _looks(case: Case) -> list[list[dict]]:
    """核查: of each look what was said."""
    looks = look_rows(case.clue) if case.clue else []
    return [[row for row in look["rows"] if row["value"]] for look in looks]


def _waiting(case: Case) -> list[dict]:
    """The items of the decision that waits, each with its articles."""
    for row in outcome_sections.decision_rows(case):
        if row["decision"].state == DecisionState.PROPOSED:
            articles = articles_of(case, row["decision"].items.all())
            return [{**item, "article": articles[item["pk"]]} for item in row["items"]]
    return []
