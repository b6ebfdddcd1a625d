"""非法采矿 and 破坏性采矿: 刑法 art 343, 法释〔2016〕25号 arts 3, 6, 8 and 13."""

from dataclasses import dataclass
from decimal import Decimal

from law.crimes.repeats import illegal_mining_priors
from law.crimes.thresholds import ThresholdTest, within_years
from law.facts import Batch, Facts
from law.figures import Figures
from law.words import ART_3, PLAN_AREA, PROTECTED, VALUE_AREA, mineral

ZERO = Decimal(0)
# 有采矿权未取得采矿许可证: whether it is “未取得采矿许可证” of art 2 is not settled.
UNSETTLED_3, ART_6, UNSETTLED_6 = frozenset({"K26"}), frozenset({"K32"}), frozenset({"K33"})
UNSETTLED = "（该违法类型是否适用本项尚无定论，请法制人员先认定）"
ECO = "法释〔2016〕25号第三条第一款第（四）项"
SUMMED = "（含二年内未经处理的，法释〔2016〕25号第八条）"


@dataclass(frozen=True, slots=True)
class Worth:
    """Value of ore in 元: all of it, and the part that is no estimate."""

    amount: Decimal = ZERO
    certain: Decimal = ZERO

    def __add__(self, other: "Worth") -> "Worth":
        return Worth(self.amount + other.amount, self.certain + other.certain)


def worth(value: Decimal | None, income: Decimal | None, estimated: bool) -> Worth | None:
    """What a batch is worth: proceeds, or its value where that is more (art 13: proceeds that are
    obviously unreasonable give way to price and quantity). None where neither is known."""
    amounts = [each for each in (value, income) if each is not None]
    if not amounts:
        return None
    best = max(amounts)
    return Worth(best, (income or ZERO) if estimated and value is not None else best)


def in_special_area(kinds: bool | tuple[str, ...] | None, *, destructive: bool = False) -> bool | None:
    """Special areas of art 3①(二); of them art 6 knows 国家规划矿区 and 重要价值矿区 alone."""
    if kinds is None or isinstance(kinds, bool):
        return False if destructive and kinds else kinds
    if destructive:
        return bool({PLAN_AREA, VALUE_AREA, PROTECTED} & set(kinds))
    return bool(kinds)


def _protective(name: str | None) -> bool | None:
    listed = mineral(name) if name else None
    return listed.protective if listed else (None if name is None else False)


def _parts(facts: Facts) -> list[tuple[Worth, bool]]:
    """Each part of the ore that has a worth, and whether the stricter figure is its own."""
    parts = []
    for each in facts.batches or (Batch(value=facts.value, income=facts.illegal_income),):
        estimated = facts.value_estimated if each.estimated is None else each.estimated
        area = facts.special_area if each.special_area is None else each.special_area
        appraised = worth(each.value, each.income, estimated)
        if appraised is not None:
            special = in_special_area(area) or _protective(each.mineral or facts.mineral)
            parts.append((appraised, bool(special)))
    return parts


def _earlier(facts: Facts, figures: Figures) -> Decimal:
    """Value of earlier acts unpunished within the two years of art 8, in 元."""
    years, until = figures.value("crime_unpunished_years"), facts.act_end or facts.as_of
    return sum(
        (
            each.value or ZERO
            for each in facts.unpunished or ()
            if each.on <= until and within_years(each.on, until, years)
        ),
        ZERO,
    )


def mining_tests(facts: Facts, figures: Figures) -> list[ThresholdTest]:
    """The tests of arts 3 and 6 that belong to the case's violations, each violation judged by its own."""
    tests = []
    if facts.codes & (ART_3 | UNSETTLED_3):
        sure = bool(facts.codes & ART_3)
        tests += _value_tests(facts, figures, sure)
        tests += _destroyed(facts, figures, sure)
        tests += _repeated(facts, figures, sure)
        tests += _ecology(facts, sure, figures)
    if facts.codes & (ART_6 | UNSETTLED_6) and facts.destructive is not False:
        sure = bool(facts.codes & ART_6) or facts.destructive is True
        tests += _destructive(facts, figures, sure)
    return tests


def _value_tests(facts: Facts, figures: Figures, sure: bool) -> list[ThresholdTest]:
    parts, earlier = _parts(facts), _earlier(facts, figures)
    if not parts and not earlier:
        return []
    total = sum((appraised for appraised, _ in parts), Worth()) + Worth(earlier, earlier)
    limited = sum((appraised for appraised, special in parts if special), Worth())
    if parts and all(special for _, special in parts):
        limited = total
    note = SUMMED if earlier else ""
    tests = [("crime_mining_value", "矿产品价值", total)]
    if limited.amount:
        tests.append(("crime_mining_value_special", "特殊区域或者保护性开采矿种的矿产品价值", limited))
    return [_against(facts, figures, key, what, appraised, sure, note) for key, what, appraised in tests]


def _against(
    facts: Facts, figures: Figures, key: str, what: str, appraised: Worth, sure: bool, note: str = ""
) -> ThresholdTest:
    limit = figures.get(key, facts.region, facts.as_of)
    times = figures.value("crime_serious_times") if key.startswith("crime_mining") else None
    return ThresholdTest(
        "mining",
        what,
        appraised.amount,
        limit,
        appraised.certain,
        sure,
        times=times,
        note=note + ("" if sure else UNSETTLED),
    )


def _destroyed(facts: Facts, figures: Figures, sure: bool) -> list[ThresholdTest]:
    """“或者造成矿产资源破坏的价值”: an unlicensed miner's destruction against art 3, not against art 6."""
    if not facts.destroyed_value:
        return []
    special = in_special_area(facts.special_area) or _protective(facts.mineral)
    key = "crime_mining_value_special" if special else "crime_mining_value"
    return [_against(facts, figures, key, "造成矿产资源破坏的价值", _destroyed_worth(facts), sure)]


def _destroyed_worth(facts: Facts) -> Worth:
    amount = facts.destroyed_value
    return Worth(amount, ZERO if facts.value_estimated else amount)


def _destructive(facts: Facts, figures: Figures, sure: bool) -> list[ThresholdTest]:
    """Art 6 asks for a destructive method, which the department of the province identifies (art 14): K32
    is held to be by one until that says no, K33 once it says yes; once it says no, art 6 is out."""
    earlier = _earlier(facts, figures)
    if facts.destroyed_value is None and not earlier:
        return []
    special = in_special_area(facts.special_area, destructive=True) or _protective(facts.mineral)
    key = "crime_destroyed_value_special" if special else "crime_destroyed_value"
    own = _destroyed_worth(facts) if facts.destroyed_value is not None else Worth()
    appraised = own + Worth(earlier, earlier)
    note = SUMMED if earlier else ""
    return [_against(facts, figures, key, "破坏性采矿造成资源破坏的价值", appraised, sure, note)]


def _repeated(facts: Facts, figures: Figures, sure: bool) -> list[ThresholdTest]:
    count = Decimal(len(illegal_mining_priors(facts, figures)))
    if not count:
        return []
    limit = figures.get("crime_repeat_count")
    return [ThresholdTest("repeat", "二年内因非法采矿受过行政处罚", count, limit, count, sure)]


def _ecology(facts: Facts, sure: bool, figures: Figures) -> list[ThresholdTest]:
    if not facts.eco_damage:
        return []
    limit = figures.get("crime_eco_damage")
    return [ThresholdTest("eco", "造成生态环境严重损害", Decimal(1), limit, Decimal(1), sure)]
