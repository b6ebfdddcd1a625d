"""Findings: what a case shows when the law is held against it. One place per code.

assess(facts, figures, calendar) → the findings, worst first; held_against(case) → those
without what is missing. Codes, levels and meanings: `codes.LEVELS`.
"""

from law.findings.assessing import assess, assess_held, held_against
from law.findings.codes import LEVELS, NATIVE, Level
from law.findings.days import law_day
from law.findings.shape import Case, Finding

__all__ = ["LEVELS", "NATIVE", "Case", "Finding", "Level", "assess", "assess_held", "held_against", "law_day"]
