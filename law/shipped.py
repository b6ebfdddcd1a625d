"""What ships with the law: the working calendar, for whoever has no other."""

import json
from functools import cache

from common.workdays import Calendar
from law.words import DATA


@cache
def calendar() -> Calendar:
    """Days off and make-up working days by the yearly notices."""
    years = json.loads((DATA / "calendar.json").read_text(encoding="utf-8"))["years"]
    return Calendar.from_years(years)
