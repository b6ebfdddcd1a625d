"""A day, or a day with its hour: steps are often known by their date alone."""

from datetime import date, datetime, time, timedelta

Moment = date | datetime


def day_of(moment: Moment | None) -> date | None:
    """The calendar day of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


def start_of(moment: Moment) -> datetime:
    """The moment itself, or the first instant of a bare day."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.min)


def end_of(moment: Moment) -> datetime:
    """The moment itself, or the last instant of a bare day."""
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time.min) + timedelta(days=1, microseconds=-1)
