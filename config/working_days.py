"""The working calendar where there may be no database yet: its years, else those that ship."""

import json

from django.db import DatabaseError

from accounts.services.calendar import FILE
from accounts.services.clocks import calendar
from common.workdays import Calendar


def calendar_here() -> Calendar:
    """The calendar of the database, filled up with the packaged years that it doesn't know."""
    shipped = Calendar.from_years(json.loads(FILE.read_text(encoding="utf-8"))["years"])
    try:
        entered = calendar()
    except DatabaseError:  # no database, or none with its tables
        return shipped
    missing = shipped.years_known - entered.years_known
    return Calendar(
        entered.off | {day for day in shipped.off if day.year in missing},
        entered.work | {day for day in shipped.work if day.year in missing},
        entered.years_known | missing,
    )
