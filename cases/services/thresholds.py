"""When a case is suspected to be a crime and must be referred (应移送).

Mining: 法释〔2016〕25号 arts 3 and 6; farmland: 法释〔2000〕14号 art 3, 法释〔2025〕7号 (black
soil), 法释〔2023〕8号 art 1 (forest). Provincial figures stand in `accounts.Standard`; where
none is entered, the strictest national figure holds (自然资办函〔2021〕1288号五) and is said to
be unsure.
“以上” includes the number itself.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from accounts.models import Standard, local_today
from cases.services import offenders
from clues import codes

FALLBACK = "按全国最严标准，本省数额未录入（自然资办函〔2021〕1288号五）"
SPECIALLY_SERIOUS = 5  # times the figure: 情节特别严重, 法释〔2016〕25号 art 3(2)
REPEATED = 2
DESTRUCTIVE = {"K32", "K33"}


@dataclass(frozen=True)
class Threshold:
    """One threshold: its amount, unit, the article, and whether the figure is sure."""

    key: str
    label: str
    value: Decimal
    unit: str
    article: str
    source: str = FALLBACK
    sure: bool = False

    def met(self, amount) -> bool:
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
    source: str = ""
    sure: bool = False
    specially_serious: bool = False


def threshold(key: str, region_code: str = "", on=None) -> Threshold:
    """The figure that holds in a region on a day: the nearest Standard row, else the fallback."""
    default = DEFAULTS[key]
    rows = Standard.objects.filter(key=key, valid_from__lte=on or local_today())
    found = {row.region_id: row for row in rows.order_by("valid_from")}
    for code in (region_code, region_code[:4] + "00", region_code[:2] + "0000", None):
        if row := found.get(code):
            return replace(default, value=row.value, source=row.source, sure=row.sure)
    return default


def mining_value(value, special: bool, region_code: str = "", on=None) -> Reason | None:
    """Value of what was mined, in 元 (art 3): reached or not, and five times the figure."""
    limit = threshold("crime_mining_value_special" if special else "crime_mining_value", region_code, on)
    return _reached("矿产品价值", value, limit, SPECIALLY_SERIOUS)


def destroyed_value(value, special: bool, region_code: str = "", on=None) -> Reason | None:
    """Value of the resources destroyed by destructive mining, in 元 (art 6)."""
    key = "crime_destroyed_value_special" if special else "crime_destroyed_value"
    return _reached("破坏性采矿造成资源破坏的价值", value, threshold(key, region_code, on))


def farmland(land_class: str, area, black_soil: bool = False, region_code: str = "", on=None):
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


def _reached(what, amount, limit: Threshold, times: int = 0) -> Reason | None:
    if not limit.met(amount):
        return None
    shown = f"{amount.normalize():f}"
    return Reason(
        f"{what}{shown}{limit.unit}，达到{limit.value.normalize():f}{limit.unit}",
        limit.article,
        limit.source,
        limit.sure,
        bool(times) and amount >= limit.value * times,
    )


def reasons_of(case) -> list[Reason]:
    """Every reason why `case` should be referred to public security; empty if there is none."""
    on = case.act_ended_on or case.found_on or local_today()
    region = case.county_id
    found = [*_mining_reasons(case, region, on), *_land_reasons(case, region, on)]
    repeated = _repeated(case)
    return [reason for reason in (*found, repeated) if reason]


def _mining_reasons(case, region, on):
    rows = case.minerals_now()
    if not rows:
        return []
    special = any(row.special or _protective(row.mineral) for row in rows)
    sold = sum((row.illegal_income or Decimal(0) for row in rows), Decimal(0))
    valued = sum((row.value or Decimal(0) for row in rows), Decimal(0))
    destroyed = sum((row.destroyed_value or Decimal(0) for row in rows), Decimal(0))
    found = [mining_value(max(sold, valued), special, region, on)]
    if {each.code for each in case.violations.all()} & DESTRUCTIVE or destroyed:
        found.append(destroyed_value(destroyed, special, region, on))
    return found


def _protective(mineral: str) -> bool:
    item = codes.mineral_by_name().get(mineral)
    return bool(item and item["protective"])


def _land_reasons(case, region, on):
    # Where 种植条件严重毁坏 was found not to be so, the area alone is no crime.
    rows = [row for row in case.land_now() if row.destroyed is not False]
    if not rows:
        return []
    found, arable = [], Decimal(0)
    for key in {(row.land_class, row.black_soil) for row in rows}:
        area = sum((r.area for r in rows if (r.land_class, r.black_soil) == key), Decimal(0))
        found.append(farmland(*_class_and_area(key, area), region, on))
        if codes.by_code("land_classes")[key[0]]["arable"]:
            arable += area
    if not any(found):
        found.append(farmland("arable", arable, False, region, on))
    return found


def _class_and_area(key, area):
    return key[0], area, key[1]


def _repeated(case) -> Reason | None:
    if not any(each.side == "mining" for each in case.violations.all()):
        return None
    count = offenders.decisions_before(case, case.found_on or local_today(), "mining")
    if count < REPEATED:
        return None
    return Reason(
        f"二年内因非法采矿受过{count}次行政处罚，又实施非法采矿行为",
        "法释〔2016〕25号第三条第一款第（三）项",
        "自然资办函〔2021〕1288号二",
        True,
    )
