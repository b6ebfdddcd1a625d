"""Which sheets of a workbook are the ledger of the day, which are older ones: proposed, then confirmed.

Offices keep month after month in one workbook, each on a sheet of its own. The newest is the ledger.
An older one is history where it tells of the same county; another county's sheet is a ledger too.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from common.words import fold, squeeze
from ledgers.sheets.choices import Choices, Role
from ledgers.sheets.contents import Contents

_MONTHS = {word: place for place, word in enumerate((*"一二三四五六七八九十", "十一", "十二"), 1)}
_NAME = re.compile(
    r"(?:(?P<year>20[0-9]{2})[年.\-_]?|(?<![0-9]))(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
    r"(?:份?(?:(?P<day>3[01]|[12][0-9]|0?[1-9])[日号]?|(?P<first>上旬|上半月))?)"
)
_YEAR = re.compile(r"(?P<year>20[0-9]{2})(?:年度?)?(?:全年)?(?:台账|汇总)?")
_FULL_DAY = re.compile(
    r"(?P<year>20[0-9]{2})[.\-_]?(?P<month>1[0-2]|0[1-9]|[1-9])[.\-_]?(?P<day>[0-3]?[0-9])"
)
_HALF = 15

HIDDEN = "工作表已隐藏，没有读取。需要时可以选作台账。"
NO_HEAD = "没有台账的表头，不读。"
NEWEST = "填报时间最晚，是本期台账。"
OLDER = "比“{newest}”早，是往期的台账。"
ONLY = "有台账的表头。"
NO_DAY = "看不出是哪一天的台账，没有读取。请在表中写明填报时间。"
LEFT_OUT = "按选择不读。"


@dataclass(frozen=True)
class SheetRole:
    """What a sheet is proposed to be and what it is taken for, why, and its day."""

    proposed: Role
    role: Role
    why: str
    as_of: date | None


def roles_of(contents: list[Contents], choices: Choices, today: date | None = None) -> list[SheetRole]:
    """The role of each sheet, in the workbook's order. `today` tells the year of months that no sheet
    tells the year of."""
    days = _days(contents, today)
    newest = _newest(contents, days)
    roles = []
    for each, day in zip(contents, days, strict=True):
        proposed, why = _proposed(each, day, newest)
        chosen = choices.sheets.get(each.name, "")
        role = Role(chosen) if chosen in set(Role) and each.heads else proposed
        if role == Role.HISTORY and day is None:
            role, why = Role.IGNORED, NO_DAY
        elif role == Role.IGNORED != proposed:
            why = LEFT_OUT
        roles.append(SheetRole(proposed, role, why, day))
    return roles


def _days(contents: list[Contents], today: date | None) -> list[date | None]:
    """The day each sheet tells of: its 数据截止, its 填报时间, or what its name says, not after today."""
    own = [each.day("data_as_of") or each.day("filled_on") for each in contents]
    known = max(filter(None, own), default=today)
    named = [named_day(each.name, known) if each.heads else None for each in contents]
    named = [min(day, today) if day and today else day for day in named]
    # A copied sheet often keeps the day of the one it was copied from; then its name tells them apart.
    same = {day for day in own if day and own.count(day) > 1}
    return [
        (name or day) if day in same and len({n for n in named if n}) > 1 else (day or name)
        for day, name in zip(own, named, strict=True)
    ]


def named_day(name: str, known: date | None) -> date | None:
    """The day in a sheet's name (6月, 2021年5月15日, 2021-05-15, 2021年); without a year that of `known`."""
    text = squeeze(name)
    if whole := _YEAR.fullmatch(text):
        return date(int(whole["year"]), 12, 31)
    match = _NAME.search(text) or _FULL_DAY.search(text)
    if not match:
        return None
    parts = match.groupdict()
    month = _MONTHS.get(parts["month"]) or int(parts["month"])
    year = int(parts["year"]) if parts["year"] else _year_of(month, known)
    if not year:
        return None
    last = calendar.monthrange(year, month)[1]
    day = _HALF if parts.get("first") else int(parts["day"] or last)
    return date(year, month, min(max(day, 1), last))


def _year_of(month: int, known: date | None) -> int:
    if known is None:
        return 0
    return known.year if month <= known.month else known.year - 1


def _newest(contents: list[Contents], days: list[date | None]) -> tuple[Contents, date] | None:
    dated = [
        (day, place)
        for place, day in enumerate(days)
        if day and contents[place].heads and contents[place].visible
    ]
    if not dated:
        return None
    day, place = max(dated, key=lambda pair: (pair[0], -pair[1]))
    return contents[place], day


def _proposed(each: Contents, day: date | None, newest: tuple[Contents, date] | None) -> tuple[Role, str]:
    if not each.heads:
        return Role.IGNORED, NO_HEAD
    if not each.visible:
        return Role.IGNORED, HIDDEN
    if newest is None or day is None:
        return Role.LEDGER, ONLY
    if day < newest[1] and _of_one_county(each, newest[0]):
        return Role.HISTORY, OLDER.format(newest=newest[0].name)
    return Role.LEDGER, NEWEST if each is newest[0] else ONLY


def _of_one_county(one: Contents, other: Contents) -> bool:
    """Whether two sheets tell of the same county; one that names none may be of any."""
    first, second = _counties(one), _counties(other)
    return not first or not second or not first.isdisjoint(second)


def _counties(contents: Contents) -> set[str]:
    return {fold(county) for row in contents.rows if (county := row.values.get("county"))}
