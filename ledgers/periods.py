"""The half-monthly periods: each ends on the 15th or the 30th (交自然资字〔2021〕62号六（五）).

The 31st belongs to the next period; where February has no 30th its last day ends the period.
"""

from calendar import monthrange
from datetime import date, timedelta

HALF, END = 15, 30


def end_of(day: date) -> date:
    """The last day of the period that `day` lies in."""
    last = monthrange(day.year, day.month)[1]
    if day.day <= HALF:
        return day.replace(day=HALF)
    if day.day <= END:
        return day.replace(day=min(END, last))
    return day + timedelta(days=HALF)
