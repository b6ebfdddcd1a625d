"""Areas, amounts, tonnes and heads as offices write them into cells, to exact decimals and back.

Reading (common.numerals) never guesses; conversion (common.units) is exact and rounds once.
"""

import re
from decimal import Decimal
from fractions import Fraction

from common.capital_amounts import read_capitals
from common.numerals import NotAQuantity, read_number, shortened
from common.units import AREA_PLACES, MONEY_PLACES, TONNES_PLACES, UNITS, converted, rounded
from common.words import NOTHING, squeeze


def parse_area(value: object, into: str = "亩") -> Decimal | None:
    """An area in the unit `into` (亩, 平方米, 公顷), four decimals; None for an empty cell."""
    reading = read_number(value, "面积")
    return None if reading is None else converted(reading, "area", into, AREA_PLACES)


def parse_money(value: object) -> Decimal | None:
    """An amount in 元, rounded to 分, also in capital characters; None for an empty cell."""
    capitals = read_capitals(value) if isinstance(value, str) else None
    if capitals is not None:
        return capitals.quantize(Decimal("0.01"))
    reading = read_number(value, "金额")
    return None if reading is None else converted(reading, "money", "元", MONEY_PLACES)


def parse_tonnes(value: object, density: Decimal | None = None) -> Decimal | None:
    """A quantity in 吨, four decimals; None for an empty cell.

    Cubic metres need the density in 吨/立方米; without one they raise NotAQuantity.
    """
    reading = read_number(value, "数量")
    if reading is None:
        return None
    if reading.unit in UNITS["volume"]:
        if density is None:
            raise NotAQuantity(f"“{shortened(value)}”是方量，此列以吨计，没有密度不能换算，请填写吨数。")
        if density <= 0:
            raise NotAQuantity("密度应大于零，请填写每立方米的吨数。")
        cubic = reading.number * UNITS["volume"][reading.unit]
        return rounded(cubic * Fraction(density), TONNES_PLACES)
    return converted(reading, "mass", "吨", TONNES_PLACES)


def parse_volume(value: object) -> Decimal | None:
    """A volume in 立方米 (方), four decimals; None for an empty cell."""
    reading = read_number(value, "体积")
    return None if reading is None else converted(reading, "volume", "立方米", TONNES_PLACES)


def parse_persons(value: object) -> int | None:
    """A head count; None for an empty cell."""
    reading = read_number(value, "人数")
    if reading is None:
        return None
    count = converted(reading, "persons", "人", 4)
    if count != int(count):
        raise NotAQuantity(f"“{shortened(value)}”不是整数，人数请填写整数。")
    return int(count)


_TRUE = frozenset(("是", "√", "✓", "✔", "☑", "已恢复", "已恢复原状", "已取缔", "true"))
_FALSE = frozenset(("否", "×", "✗", "✘", "☒", "x", "未恢复", "未恢复原状", "未取缔", "false"))


def parse_flag(value: object) -> bool | None:
    """True for 是, √, 已恢复, 已取缔; False for 否, ×, 未恢复, 未取缔; None for an empty cell.

    A word beside a ticked box counts, the one beside an empty box doesn't: ■是□否.
    """
    if isinstance(value, bool):
        return value
    word = squeeze(value).casefold()
    if NOTHING.fullmatch(word):
        return None
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    ticked = _ticked(word)
    if ticked is not None:
        if len(ticked) > 1:
            raise NotAQuantity(f"“{shortened(value)}”勾选了几项，请只选是或否。")
        return ticked[0] if ticked else None
    raise NotAQuantity(f"“{shortened(value)}”不是“是”或“否”，请填写是或否。")


# A tick, and an empty box, which stand before their words or behind them.
_TICKS, _BOXES = "■☑√✓✔☒●◼⬛✅", "□☐○◻⬜×✗✘"
_BEFORE = re.compile(f"([{_TICKS}{_BOXES}])([^{_TICKS}{_BOXES}]+)")
_BEHIND = re.compile(f"([^{_TICKS}{_BOXES}]+)([{_TICKS}{_BOXES}]?)")


def _ticked(word: str) -> list[bool] | None:
    """What is ticked of two choices with boxes; None where these are no boxes."""
    word = re.sub(r"[()\[\]/、,;.]", "", word.replace("()", "□"))
    if word[:1] in _TICKS + _BOXES and word[1:]:
        pairs = [(mark, text) for mark, text in _BEFORE.findall(word)]
        whole = "".join(mark + text for mark, text in pairs)
    else:
        pairs = [(mark, text) for text, mark in _BEHIND.findall(word)]
        whole = "".join(text + mark for mark, text in pairs)
    known = all(text in _TRUE or text in _FALSE for _, text in pairs)
    if not pairs or whole != word or not known or not any(mark for mark, _ in pairs):
        return None
    return [text in _TRUE for mark, text in pairs if mark and mark in _TICKS]


def convert_area(value: Decimal, unit: str, into: str, places: int = AREA_PLACES) -> Decimal:
    """An area from one unit of area (亩, 平方米, 公顷…) to another, rounded half up."""
    areas = UNITS["area"]
    return rounded(Fraction(value) * areas[unit] / areas[into], places)


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
