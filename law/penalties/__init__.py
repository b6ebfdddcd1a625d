"""What must, may and may not be confiscated, and how high the fine may be: by violation and version
of the law (table in `rules`)."""

from law.penalties.choice import groups, options
from law.penalties.fines import Verdict, judge_fine, span
from law.penalties.judging import verdicts
from law.penalties.reasons import covered
from law.penalties.shape import INCOME, MINERALS, SOIL, STRUCTURES, TOOLS, Penalty
from law.penalties.taking import Gap, gaps, required, unfounded, unsaid

__all__ = [
    "INCOME",
    "MINERALS",
    "SOIL",
    "STRUCTURES",
    "TOOLS",
    "Gap",
    "Penalty",
    "Verdict",
    "covered",
    "gaps",
    "groups",
    "judge_fine",
    "options",
    "required",
    "span",
    "unfounded",
    "unsaid",
    "verdicts",
]
