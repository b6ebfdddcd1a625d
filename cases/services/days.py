"""Days that a deed may carry: never one to come; an order among days only where an act decides.

What was really done in the wrong order is recorded as it was and flagged (law/lapses.py).
"""

from datetime import date

from accounts.models import local_today
from common.errors import Refused


def refuse_future(what: str, day: date) -> None:
    """Refuse a day that is still to come."""
    if day > local_today():
        raise Refused(f"{what}不能晚于今天，请核对。")


def refuse_before(what: str, day: date, not_before: date | None) -> None:
    """Refuse a day before the one it follows, or still to come; for acts, not for records."""
    refuse_future(what, day)
    if not_before and day < not_before:
        raise Refused(f"{what}不能早于{not_before}，请核对。")
