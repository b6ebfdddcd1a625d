"""Clocks are rows: started by a deed, suspended with a reason, met by another deed."""

from datetime import datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone

from accounts.models import CalendarDay, Clock, DayKind, Standard
from accounts.terms import DAYS, HOURS, MONTHS, UNIT_LABELS, WORKDAYS, Term
from common.workdays import Calendar

END_OF_DAY = time(18, 0)


def calendar() -> Calendar:
    """The working calendar as it stands in the table."""
    rows = tuple(CalendarDay.objects.values_list("day", "kind"))
    return _calendar(rows)


@lru_cache(maxsize=8)
def _calendar(rows) -> Calendar:
    return Calendar(
        off={day for day, kind in rows if kind == DayKind.OFF},
        work={day for day, kind in rows if kind == DayKind.WORK},
        years_known={day.year for day, _ in rows},
    )


def length_of(term: Term, agency, on) -> tuple[int, str]:
    """The term's length on a day at an agency, and the article or document it comes from."""
    if term.standard:
        codes = [agency.region_id, agency.region_id[:4] + "00", agency.region_id[:2] + "0000"]
        rows = Standard.objects.filter(key=term.standard, valid_from__lte=on)
        for code in (*codes, None):
            row = rows.filter(region_id=code).order_by("-valid_from").first()
            if row:
                return int(row.value), row.source
    return term.length, term.article


def due_of(term: Term, agency, counted_from) -> tuple[datetime, str]:
    """When the term ends (18:00 of its last day) and why on that day, in Chinese."""
    days, start = (
        calendar(),
        timezone.localtime(counted_from).date()
        if isinstance(counted_from, datetime)
        else counted_from,
    )
    length, source = length_of(term, agency, start)
    if term.unit == HOURS:
        due = counted_from + timedelta(hours=length)
        return (
            due,
            f"自{timezone.localtime(counted_from):%Y-%m-%d %H:%M}起{length}小时（{source}）。",
        )
    if term.unit == WORKDAYS:
        end = days.add_workdays(start, length)
    elif term.unit == MONTHS:
        end = days.add_months(start, length)
    else:
        end = start + timedelta(days=length)
    why = f"自{term.counted_from}{start}的次日起{length}{UNIT_LABELS[term.unit]}（{source}）。"
    if length == 0:
        why = f"{term.counted_from}为{start}（{source}）。"
    skipped = days.skipped(start, end) if term.unit == WORKDAYS else []
    if skipped:
        why += "跳过的非工作日：" + "、".join(f"{day:%m-%d}" for day in skipped) + "。"
    if days.unknown_years(start, end):
        years = "、".join(str(year) for year in sorted(days.unknown_years(start, end)))
        why += f"{years}年的放假安排还没有录入，暂按周一至周五计算。"
    return timezone.make_aware(datetime.combine(end, END_OF_DAY)), why


def start(*, term: Term, thing, counted_from, url="", agency=None) -> Clock:
    """Start a term on `thing`, or move the open one of the same kind."""
    agency = agency or thing.agency
    due, why = due_of(term, agency, counted_from)
    local = (
        timezone.localtime(counted_from).date()
        if isinstance(counted_from, datetime)
        else counted_from
    )
    clock, _ = Clock.objects.update_or_create(
        subject_kind=thing._meta.label_lower,
        subject_id=thing.pk,
        kind=term.kind,
        met_at=None,
        defaults={
            "label": term.label,
            "agency": agency,
            "counted_from": local,
            "due_at": due,
            "warn_at": due - timedelta(days=term.warn_before),
            "article": term.article,
            "explanation": why,
            "url": url,
            "by_hours": term.unit == HOURS,
            "remind_at": None,
        },
    )
    return clock


def meet(*, thing, kind: str, at=None) -> int:
    """End the open clock of this kind; how many ended (0 or 1)."""
    return of(thing).filter(kind=kind, met_at=None).update(met_at=at or timezone.now())


def meet_all(*, thing, at=None) -> int:
    """End every open clock of a thing that is over."""
    return of(thing).filter(met_at=None).update(met_at=at or timezone.now())


def suspend(*, thing, kind: str, on, reason: str) -> int:
    """Stop the open clock from a day on, with a reason."""
    return (
        of(thing)
        .filter(kind=kind, met_at=None, suspended_on=None)
        .update(suspended_on=on, suspended_reason=reason)
    )


def resume(*, thing, kind: str, on, term: Term | None = None) -> int:
    """Go on from a day: the end moves by the days it stood still.

    For a clock in working days pass its `term`: then the working days that it stood are given
    back, and the end falls on a working day again.
    """
    clocks = list(of(thing).filter(kind=kind, met_at=None).exclude(suspended_on=None))
    for clock in clocks:
        stood = on - clock.suspended_on
        moved = _in_workdays(clock, on) if term and term.unit == WORKDAYS else stood
        clock.due_at += moved
        clock.warn_at += moved
        clock.explanation += (
            f"中止{stood.days}日（{clock.suspended_on}至{on}，{clock.suspended_reason}），顺延。"
        )
        clock.suspended_on, clock.suspended_reason = None, ""
        clock.remind_at = None
        clock.save()
    return len(clocks)


def _in_workdays(clock, on) -> timedelta:
    """How far the end moves when the working days from the stop until `on` are given back."""
    days, due = calendar(), timezone.localtime(clock.due_at).date()
    stood = sum(
        days.is_workday(clock.suspended_on + timedelta(days=n))
        for n in range((on - clock.suspended_on).days)
    )
    return days.add_workdays(due, stood) - due if stood else timedelta(0)


def of(thing):
    """All clocks of a thing."""
    return Clock.objects.filter(subject_kind=thing._meta.label_lower, subject_id=thing.pk)


__all__ = ["DAYS", "calendar", "due_of", "meet", "of", "resume", "start", "suspend"]
