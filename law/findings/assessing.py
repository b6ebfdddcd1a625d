"""All rules over one case, in groups by the facts they look at."""

from collections.abc import Callable

from common.workdays import Calendar
from law.facts import Facts
from law.figures import Figures
from law.findings import clocks, ending, punishment, referral
from law.findings.codes import LEVELS
from law.findings.missing import missing
from law.findings.native import native_findings
from law.findings.shape import Case, Finding

Rule = Callable[[Case], Finding | None]
GROUPS: dict[str, tuple[Rule, ...]] = {
    "crime": (
        referral.must_refer,
        referral.closed_without_referral,
        referral.suspect_referral,
        referral.near_referral,
        referral.especially_serious,
        referral.repeat_offender,
    ),
    "late": (referral.referred_late,),
    "taking": (punishment.fine_for_confiscation,),
    "fine": (punishment.fine_out_of_range,),
    "join": (punishment.prefecture_must_join,),
    "notice": (clocks.notice_missing,),
    "period": (clocks.decision_overdue,),
    "limitation": (clocks.limitation_passed,),
    "ending": (ending.closed_unpaid, ending.closed_not_carried_out),
}
_ORDER = {code: place for place, code in enumerate(LEVELS)}


def run(case: Case, group: str) -> list[Finding]:
    """What the rules of one group find."""
    findings = [rule(case) for rule in GROUPS[group]]
    return [each for each in findings if each is not None]


def assess(facts: Facts, figures: Figures, calendar: Calendar) -> list[Finding]:
    """Every finding of a case, the blocking ones first; what is not known is said, never guessed."""
    return assess_held(Case(facts, figures, calendar))


def assess_held(case: Case) -> list[Finding]:
    """The same of a case that is held against them already."""
    by_group = {group: run(case, group) for group in GROUPS}
    return _sorted([*_all(by_group), *native_findings(case), *missing(case, by_group, run)])


def held_against(case: Case) -> list[Finding]:
    """What holds of a case by what is known: every finding but those that name a missing fact."""
    return _sorted([*_all({group: run(case, group) for group in GROUPS}), *native_findings(case)])


def _all(by_group: dict[str, list[Finding]]) -> list[Finding]:
    return [each for group in by_group.values() for each in group]


def _sorted(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: _ORDER[each.code])
