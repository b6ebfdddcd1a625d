"""When a case is suspected to be a crime and must be referred (应移送).

Mining: 法释〔2016〕25号 arts 3 and 6; farmland: 法释〔2000〕14号 art 3, 法释〔2025〕7号 (black
soil), 法释〔2023〕8号 art 1 (forest). Provincial figures stand in `accounts.Standard`; where
none is entered, the strictest national figure holds (自然资办函〔2021〕1288号五) and is said to
be unsure.
“以上” includes the number itself.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from accounts.services.standards import standing
from common.quantities import show_area
from registry import codes

FALLBACK = "按全国最严标准，本省数额未录入（自然资办函〔2021〕1288号五）"
SPECIALLY_SERIOUS = 5  # times the figure: 情节特别严重, 法释〔2016〕25号 art 3(2)


@dataclass(frozen=True)
class Threshold:
    """One threshold: its amount, unit, the article, and whether the figure is sure."""

    key: str
    label: str
    value: Decimal
    unit: str
    article: str
    document: str = FALLBACK
    sure: bool = False

    def met(self, amount: Decimal | None) -> bool:
        """Whether `amount` reaches it."""
        return amount is not None and amount >= self.value


MINING = "法释〔2016〕25号第三条第一款第（一）项"
MINING_SPECIAL = "法释〔2016〕25号第三条第一款第（二）项"
DEFAULTS = {
    each.key: each
    for each in (
        Threshold("crime_mining_value", "非法采矿价值移送标准", Decimal(100_000), "元", MINING),
        Threshold(
            "crime_mining_value_special",
            "非法采矿价值（特殊区域矿种）移送标准",
            Decimal(50_000),
            "元",
            MINING_SPECIAL,
        ),
        Threshold(
            "crime_destroyed_value",
            "破坏性采矿价值移送标准",
            Decimal(500_000),
            "元",
            "法释〔2016〕25号第六条",
        ),
        Threshold(
            "crime_destroyed_value_special",
            "破坏性采矿价值（特殊区域矿种）移送标准",
            Decimal(250_000),
            "元",
            "法释〔2016〕25号第六条",
        ),
        Threshold("crime_land_prime", "永久基本农田面积移送标准", Decimal(5), "亩", "法释〔2000〕14号第三条"),
        Threshold("crime_land_arable", "其他耕地面积移送标准", Decimal(10), "亩", "法释〔2000〕14号第三条"),
        Threshold(
            "crime_land_prime_black", "黑土地永久基本农田面积移送标准", Decimal(3), "亩", "法释〔2025〕7号"
        ),
        Threshold(
            "crime_land_arable_black", "黑土地其他耕地面积移送标准", Decimal(6), "亩", "法释〔2025〕7号"
        ),
        Threshold(
            "crime_land_forest", "林地面积移送标准", Decimal(5), "亩", "法释〔2023〕8号第一条（公益林地）"
        ),
    )
}


@dataclass(frozen=True)
class Reason:
    """Why a case should be referred, in one sentence, with its article and how sure it is."""

    sentence: str
    article: str
    document: str = ""
    sure: bool = False
    specially_serious: bool = False


def threshold(key: str, region_code: str = "", on: date | None = None) -> Threshold:
    """The figure that holds in a region on a day: the nearest Standard row, else the fallback."""
    default = DEFAULTS[key]
    row = standing(key, region_code, on)
    return replace(default, value=row.value, document=row.document, sure=row.sure) if row else default


def mining_value(
    value: Decimal | None, special: bool, region_code: str = "", on: date | None = None
) -> Reason | None:
    """Value of what was mined, in 元 (art 3): reached or not, and five times the figure."""
    limit = threshold("crime_mining_value_special" if special else "crime_mining_value", region_code, on)
    return _reached("矿产品价值", value, limit, SPECIALLY_SERIOUS)


def destroyed_value(
    value: Decimal | None, special: bool, region_code: str = "", on: date | None = None
) -> Reason | None:
    """Value of the resources destroyed by destructive mining, in 元 (art 6)."""
    key = "crime_destroyed_value_special" if special else "crime_destroyed_value"
    return _reached("破坏性采矿造成资源破坏的价值", value, threshold(key, region_code, on))


def farmland(
    land_class: str, area: Decimal, black_soil: bool = False, region_code: str = "", on: date | None = None
) -> Reason | None:
    """Area of one land class in 亩: a Reason when the figure is reached, else None."""
    item = codes.by_code("land_classes")[land_class]
    if land_class == "forest":
        key = "crime_land_forest"
    elif item["arable"]:
        key = "crime_land_prime" if item["prime"] else "crime_land_arable"
        key += "_black" if black_soil else ""
    else:
        return None
    return _reached(f"占用{item['name']}面积", area, threshold(key, region_code, on))


def _reached(what: str, amount: Decimal | None, limit: Threshold, times: int = 0) -> Reason | None:
    if not limit.met(amount):
        return None
    shown = show_area(amount)
    return Reason(
        f"{what}{shown}{limit.unit}，达到{show_area(limit.value)}{limit.unit}",
        limit.article,
        limit.document,
        limit.sure,
        bool(times) and amount >= limit.value * times,
    )
