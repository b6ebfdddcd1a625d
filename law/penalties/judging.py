"""Whether what a decision fines lies inside the intervals: violation by violation where it says so."""

from law.facts import Decision, Facts
from law.figures import Figures
from law.penalties.choice import groups, options
from law.penalties.fines import Verdict, judge_fine
from law.words import tags


def verdicts(decision: Decision, facts: Facts, figures: Figures) -> list[Verdict]:
    """Each fine of a decision (元) against its own violation's interval; one that isn't told apart by
    violation, or is for a tag alone, against those of the whole case. None where nothing is fined or held.
    """
    if decision.fine is None:
        return []
    if not decision.fines or {code for code, _ in decision.fines} & tags():
        every = [group for group in groups(facts, figures) if group]
        return [judge_fine(decision.fine, every)] if every else []
    told = ((fine, options(code, facts, figures)) for code, fine in decision.fines)
    return [judge_fine(fine, [group]) for fine, group in told if group]
