"""The working calendar: days off and make-up working days, year by year as the notices come."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction

from accounts import roles
from accounts.models import Agency, CalendarDay, CalendarYear, DayKind, Posting, User
from accounts.people_acts import AGENCY_ACTS
from accounts.services import deeds, installation, recounting, trail
from accounts.signals import calendar_changed
from common.errors import Refused

FILE = Path(__file__).resolve().parent.parent / "data" / "calendar.json"
WARN_FROM_MONTH, TELL_FROM_MONTH = 11, 12  # who enters it; everybody else
SHAPE = "请每行写一天，如“2026-10-01 休 国庆节”或“2026-10-10 班”。"


def load(path: Path | str = FILE, *, replace: bool = False) -> dict:
    """Fill the years of a file that aren't in the table yet; with `replace` also those that are.

    Returns {"loaded": [years], "untouched": [years]}. Run by the server's command line, so a year
    mended by hand is never overwritten by accident.
    """
    years = read(Path(path).read_text(encoding="utf-8"))
    present = years_known()
    result = {"loaded": [], "untouched": []}
    for year, days in sorted(years.items()):
        if year in present and not replace:
            result["untouched"].append(year)
            continue
        import_year(by=None, agency=None, year=year, days=days)
        result["loaded"].append(year)
    return result


def read(text: str) -> dict[int, dict[date, tuple[str, str]]]:
    """{year: {day: (kind, note)}} from the data file's JSON or from lines typed off the notice.

    Raises Refused with the line that was not understood.
    """
    text = text.strip()
    if not text.startswith("{"):
        return _by_year(_from_lines(text))
    try:
        years = json.loads(text)["years"]
        days = {
            date.fromisoformat(day): (kind, "")
            for each in years.values()
            for kind in (DayKind.OFF, DayKind.WORK)
            for day in each.get(kind, [])
        }
    except (ValueError, KeyError, AttributeError, TypeError):
        raise Refused(f"没有看懂这份放假安排。{SHAPE}") from None
    return _by_year(days)


def _from_lines(text: str) -> dict:
    days = {}
    words = {"休": DayKind.OFF, "班": DayKind.WORK}
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.split(maxsplit=2)
        if not parts:
            continue
        try:
            days[date.fromisoformat(parts[0])] = (words[parts[1]], "".join(parts[2:])[:60])
        except (ValueError, KeyError, IndexError):
            raise Refused(f"第{number}行“{line.strip()[:40]}”没有看懂。{SHAPE}") from None
    if not days:
        raise Refused(f"没有读到任何一天。{SHAPE}")
    return days


def _by_year(days: dict) -> dict:
    years: dict[int, dict] = {}
    for day, entry in days.items():
        years.setdefault(day.year, {})[day] = entry
    return years


@transaction.atomic
def import_year(
    *, by: User | None, agency: Agency | None, year: int, days: dict, version: int | str | None = None
) -> list[CalendarDay]:
    """Put `days` ({day: (kind, note)}) in place of everything known about a year."""
    row = _locked(year, version)
    actor, posting = guarded("import_calendar", by, agency)
    if any(day.year != year for day in days):
        raise Refused(f"安排里有不属于{year}年的日子，请核对。")
    for day, (kind, _note) in days.items():
        _check(day, kind)
    before = CalendarDay.objects.filter(day__year=year).count()
    CalendarDay.objects.filter(day__year=year).delete()
    rows = [CalendarDay(day=day, kind=kind, note=note) for day, (kind, note) in days.items()]
    CalendarDay.objects.bulk_create(rows)
    _record(actor, posting, "import_calendar", row, {f"{year}年": (before, len(rows))})
    return rows


@transaction.atomic
def set_day(
    *, by: User, agency: Agency, day: date, kind: str, note: str = "", version: int | str | None = None
) -> CalendarDay:
    """Close a day, open it, or with an empty `kind` take the order back; in the trail."""
    year = _locked(day.year, version)
    actor, posting = guarded("amend_calendar", by, agency)
    row = CalendarDay.objects.filter(day=day).first()
    old = str(row) if row else ""
    if not kind:
        if row is None:
            raise Refused(f"{day}没有登记过放假或者上班，不用取消。")
        gone = CalendarDay(day=day)
        row.delete()
        _record(actor, posting, "amend_calendar", year, {str(day): (old, "")})
        return gone
    _check(day, kind)
    row = row or CalendarDay(day=day)
    row.kind, row.note = kind, note
    row.save()
    _record(actor, posting, "amend_calendar", year, {str(day): (old, str(row))})
    return row


def _check(day: date, kind: str) -> None:
    """A make-up working day falls on a weekend; that is what makes it one."""
    if kind == DayKind.WORK and day.weekday() < 5:
        raise Refused(f"{day}本来就是工作日，不用登记为上班；要取消放假的，请选“取消”。")


def guarded(act: str, by: User | None, agency: Agency | None) -> tuple[User, Posting | None]:
    """Guard of what holds for everybody: only the uppermost agency's administrator changes it."""
    actor, posting = installation.guard(AGENCY_ACTS, act, by, agency)
    if posting is not None:
        installation.require_top(posting.agency)
    return actor, posting


def year_of(year: int) -> CalendarYear:
    """A year as it stands; one that nobody has touched isn't in the table yet."""
    return CalendarYear.objects.filter(pk=year).first() or CalendarYear(pk=year)


def _locked(year: int, version: int | str | None) -> CalendarYear:
    CalendarYear.objects.bulk_create([CalendarYear(pk=year)], ignore_conflicts=True)
    return deeds.lock(CalendarYear(pk=year), version)


def may_change(user: User) -> bool:
    """Whether the person keeps what holds for everybody: asked of the guard itself."""
    try:
        guarded("amend_calendar", user, kept_by(user))
    except Refused:
        return False
    return True


def kept_by(user: User) -> Agency | None:
    """The agency at which the person is system administrator, else any that is their own."""
    postings = sorted(user.current_postings, key=lambda p: p.role != roles.SYSTEM_ADMIN)
    return postings[0].agency if postings else None


def _record(actor: User, posting: Posting | None, act: str, thing: CalendarYear, changes: dict) -> None:
    """Into the trail; then what was counted by the old days is counted again, here and above."""
    deeds.save(thing)
    trail.record(
        by=actor,
        posting=posting,
        act=AGENCY_ACTS.get(act),
        thing=thing,
        changes=changes,
        chain="accounts.calendar",
    )
    recounting.recount(by=actor, posting=posting, year=thing.year)
    calendar_changed.send(sender=CalendarYear, by=actor, year=thing.year)


def years_known() -> set[int]:
    """The years for which an order has been entered."""
    return {day.year for day in CalendarDay.objects.dates("day", "year")}


def missing_years(today: date) -> list[int]:
    """Years whose order ought to be there: this one, and from November the coming one."""
    wanted = [today.year] + ([today.year + 1] if today.month >= WARN_FROM_MONTH else [])
    present = years_known()
    return [year for year in wanted if year not in present]


def warning(years: list[int]) -> str:
    """The sentence about missing years, or nothing."""
    if not years:
        return ""
    names = "、".join(str(year) for year in years)
    return f"{names}年的放假和调休安排还没有录入，工作日暂按周一至周五计算。"
