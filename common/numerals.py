"""The one number in a cell as offices write it, and the unit behind it.

Reading never guesses: what is not plainly one number in one unit is a NotAQuantity whose text is
a sentence for the person who typed it.
"""

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

from common.words import NOTHING, squeeze

# More digits than this before the point are a slip of the keyboard, and fit no column.
CEILING = 10**12
# More zeros than this behind the point are no quantity, and would be written out one by one.
SMALLEST = 30

ABOUT = re.compile(r"约|大概|近|左右|上下|余|多|以上|以下|不足|超过|[~～≈><≥≤?]")
NUMBER = re.compile(
    r"(?:[¥￥]|rmb|人民币)?(?P<sign>[-+\u2212])?(?P<number>[0-9,]*\.?[0-9]*)(?P<unit>[^0-9.,]*[23]?)",
    re.IGNORECASE,
)
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
SPACED = re.compile(r"[0-9]\s+[0-9]")
SPACE_GROUPED = re.compile(r"\D*[0-9]{1,3}(?:[ \u00a0\u3000][0-9]{3})+(?!\s*[0-9])")


class NotAQuantity(ValueError):
    """The cell holds no quantity that can be taken over; the text says why, in a full sentence."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Reading:
    """A number as written and the unit behind it ("" if none was written)."""

    number: Fraction
    unit: str


def read_number(value: object, what: str) -> Reading | None:
    """The one number in a cell and its unit; None if the cell is empty or says 无."""
    if isinstance(value, bool):
        raise NotAQuantity(f"此处应填写{what}，填成了是或否，请改为数字。")
    if isinstance(value, (date, time)):
        raise NotAQuantity(f"此处应填写{what}，填成了日期或时间，请改为数字。")
    if isinstance(value, (int, float, Decimal)):
        return _from_number(value, what)
    raw = "" if value is None else str(value).strip()
    text = squeeze(raw)
    if NOTHING.fullmatch(text):
        return None
    _refuse_several(raw)
    match = NUMBER.fullmatch(text)
    if ABOUT.search(text) and re.search(r"[0-9]", text):
        raise NotAQuantity(f"“{shortened(raw)}”不是确数，请填写认定的准确数字。")
    if not match or not re.search(r"[0-9]", match["number"]):
        raise NotAQuantity(f"“{shortened(raw)}”不是数字，{what}请用阿拉伯数字填写。")
    number = Fraction(_ungrouped(match["number"], raw))
    if match["sign"] not in (None, "+") and number:
        raise NotAQuantity(f"“{shortened(raw)}”是负数，{what}不能小于零。")
    return Reading(number, match["unit"].casefold())


def _from_number(value: int | float | Decimal, what: str) -> Reading:
    # A float goes through its shortest text: 12.6 is 12.6, not 12.5999999999999996447.
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise NotAQuantity(f"单元格中的{what}不是有效的数字，请重新填写。")
    if exact < 0:
        raise NotAQuantity(f"“{shortened(value)}”是负数，{what}不能小于零。")
    if exact and exact.adjusted() < -SMALLEST:
        raise NotAQuantity(f"“{shortened(value)}”过小，请核对数字和单位。")
    if exact >= CEILING:
        raise NotAQuantity(f"“{shortened(value)}”过大，请核对数字和单位。")
    return Reading(Fraction(exact), "")


def _refuse_several(raw: str) -> None:
    """Two numbers in one cell, on two lines or side by side, must not run together into one."""
    if SPACED.search(raw) and not SPACE_GROUPED.match(raw):
        raise NotAQuantity(f"“{shortened(raw)}”一格里有几个数，请只填写一个数。")


def _ungrouped(number: str, raw: str) -> str:
    whole, point, decimals = number.partition(".")
    if "," in decimals or ("," in whole and not GROUPED.fullmatch(whole)):
        raise NotAQuantity(f"“{shortened(raw)}”的千位分隔符位置不对，请核对数字。")
    if len(whole) + len(decimals) > 40:
        raise NotAQuantity(f"“{shortened(raw)}”过长，请核对数字。")
    return (whole.replace(",", "") or "0") + point + (decimals or "0" if point else "")


def shortened(value: object) -> str:
    """What was typed, short enough for a sentence."""
    text = " ".join(str(value).split())
    return text if len(text) <= 20 else text[:20] + "…"
