"""Cases as lines, and what the law finds in them."""

import json
from datetime import date
from decimal import Decimal

from law.facts import Facts
from law.figures import SEEDED, Figures
from law.findings import Case, Finding, assess
from law.reading import read_line
from law.shipped import calendar

TODAY = date(2026, 9, 1)
COUNTY = "141122"


def facts_of(as_of: date = TODAY, **line: object) -> Facts:
    """Facts as a JSON line carries them."""
    return read_line(json.loads(json.dumps({"county": COUNTY, **line}), parse_float=Decimal), as_of)


def findings(figures: Figures = SEEDED, as_of: date = TODAY, **line: object) -> list[Finding]:
    """Every finding of a line."""
    return assess(facts_of(as_of, **line), figures, calendar())


def codes(figures: Figures = SEEDED, as_of: date = TODAY, **line: object) -> set[str]:
    """Codes of its findings, missing facts aside."""
    return {each.code for each in findings(figures, as_of, **line)} - {"FACTS_MISSING"}


def one(code: str, **line: object) -> Finding:
    """The one finding of a code."""
    (found,) = [each for each in findings(**line) if each.code == code]
    return found


def asked_for(**line: object) -> set[str]:
    """Facts that FACTS_MISSING names."""
    return {each.figures[0]["fact"] for each in findings(**line) if each.code == "FACTS_MISSING"}


def case_of(figures: Figures = SEEDED, **line: object) -> Case:
    """A line as rules and gates look at it."""
    return Case(facts_of(**line), figures, calendar())


def miner(ended: str = "2025-08-01", code: str = "K21", **more: object) -> dict[str, object]:
    """A miner without a licence, of whom nothing worse is known."""
    given = {
        "violation": code,
        "mineral": "砖瓦用粘土",
        "acts_ended": ended,
        "special_area": False,
        "eco_damage": False,
        "destroyed_value": 0,
        "prior_penalties": [],
        "unpunished": [],
        "dates": {"found": ended, "filed": ended},
    }
    return {**given, **more}


def decided(day: str = "2025-09-30", notice: str = "2025-09-01", **more: object) -> dict[str, str]:
    """Days of a case that was decided in time and in order."""
    return {"found": "2025-08-01", "filed": "2025-08-05", "noticed": notice, "decided": day, **more}
