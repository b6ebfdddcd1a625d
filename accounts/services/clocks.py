"""Clocks are rows: started by a deed, suspended with a reason, met by another deed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.db.models import Min, Model, OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.models import Agency, CalendarDay, Clock, DayKind, Standard
from accounts.signals import clocks_changed
from accounts.terms import HOURS, MONTHS, UNIT_LABELS, WORKDAYS, Term
from common.reckoning import Pause, reckon
from common.workdays import Calendar

END_OF_DAY = time(18, 0)


def calendar() -> Calendar:
    """The working calendar as it stands in the table."""
    rows = tuple(CalendarDay.objects.values_list("day", "kind"))
    return _calendar(rows)


@lru_cache(maxsize=8)
def _calendar(rows: tuple[tuple[date, str], ...]) -> Calendar:
    return Calendar(
        off={day for day, kind in rows if kind == DayKind.OFF},
        work={day for day, kind in rows if kind == DayKind.WORK},
        years_known={day.year for day, _ in rows},
    )


def length_of(term: Term, agency: Agency, on: date) -> tuple[int, str]:
    """The term's length on a day at an agency, and the article or document it comes from."""
    return lengths_of(term, [agency], on)[agency.pk]


def lengths_of(term: Term, agencies: Iterable[Agency], on: date) -> dict[int, tuple[int, str]]:
    """The same for many agencies, by their ids, in one query."""
    rows: QuerySet[Standard] = Standard.objects.none()
    if term.standard:
        rows = Standard.objects.filter(key=term.standard).holding(on).order_by("valid_from")
    by_region = {row.region_id: (int(row.value), row.document) for row in rows}
    return {agency.pk: _nearest(by_region, agency.region_id, term.on(on)) for agency in agencies}


def _nearest(by_region: dict, code: str, otherwise: tuple[int, str]) -> tuple[int, str]:
    """The county's own, else the prefecture's, the province's, the one for everywhere."""
    codes = (code, code[:4] + "00", code[:2] + "0000", None)
    return next((by_region[each] for each in codes if each in by_region), otherwise)


@dataclass(frozen=True)
class Counted:
    """When a term ends and why on that day; `workdays`, `nominal` and `basis` count it again later.

    `nominal` is the last day of a citizen's period, before it is rolled over days off.
    """

    due: datetime
    why: str
    basis: str
    workdays: int | None = None
    nominal: date | None = None


def due_of(term: Term, agency: Agency, counted_from: date | datetime) -> tuple[datetime, str]:
    """When the term ends (18:00 of its last day) and why on that day, in Chinese."""
    counted = count(term, agency, counted_from)
    return counted.due, counted.why


def count(
    term: Term, agency: Agency, counted_from: date | datetime, length: tuple[int, str] | None = None
) -> Counted:
    """Count a term from a day; one in hours from a moment. `length` (with its article) where somebody
    above knows better than the term."""
    start = _day_of(counted_from)
    length, document = length or length_of(term, agency, start)
    if term.unit == HOURS:
        begun = f"{timezone.localtime(counted_from):%Y-%m-%d %H:%M}"
        why = f"自{begun}起{length}小时（{document}）。"
        return Counted(counted_from + timedelta(hours=length), why, why)
    basis = f"自{term.counted_from}{start}的次日起{length}{UNIT_LABELS[term.unit]}（{document}）。"
    if length == 0:
        basis = f"{term.counted_from}为{start}（{document}）。"
    if term.unit == WORKDAYS:
        end, why = in_workdays(start, length, calendar())
        return Counted(_evening(end), basis + why, basis, length)
    end = reckon(start, length, calendar(), months=term.unit == MONTHS).end
    if term.rolls:
        due, why = rolled(end, calendar())
        return Counted(_evening(due), basis + why, basis, nominal=end)
    return Counted(_evening(end), basis, basis)


def rolled(nominal: date, days: Calendar) -> tuple[date, str]:
    """The day on which a citizen's period ends, and why if its last day is a day off."""
    due = days.roll_forward(nominal)
    why = (
        "" if due == nominal else f"末日{nominal:%m-%d}是休息日，顺延到{due:%m-%d}（民事诉讼法第八十五条）。"
    )
    if unknown := days.unknown_years(nominal, due):
        why += _unknown(unknown)
    return due, why


def in_workdays(
    start: date, length: int, days: Calendar, stood: Iterable[Sequence[str]] = ()
) -> tuple[date, str]:
    """The last of so many working days, with what it was skipped and stood still for, in words.

    `stood` holds the periods it stood still, ["2026-03-05", "2026-03-10", why]: the working days
    of each are given back.
    """
    pauses = [
        Pause(date.fromisoformat(since), date.fromisoformat(until), reason) for since, until, reason in stood
    ]
    end = reckon(start, length, days, workdays=True, pauses=pauses).end
    why = "".join(_stood_still(each.since, each.until, each.reason) for each in pauses)
    if skipped := days.skipped(start, end):
        why = "跳过的非工作日：" + "、".join(f"{day:%m-%d}" for day in skipped) + "。" + why
    if unknown := days.unknown_years(start, end):
        why += _unknown(unknown)
    return end, why


def _unknown(years: Iterable[int]) -> str:
    return f"{'、'.join(map(str, sorted(years)))}年的放假安排还没有录入，暂按周一至周五计算。"


def _stood_still(since: date, until: date, reason: str) -> str:
    return f"中止{(until - since).days}日（{since}至{until}，{reason}），顺延。"


def _stands_still(stands: tuple[date, str] | None) -> str:
    return f"自{stands[0]}起中止计算（{stands[1]}），恢复后再算到期日。" if stands else ""


def _day_of(moment: date | datetime) -> date:
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment


def _evening(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, END_OF_DAY))


def start(
    *,
    term: Term,
    thing: Model,
    counted_from: date | datetime,
    url: str = "",
    agency: Agency | None = None,
    part: str = "",
    whose: str = "",
    length: tuple[int, str] | None = None,
) -> Clock:
    """Start a term on `thing` (a `part` of it, `whose` in words), or move the open one of the same kind."""
    agency = agency or thing.agency
    counted = count(term, agency, counted_from, length)
    clock, _ = Clock.objects.update_or_create(
        subject_kind=thing._meta.label_lower,
        subject_id=thing.pk,
        kind=term.kind,
        part=part,
        met_at=None,
        defaults={
            "whose": whose[:200],
            "label": term.label,
            "agency": agency,
            "origin_id": getattr(thing, "origin_agency_id", None),
            "counted_from": _day_of(counted_from),
            "due_at": counted.due,
            "warn_at": counted.due - timedelta(days=term.warn_before),
            "article": term.article,
            "explanation": counted.why,
            "basis": counted.basis,
            "workdays": counted.workdays,
            "nominal_on": counted.nominal,
            "stood": [],
            "url": url,
            "by_hours": term.unit == HOURS,
            "remind_at": None,
        },
    )
    _announce(thing, 1)
    return clock


def move(clock: Clock, end: date, why: str) -> None:
    """Let a clock end on another day, with its explanation; what warns of it moves along."""
    due = _evening(end)
    clock.warn_at += due - clock.due_at
    clock.due_at, clock.explanation, clock.remind_at = due, why, None


def stand(
    clock: Clock,
    *,
    end: date,
    why: str,
    stood: Sequence[tuple[date, date, str]] = (),
    stands: tuple[date, str] | None = None,
) -> None:
    """Let a clock end on a day that somebody else counted, with what it stood still for ([from, to, why])
    and, with `stands` (since, why), stands still for now."""
    clock.stood = [[since.isoformat(), until.isoformat(), reason] for since, until, reason in stood]
    clock.suspended_on, clock.suspended_reason = stands or (None, "")
    move(clock, end, why + "".join(_stood_still(*each) for each in stood) + _stands_still(stands))
    clock.save()
    clocks_changed.send(None, kind=clock.subject_kind, ids=[clock.subject_id])


def meet(*, thing: Model, kind: str, part: str = "", at: datetime | None = None) -> int:
    """End the open clock of this kind (and `part`, where it has several); how many ended (0 or 1)."""
    open_ = of(thing).filter(kind=kind, part=part, met_at=None)
    return _announce(thing, open_.update(met_at=at or timezone.now()))


def meet_all(*, thing: Model, at: datetime | None = None) -> int:
    """End every open clock of a thing that is over."""
    return _announce(thing, of(thing).filter(met_at=None).update(met_at=at or timezone.now()))


def suspend(*, thing: Model, kind: str, on: date, reason: str) -> int:
    """Stop the open clock from a day on, with a reason."""
    open_ = of(thing).filter(kind=kind, met_at=None, suspended_on=None)
    return _announce(thing, open_.update(suspended_on=on, suspended_reason=reason))


def resume(*, thing: Model, kind: str, on: date) -> int:
    """Go on from a day: the end moves by the days it stood still.

    One in working days gets back the working days that it stood, and ends on one again.
    """
    clocks = list(of(thing).filter(kind=kind, met_at=None).exclude(suspended_on=None))
    for clock in clocks:
        since, reason = clock.suspended_on, clock.suspended_reason
        clock.stood = [*clock.stood, [since.isoformat(), on.isoformat(), reason]]
        if clock.nominal_on is not None:
            clock.nominal_on += on - since
            move_by_calendar(clock, calendar())
        elif clock.workdays is None:
            end = timezone.localtime(clock.due_at).date() + (on - since)
            move(clock, end, clock.explanation + _stood_still(since, on, reason))
        else:
            move_by_calendar(clock, calendar())
        clock.suspended_on, clock.suspended_reason = None, ""
        clock.save()
    return _announce(thing, len(clocks))


def follow(thing: Model) -> int:
    """Open clocks are of the office that their thing is of; how many there are."""
    return of(thing).filter(met_at=None).update(agency=thing.agency)


def move_by_calendar(clock: Clock, days: Calendar) -> None:
    """Count a clock that depends on days off again, from what it keeps."""
    if clock.nominal_on is not None:
        end, why = rolled(clock.nominal_on, days)
        stood = (
            (date.fromisoformat(since), date.fromisoformat(until), why) for since, until, why in clock.stood
        )
        why = "".join(_stood_still(*each) for each in stood) + why
    else:
        end, why = in_workdays(clock.counted_from, clock.workdays, days, clock.stood)
    move(clock, end, clock.basis + why)


def first_due(kind: str, /, **only: object) -> Subquery:
    """When the nearest running clock of a kind of thing ends, beside each row; `only` narrows the clocks."""
    mine = running(Clock.objects.all(), kind, **only).filter(subject_id=OuterRef("pk"))
    return Subquery(mine.values("subject_id").annotate(first=Min("due_at")).values("first"))


def running(clocks: QuerySet, subject: str, /, **only: object) -> QuerySet:
    """Those of `clocks` that run on a kind of thing, in no order."""
    return clocks.filter(subject_kind=subject, met_at=None, suspended_on=None, **only).order_by()


def _announce(thing: Model, touched: int) -> int:
    if touched:
        clocks_changed.send(None, kind=thing._meta.label_lower, ids=[thing.pk])
    return touched


def of(thing: Model) -> QuerySet[Clock]:
    """All clocks of a thing."""
    return Clock.objects.filter(subject_kind=thing._meta.label_lower, subject_id=thing.pk)
