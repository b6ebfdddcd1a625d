"""Units of area, money, mass, volume and persons; from one to another in fractions, rounded once.

1 亩 = 2000/3 ㎡, 1 公顷 = 15 亩. Rounding is half up.
"""

from decimal import Decimal
from fractions import Fraction

from common.numerals import CEILING, NotAQuantity, Reading, shortened

AREA_PLACES = 4
MONEY_PLACES = 2
TONNES_PLACES = 4

MU = Fraction(2000, 3)  # in square metres
UNITS: dict[str, dict[str, Fraction]] = {
    "area": {
        **dict.fromkeys(("亩", "市亩"), MU),
        "万亩": 10000 * MU,
        **dict.fromkeys(("平方米", "平米", "㎡", "m2", "m²"), Fraction(1)),
        **dict.fromkeys(("万平方米", "万㎡"), Fraction(10000)),
        **dict.fromkeys(("公顷", "ha", "hm2", "hm²"), 15 * MU),
        **dict.fromkeys(("平方公里", "平方千米", "km2", "km²"), 1500 * MU),
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
KINDS = {"area": "面积", "money": "金额", "mass": "重量", "volume": "方量", "persons": "人数"}
# A bare 万 or 亿 multiplies the column's own unit: 8.4万 in a column of 元 is 84000.
MULTIPLES = {"": 1, "万": 10**4, "亿": 10**8}
CEILINGS = {"area": 10**10}


def converted(reading: Reading, kind: str, into: str, places: int) -> Decimal:
    """A reading in the unit `into`, rounded; a sentence where its unit is of another kind or unknown."""
    units = UNITS[kind]
    if reading.unit in MULTIPLES:
        factor = Fraction(MULTIPLES[reading.unit])
    elif reading.unit in units:
        factor = units[reading.unit] / units[into]
    else:
        raise NotAQuantity(_wrong_unit(reading.unit, kind, into))
    return rounded(reading.number * factor, places, CEILINGS.get(kind, CEILING))


def _wrong_unit(unit: str, kind: str, into: str) -> str:
    for other, units in UNITS.items():
        if other != kind and unit in units:
            return f"单位“{shortened(unit)}”是{KINDS[other]}单位，此处以{into}计，请核对。"
    return f"数字后的“{shortened(unit)}”不是可以换算的单位，请只填写以{into}计的数字。"


def rounded(value: Fraction, places: int, ceiling: int = CEILING) -> Decimal:
    """Half up to a number of decimals, exactly."""
    scaled = value * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    if units >= ceiling * 10**places:
        raise NotAQuantity("数值过大，请核对数字和单位。")
    return Decimal(units).scaleb(-places)
