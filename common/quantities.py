"""Areas, amounts, tonnes and heads as offices write them into cells, to exact decimals and back.

Reading never guesses: what is not plainly one number in one unit is a NotAQuantity whose text is
a sentence for the person who typed it. All conversion is done in fractions and rounded once,
half up; 1 亩 = 2000/3 ㎡, 1 公顷 = 15 亩.
"""

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

from common.words import squeeze

AREA_PLACES = 4
MONEY_PLACES = 2
TONNES_PLACES = 4

_MU = Fraction(2000, 3)  # in square metres
_UNITS: dict[str, dict[str, Fraction]] = {
    "area": {
        **dict.fromkeys(("亩", "市亩"), _MU),
        "万亩": 10000 * _MU,
        **dict.fromkeys(("平方米", "平米", "㎡", "m2", "m²"), Fraction(1)),
        **dict.fromkeys(("万平方米", "万㎡"), Fraction(10000)),
        **dict.fromkeys(("公顷", "ha", "hm2", "hm²"), 15 * _MU),
        **dict.fromkeys(("平方公里", "平方千米", "km2", "km²"), 1500 * _MU),
    },
    "money": {
        **dict.fromkeys(("元", "元整", "圆", "圆整"), Fraction(1)),
        "千元": Fraction(1000),
        **dict.fromkeys(("万元", "万元整"), Fraction(10000)),
        **dict.fromkeys(("亿元", "亿元整"), Fraction(10**8)),
    },
    "mass": {
        **dict.fromkeys(("吨", "t"), Fraction(1)),
        **dict.fromkeys(("万吨", "万t"), Fraction(10000)),
        **dict.fromkeys(("公斤", "千克", "kg"), Fraction(1, 1000)),
    },
    "volume": {
        **dict.fromkeys(("立方米", "立方", "方", "m3", "m³", "㎥"), Fraction(1)),
        **dict.fromkeys(("万立方米", "万立方", "万方", "万m3", "万m³"), Fraction(10000)),
    },
    "persons": dict.fromkeys(("人", "名", "人次"), Fraction(1)),
}
_KINDS = {"area": "面积", "money": "金额", "mass": "重量", "volume": "方量", "persons": "人数"}
# A bare 万 or 亿 multiplies the column's own unit: 8.4万 in a column of 元 is 84000.
_MULTIPLES = {"": 1, "万": 10**4, "亿": 10**8}
# More digits than this before the point are a slip of the keyboard, and fit no column.
_CEILING = 10**12
_CEILINGS = {"area": 10**10}

_EMPTY = re.compile(r"[-\u2010-\u2015\u2212\u2500_/\\]*|无|暂无")
_ABOUT = re.compile(r"约|大概|近|左右|上下|余|多|以上|以下|不足|超过|[~～≈><≥≤?]")
_NUMBER = re.compile(
    r"(?:[¥￥]|rmb|人民币)?(?P<sign>[-+\u2212])?(?P<number>[0-9,]*\.?[0-9]*)(?P<unit>[^0-9.,]*[23]?)",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_SPACED = re.compile(r"[0-9]\s+[0-9]")
_SPACE_GROUPED = re.compile(r"\D*[0-9]{1,3}(?:[ \u00a0\u3000][0-9]{3})+(?!\s*[0-9])")


class NotAQuantity(ValueError):
    """The cell holds no quantity that can be taken over; the text says why, in a full sentence."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class _Reading:
    """A number as written and the unit behind it ("" if none was written)."""

    number: Fraction
    unit: str


def parse_area(value: object, into: str = "亩") -> Decimal | None:
    """An area in the unit `into` (亩, 平方米, 公顷), four decimals; None for an empty cell."""
    reading = _read(value, "面积")
    return None if reading is None else _converted(reading, "area", into, AREA_PLACES)


def parse_money(value: object) -> Decimal | None:
    """An amount in 元, rounded to 分; None for an empty cell."""
    reading = _read(value, "金额")
    return None if reading is None else _converted(reading, "money", "元", MONEY_PLACES)


def parse_tonnes(value: object, density: Decimal | None = None) -> Decimal | None:
    """A quantity in 吨, four decimals; None for an empty cell.

    Cubic metres need the density in 吨/立方米; without one they raise NotAQuantity.
    """
    reading = _read(value, "数量")
    if reading is None:
        return None
    if reading.unit in _UNITS["volume"]:
        if density is None:
            raise NotAQuantity(f"“{_shown(value)}”是方量，此列以吨计，没有密度不能换算，请填写吨数。")
        if density <= 0:
            raise NotAQuantity("密度应大于零，请填写每立方米的吨数。")
        cubic = reading.number * _UNITS["volume"][reading.unit]
        return _rounded(cubic * Fraction(density), TONNES_PLACES)
    return _converted(reading, "mass", "吨", TONNES_PLACES)


def parse_volume(value: object) -> Decimal | None:
    """A volume in 立方米 (方), four decimals; None for an empty cell."""
    reading = _read(value, "体积")
    return None if reading is None else _converted(reading, "volume", "立方米", TONNES_PLACES)


def parse_persons(value: object) -> int | None:
    """A head count; None for an empty cell."""
    reading = _read(value, "人数")
    if reading is None:
        return None
    count = _converted(reading, "persons", "人", 4)
    if count != int(count):
        raise NotAQuantity(f"“{_shown(value)}”不是整数，人数请填写整数。")
    return int(count)


_TRUE = frozenset(("是", "√", "✓", "✔", "☑", "已恢复", "已恢复原状", "已取缔", "true"))
_FALSE = frozenset(("否", "×", "✗", "✘", "☒", "x", "未恢复", "未恢复原状", "未取缔", "false"))


def parse_flag(value: object) -> bool | None:
    """True for 是, √, 已恢复, 已取缔; False for 否, ×, 未恢复, 未取缔; None for an empty cell."""
    if isinstance(value, bool):
        return value
    word = squeeze(value).casefold()
    if _EMPTY.fullmatch(word):
        return None
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise NotAQuantity(f"“{_shown(value)}”不是“是”或“否”，请填写是或否。")


def convert_area(value: Decimal, unit: str, into: str, places: int = AREA_PLACES) -> Decimal:
    """An area from one unit of area (亩, 平方米, 公顷…) to another, rounded half up."""
    areas = _UNITS["area"]
    return _rounded(Fraction(value) * areas[unit] / areas[into], places)


# ---------------------------------------------------------------- reading


def _read(value: object, what: str) -> _Reading | None:
    """The one number in a cell and its unit; None if the cell is empty or says 无."""
    if isinstance(value, bool):
        raise NotAQuantity(f"此处应填写{what}，填成了是或否，请改为数字。")
    if isinstance(value, (date, time)):
        raise NotAQuantity(f"此处应填写{what}，填成了日期或时间，请改为数字。")
    if isinstance(value, (int, float, Decimal)):
        return _from_number(value, what)
    raw = "" if value is None else str(value).strip()
    text = squeeze(raw)
    if _EMPTY.fullmatch(text):
        return None
    _refuse_several(raw)
    match = _NUMBER.fullmatch(text)
    if _ABOUT.search(text) and re.search(r"[0-9]", text):
        raise NotAQuantity(f"“{_shown(raw)}”不是确数，请填写认定的准确数字。")
    if not match or not re.search(r"[0-9]", match["number"]):
        raise NotAQuantity(f"“{_shown(raw)}”不是数字，{what}请用阿拉伯数字填写。")
    number = Fraction(_ungrouped(match["number"], raw))
    if match["sign"] not in (None, "+") and number:
        raise NotAQuantity(f"“{_shown(raw)}”是负数，{what}不能小于零。")
    return _Reading(number, match["unit"].casefold())


def _from_number(value: int | float | Decimal, what: str) -> _Reading:
    # A float goes through its shortest text: 12.6 is 12.6, not 12.5999999999999996447.
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise NotAQuantity(f"单元格中的{what}不是有效的数字，请重新填写。")
    if exact < 0:
        raise NotAQuantity(f"“{_shown(value)}”是负数，{what}不能小于零。")
    if exact >= _CEILING:
        raise NotAQuantity(f"“{_shown(value)}”过大，请核对数字和单位。")
    return _Reading(Fraction(exact), "")


def _refuse_several(raw: str) -> None:
    """Two numbers in one cell, on two lines or side by side, must not run together into one."""
    if _SPACED.search(raw) and not _SPACE_GROUPED.match(raw):
        raise NotAQuantity(f"“{_shown(raw)}”一格里有几个数，请只填写一个数。")


def _ungrouped(number: str, raw: str) -> str:
    whole, point, decimals = number.partition(".")
    if "," in decimals or ("," in whole and not _GROUPED.fullmatch(whole)):
        raise NotAQuantity(f"“{_shown(raw)}”的千位分隔符位置不对，请核对数字。")
    if len(whole) + len(decimals) > 40:
        raise NotAQuantity(f"“{_shown(raw)}”过长，请核对数字。")
    return (whole.replace(",", "") or "0") + point + (decimals or "0" if point else "")


def _converted(reading: _Reading, kind: str, into: str, places: int) -> Decimal:
    units = _UNITS[kind]
    if reading.unit in _MULTIPLES:
        factor = Fraction(_MULTIPLES[reading.unit])
    elif reading.unit in units:
        factor = units[reading.unit] / units[into]
    else:
        raise NotAQuantity(_wrong_unit(reading.unit, kind, into))
    return _rounded(reading.number * factor, places, _CEILINGS.get(kind, _CEILING))


def _wrong_unit(unit: str, kind: str, into: str) -> str:
    for other, units in _UNITS.items():
        if other != kind and unit in units:
            return f"单位“{_shown(unit)}”是{_KINDS[other]}单位，此处以{into}计，请核对。"
    return f"数字后的“{_shown(unit)}”不是可以换算的单位，请只填写以{into}计的数字。"


def _rounded(value: Fraction, places: int, ceiling: int = _CEILING) -> Decimal:
    """Half up to a number of decimals, exactly."""
    scaled = value * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    if units >= ceiling * 10**places:
        raise NotAQuantity("数值过大，请核对数字和单位。")
    return Decimal(units).scaleb(-places)


def _shown(value: object) -> str:
    """What was typed, short enough for a sentence."""
    text = " ".join(str(value).split())
    return text if len(text) <= 20 else text[:20] + "…"


# ---------------------------------------------------------------- showing


def show_area(value: Decimal | None) -> str:
    """Thousands separators, no trailing zeros: 1,234.5. None gives ""."""
    return _trimmed(value)


def show_tonnes(value: Decimal | None) -> str:
    """Thousands separators, no trailing zeros: 15,600. None gives ""."""
    return _trimmed(value)


def show_money(value: Decimal | None) -> str:
    """Thousands separators; without decimals when whole, else with 分: 84,000 or 84,000.50."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def show_persons(value: int | None) -> str:
    """Thousands separators. None gives ""."""
    return "" if value is None else f"{value:,}"


def _trimmed(value: Decimal | None) -> str:
    if value is None:
        return ""
    text = f"{Decimal(value):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
