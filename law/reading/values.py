"""Single values as lines and cells carry them. What cannot be read raises BadInput with a sentence."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import wraps
from typing import TypeVar
from zoneinfo import ZoneInfo

from common.numerals import NotAQuantity
from common.quantities import parse_area, parse_money, parse_tonnes
from common.words import squeeze
from law.facts import NOTHING, Moment
from law.places import code_of, names

Result = TypeVar("Result")
LOCAL = ZoneInfo("Asia/Shanghai")
MIDNIGHT = time()
FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_DAYS = 3650
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_YES, _NO = {"是", "true", "yes", "√", "有"}, {"否", "false", "no", "×"}


class BadInput(ValueError):  # noqa: N818 - it is an answer to the person, not a failure
    """A value that cannot be read; the text is a sentence for the person."""


def or_said(read: Callable[..., Result]) -> Callable[..., Result]:
    """Reading that refuses a part of another shape than it should have (a word where an object belongs)
    with a sentence, whatever it trips over."""

    @wraps(read)
    def reading(*given: object) -> Result:
        try:
            return read(*given)
        except BadInput:
            raise
        except (TypeError, AttributeError, LookupError, ArithmeticError, ValueError):
            raise BadInput("内容不合格式，请对照说明核对各项的写法。") from None

    return reading


def money(value: object, what: str) -> Decimal | None:
    """An amount in 元, exact; None where there is none."""
    return _quantity(value, what, parse_money)


def number(value: object, what: str) -> Decimal | None:
    """A plain number that is not negative."""
    return _quantity(value, what, lambda each: parse_tonnes(each))


def area(value: object, what: str, unit: str) -> Decimal | None:
    """An area in 平方米, from 亩 or 平方米."""
    quantity = _quantity(value, what, lambda each: parse_area(each, into=unit))
    if quantity is None or unit == "平方米":
        return quantity
    return quantity * 2000 / 3


def _quantity(value: object, what: str, parse: Callable[[object], Decimal | None]) -> Decimal | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise BadInput(f"{what}应填数字。")
    try:
        return parse(value)
    except NotAQuantity as wrong:
        raise BadInput(f"{what}：{wrong.args[0]}") from None


def flag(value: object, what: str) -> bool | None:
    """true, false, 是, 否; None where there is none."""
    if value is None or isinstance(value, bool):
        return value
    word = squeeze(value).lower()
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadInput(f"{what}应填是或否。")


def taken(value: object, what: str) -> bool | str | None:
    """是, 否 or 无: taken, not taken, nothing there to take."""
    if isinstance(value, str) and squeeze(value).lower() in (NOTHING, "无"):
        return NOTHING
    return flag(value, what)


def moment(value: object, what: str) -> Moment | None:
    """A day, or a day with a time (in China's time where it says no other)."""
    when = _moment(value, what)
    if when is not None and not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise BadInput(f"{what}“{str(value)[:20]}”不像是真的日期，请核对年份。")
    return when


def days(value: object, what: str) -> int:
    """A whole number of days; 0 where there is none."""
    count = number(value, what) or 0
    if count != int(count) or count > MOST_DAYS:
        raise BadInput(f"{what}应填天数。")
    return int(count)


def _moment(value: object, what: str) -> Moment | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        # A workbook knows no days: one without a time comes as its midnight.
        return value.date() if value.tzinfo is None and value.time() == MIDNIGHT else _local(value)
    if isinstance(value, date):
        return value
    text = str(value).strip()
    match = _DAY.fullmatch(squeeze(text))
    try:
        if match:
            return date(*map(int, match.groups()))
        return _local(datetime.fromisoformat(text.replace("Z", "+00:00"))) if len(text) > 10 else _short(text)
    except ValueError:
        raise BadInput(f"{what}“{text[:20]}”不是日期，请写成2025-07-01。") from None


def _short(text: str) -> date:
    return date.fromisoformat(text)


def _local(value: datetime) -> Moment:
    return value.astimezone(LOCAL).replace(tzinfo=None) if value.tzinfo else value


def day(value: object, what: str) -> date | None:
    """A day, whatever its time."""
    when = moment(value, what)
    return when.date() if isinstance(when, datetime) else when


def region(value: object, within: str | None = None) -> str | None:
    """The code of a division by its six digits or name; at least its province, where that can be told."""
    word = squeeze(value)
    if not word:
        return None
    code = code_of(word, within)
    if code:
        return code
    for each, name in names().items():
        short = name.removesuffix("省").removesuffix("市").removesuffix("自治区")
        if each.endswith("0000") and len(word) > len(short) and word.startswith((name, short)):
            return each
    return None
