"""Intervals of fines as rows: KEY.low and KEY.high, each an amount or a multiple of a base.

Which rule uses which key, for which violation and which day: `law.penalties.rules`.
"""

from datetime import date
from decimal import Decimal

from law.figures.rows import Figure

M2024, M2009 = "矿产资源法（2024）", "矿产资源法（2009）"
RULES_1994 = "矿产资源法实施细则（1994）第四十二条"
EXPLORING, MINING = "矿产资源勘查区块登记管理办法", "矿产资源开采登记管理办法"
LAND2021, LAND2014 = "土地管理法实施条例（2021）", "土地管理法实施条例（2014）"
BLACK_LAW, RECLAIMING = "黑土地保护法", "土地复垦条例"
SHANDONG, SHANDONG_RULES = "370000", "山东省实施《矿产资源法》办法"
YUAN, TIMES, PER_M2, PER_M3 = "元", "倍", "元/平方米", "元/立方米"


def _span(key: str, low: str | int, high: str | int, unit: str, article: str, **more: object) -> list[Figure]:
    pairs = (("low", low), ("high", high))
    return [Figure(f"{key}.{end}", Decimal(value), unit, article, **more) for end, value in pairs]


FINES: list[Figure] = [
    # 矿产资源法2024
    *_span("fine_2024_63", 100_000, 1_000_000, YUAN, M2024 + "第六十三条"),
    *_span("fine_2024_64", 3, 5, TIMES, M2024 + "第六十四条第一款"),
    *_span("fine_2024_64_small", 100_000, 1_000_000, YUAN, M2024 + "第六十四条第一款"),
    *_span("fine_2024_65", 100_000, 1_000_000, YUAN, M2024 + "第六十五条"),
    *_span("fine_2024_66", 100_000, 500_000, YUAN, M2024 + "第六十六条"),
    *_span("fine_2024_67", 1, 3, TIMES, M2024 + "第六十七条第一款"),
    *_span("fine_2024_67_small", 100_000, 500_000, YUAN, M2024 + "第六十七条第一款"),
    Figure("fine_2024_small_below", Decimal(100_000), YUAN, M2024 + "第六十四条第一款、第六十七条第一款"),
    *_span("fine_2024_68", 100_000, 500_000, YUAN, M2024 + "第六十八条"),
    *_span("fine_2024_69", 0, 50_000, YUAN, M2024 + "第六十九条"),
    *_span("fine_2024_69_refused", 50_000, 100_000, YUAN, M2024 + "第六十九条"),
    *_span("fine_2024_70_1", 20_000, 100_000, YUAN, M2024 + "第七十条第一款"),
    *_span("fine_2024_70_1_grave", 100_000, 500_000, YUAN, M2024 + "第七十条第一款"),
    *_span("fine_2024_70_2", 200_000, 1_000_000, YUAN, M2024 + "第七十条第二款"),
    *_span("fine_2024_71", 0, 2, TIMES, M2024 + "第七十一条"),
    *_span("fine_2024_71_refused", 2, 5, TIMES, M2024 + "第七十一条"),
    *_span("fine_2024_72_unit", 100_000, 500_000, YUAN, M2024 + "第七十二条"),
    *_span("fine_2024_72_person", 10_000, 50_000, YUAN, M2024 + "第七十二条"),
    *_span("fine_2024_73", 20_000, 100_000, YUAN, M2024 + "第七十三条"),
    # 2009法 with 细则1994 and the two 登记管理办法
    *_span("fine_1994_42_1", 0, "0.5", TIMES, RULES_1994 + "第（一）项"),
    *_span("fine_1994_42_2", 0, "0.3", TIMES, RULES_1994 + "第（二）项"),
    *_span("fine_1994_42_3", 0, 1, TIMES, RULES_1994 + "第（三）项"),
    *_span("fine_1994_42_6", 0, "0.5", TIMES, RULES_1994 + "第（六）项"),
    *_span("fine_exploring_26", 0, 100_000, YUAN, EXPLORING + "第二十六条"),
    *_span("fine_exploring_27", 0, 100_000, YUAN, EXPLORING + "第二十七条"),
    *_span("fine_exploring_29", 0, 50_000, YUAN, EXPLORING + "第二十九条"),
    *_span("fine_mining_18", 0, 50_000, YUAN, MINING + "第十八条"),
    # A province's own intervals: 没有违法所得的. Changes after 2012 were not checked.
    *_span(
        "fine_no_income_1",
        0,
        50_000,
        YUAN,
        SHANDONG_RULES + "第三十一条",
        region=SHANDONG,
        document=SHANDONG_RULES,
        since=date(2012, 1, 13),
        until=date(2025, 6, 30),
        sure=False,
    ),
    *_span(
        "fine_no_income_2",
        0,
        30_000,
        YUAN,
        SHANDONG_RULES + "第三十二条",
        region=SHANDONG,
        document=SHANDONG_RULES,
        since=date(2012, 1, 13),
        until=date(2025, 6, 30),
        sure=False,
    ),
    # Land
    *_span("fine_land_2021_51", 2, 5, TIMES, LAND2021 + "第五十一条"),
    *_span("fine_land_2021_52", 5, 10, TIMES, LAND2021 + "第五十二条"),
    *_span("fine_land_2021_54", "0.1", "0.5", TIMES, LAND2021 + "第五十四条"),
    *_span("fine_land_2021_55", 5, 10, TIMES, LAND2021 + "第五十五条"),
    *_span("fine_land_2021_56", 2, 5, TIMES, LAND2021 + "第五十六条"),
    *_span("fine_land_2021_57", 100, 1000, PER_M2, LAND2021 + "第五十七条"),
    *_span("fine_land_2021_59", 100, 500, PER_M2, LAND2021 + "第五十九条"),
    *_span("fine_land_2021_60", "0.1", "0.3", TIMES, LAND2021 + "第六十条"),
    *_span("fine_land_2014_38", 0, "0.5", TIMES, LAND2014 + "第三十八条"),
    *_span("fine_land_2014_39", "0.05", "0.2", TIMES, LAND2014 + "第三十九条"),
    *_span("fine_land_2014_40", 0, 2, TIMES, LAND2014 + "第四十条"),
    *_span("fine_land_2014_41", 0, 2, TIMES, LAND2014 + "第四十一条"),
    *_span("fine_land_2014_42", 0, 30, PER_M2, LAND2014 + "第四十二条"),
    *_span("fine_land_2014_43", 10, 30, PER_M2, LAND2014 + "第四十三条"),
    *_span("fine_land_2014_44", 0, 2, TIMES, LAND2014 + "第四十四条"),
    *_span("fine_black_32_sale", 500, 5000, PER_M3, BLACK_LAW + "第三十二条第二款"),
    *_span("fine_black_32_purchase", 1, 3, TIMES, BLACK_LAW + "第三十二条第二款"),
    *_span("fine_black_33", 100, 200, PER_M2, BLACK_LAW + "第三十三条"),
    *_span("fine_black_33_poor", 50, 100, PER_M2, BLACK_LAW + "第三十三条"),
    *_span("fine_black_34", 2_000, 20_000, YUAN, BLACK_LAW + "第三十四条"),
    *_span("fine_reclaim_37", 100_000, 200_000, YUAN, RECLAIMING + "第三十七条"),
    *_span("fine_reclaim_38", 100_000, 500_000, YUAN, RECLAIMING + "第三十八条"),
    # 每公顷1万元
    *_span("fine_reclaim_39", 1, 1, PER_M2, RECLAIMING + "第三十九条"),
    *_span("fine_reclaim_41", 20_000, 50_000, YUAN, RECLAIMING + "第四十一条"),
    *_span("fine_reclaim_42", 1, 2, TIMES, RECLAIMING + "第四十二条"),
    *_span("fine_reclaim_43", 20_000, 50_000, YUAN, RECLAIMING + "第四十三条第一款"),
]
