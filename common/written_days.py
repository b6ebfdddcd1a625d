"""Days as offices write them into cells and lines: 2021年5月15日, 2021-5-15, 二〇二一年五月十五日."""

import re
from datetime import date, datetime, timedelta

from common.numerals import NotAQuantity
from common.words import NOTHING, half_width

_DAY = re.compile(
    r"([0-9]{4})\s*[年./-]\s*([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})(?![0-9])|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_CHINESE = str.maketrans("〇○零一二三四五六七八九", "000123456789")
# The day from which spreadsheets count, their leap-year slip of 1900 allowed for.
_FIRST_DAY = date(1899, 12, 30)


def read_day(value: object) -> date | None:
    """A day as offices write it: a date cell, 2021年5月15日, 2021-5-15, 2021.5.15, 二〇二一年…"""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial_day(value)
    text = half_width(str(value))[:60].translate(_CHINESE) if value else ""
    text = re.sub(r"[0-9]*十[0-9]*", _tens, text)
    match = _DAY.search(text)
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _tens(match: re.Match) -> str:
    """十五 → 15, 二十 → 20, 三十一 → 31, its digits already in Arabic."""
    before, after = match[0].split("十", 1)
    return str(int(before or "1") * 10 + int(after.replace("十", "") or "0"))


def _serial_day(value: float) -> date | None:
    """A date that lost its format shows as the number of days; years 1954 to 2119 are believed."""
    return _FIRST_DAY + timedelta(days=int(value)) if 20_000 <= value <= 80_000 else None


def parse_day(value: object) -> date | None:
    """A day out of a cell; None for an empty one or a stroke. NotAQuantity for anything else."""
    text = half_width(str(value)).strip() if value is not None else ""
    if not text or NOTHING.fullmatch(text):
        return None
    day = read_day(value)
    if day is None:
        shown = text if len(text) <= 20 else text[:20] + "…"
        raise NotAQuantity(f"“{shown}”认不出是哪一天，请写成 2021-05-15 的样子。")
    return day
