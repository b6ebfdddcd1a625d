"""The half-monthly periods: each ends on the 15th or the 30th at 18:00 (交自然资字〔2021〕62号).

The 31st belongs to the next period; where February has no 30th its last day ends the period.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from django.utils import timezone

HALF, END = 15, 30
DUE_AT = time(18, 0)


def end_of(day: date) -> date:
    """The last day of the period that `day` lies in."""
    last = monthrange(day.year, day.month)[1]
    if day.day <= HALF:
        return day.replace(day=HALF)
    if day.day <= END:
        return day.replace(day=min(END, last))
    return day + timedelta(days=HALF)


def due_of(day: date) -> datetime:
    """When the report of the period that `day` lies in is due: 18:00 of its last day."""
    return timezone.make_aware(datetime.combine(end_of(day), DUE_AT))


def label_of(day: date) -> str:
    """The period as people name it: 2026年5月上半月."""
    end = end_of(day)
    half = "上半月" if end.day == HALF else "下半月"
    return f"{end.year}年{end.month}月{half}"
