"""Chairs on the page of a case that an app above fills: rows of a summary, made by that app.

    chairs.register("imported", imported_rows)   # in the upper app's receivers.py

The page asks for the rows by the chair's name and never learns who sits there.
"""

from collections.abc import Callable

from cases.models import Case

Rows = list[dict]
_CHAIRS: dict[str, Callable[[Case], Rows]] = {}


def register(chair: str, rows_of: Callable[[Case], Rows]) -> None:
    """Fill a chair; `rows_of(case)` gives the rows of parts/summary.html, none where it has none."""
    _CHAIRS[chair] = rows_of


def rows(chair: str, case: Case) -> Rows:
    """What stands in a chair; nothing while nobody fills it."""
    return _CHAIRS[chair](case) if chair in _CHAIRS else []
