"""The rows of the table on land: 土地管理法, its 条例, 土地复垦条例, 黑土地保护法."""

from datetime import date, timedelta

from law.figures.fines import BLACK_LAW, LAND2014, LAND2021, RECLAIMING
from law.penalties.shape import (
    ARABLE_FEE,
    AREA,
    FIXED,
    INCOME,
    INTACT,
    NO_PROCEEDS,
    PROCEEDS,
    RECLAIM_FEE,
    REFUSED,
    RUINED,
    SOIL,
    STRUCTURES,
    VALUE,
    VOLUME,
    Rule,
)
from law.windows import BLACK_2022, LAND_2019, RULES_2021

BEGIN, END, DAY = date.min, date.max, timedelta(days=1)
OLD_LAND, RECLAIM_2011 = RULES_2021 - DAY, date(2011, 3, 5)
_LAW_2004 = "土地管理法（2004）"
_SALE = BLACK_LAW + "第三十二条第二款"
RECLAIM_ARTICLES = {
    "37": "第三十七条",
    "38": "第三十八条",
    "39": "第三十九条",
    "41": "第四十一条",
    "42": "第四十二条",
    "43": "第四十三条第一款",
}


def _land(
    codes: tuple[str, ...], article: str, takes: tuple[str, ...] = (), *, now: dict, before: dict
) -> list[Rule]:
    """Three windows: the 2004 law and the 2019 law with the amounts of 条例2014, then those of 2021."""
    old, new = article
    return [
        Rule(codes, f"土地管理法（2004）{old}", BEGIN, LAND_2019 - DAY, takes, sure=False, **before),
        Rule(codes, f"土地管理法（2019）{new}", LAND_2019, OLD_LAND, takes, **before),
        Rule(codes, f"土地管理法（2019）{new}", RULES_2021, END, takes, **now),
    ]


def _spans(now: str, before: str, base: str, *, optional: bool, when: str = "") -> dict:
    shared = {"base": base, "optional": optional, "when": when}
    return {"now": {"fine": now, **shared}, "before": {"fine": before, **shared}}


def _as_occupied(rules: str, law: str, since: date, until: date) -> Rule:
    """禁止开垦范围内开垦 before 2021-09-01: 逾期不改正的, by the article on occupied land."""
    article, fine = f"{rules}；{law}", "fine_land_2014_42"
    more = {"optional": True, "when": REFUSED, "sure": since == LAND_2019}
    return Rule(("T44",), article, since, until, (STRUCTURES,), fine, AREA, **more)


def _reclaiming(codes: tuple[str, ...], article: str, base: str = FIXED, **more: object) -> Rule:
    """土地复垦条例: 逾期不改正的."""
    key = f"fine_reclaim_{article}"
    number = RECLAIM_ARTICLES[article]
    return Rule(codes, RECLAIMING + number, RECLAIM_2011, END, (), key, base, **more)


LAND = [
    *_land(
        ("T11", "T12", "T13"),
        ("第七十六条", "第七十七条"),
        (STRUCTURES,),
        **_spans("fine_land_2021_57", "fine_land_2014_42", AREA, optional=True),
    ),
    *_land(
        ("T21", "T23"),
        ("第七十四条", "第七十五条"),
        **_spans("fine_land_2021_55", "fine_land_2014_40", ARABLE_FEE, optional=True),
    ),
    *_land(
        ("T31",),
        ("第七十三条", "第七十四条"),
        (INCOME, STRUCTURES),
        **_spans("fine_land_2021_54", "fine_land_2014_38", PROCEEDS, optional=True),
    ),
    *_land(
        ("T32",),
        ("第八十一条", "第八十二条"),
        (INCOME,),
        **_spans("fine_land_2021_60", "fine_land_2014_39", PROCEEDS, optional=False),
    ),
    *_land(
        ("T41",),
        ("第七十五条", "第七十六条"),
        **_spans("fine_land_2021_56", "fine_land_2014_41", RECLAIM_FEE, optional=True, when=REFUSED),
    ),
    Rule(
        ("T41",),
        LAND2014 + "第四十四条",
        BEGIN,
        OLD_LAND,
        (),
        "fine_land_2014_44",
        RECLAIM_FEE,
        optional=True,
        when=REFUSED,
    ),
    # 不缴复垦费: how it stands beside 条例2021 art 56 is not settled.
    _reclaiming(("T41",), "42", RECLAIM_FEE, when=REFUSED, sure=False),
    *(_reclaiming(("T45",), article, when=REFUSED) for article in ("37", "38", "41")),
    _reclaiming(("T45",), "39", AREA, when=REFUSED),
    _reclaiming(("T45",), "43"),
    *_land(
        ("T43",),
        ("第八十条", "第八十一条"),
        **_spans("fine_land_2021_59", "fine_land_2014_43", AREA, optional=False),
    ),
    Rule(
        ("T22",),
        LAND2021 + "第五十一条",
        RULES_2021,
        END,
        (),
        "fine_land_2021_51",
        ARABLE_FEE,
        when=f"{INTACT} {REFUSED}",
    ),
    Rule(
        ("T22",),
        f"{LAND2021}第五十一条；土地管理法（2019）第七十五条",
        RULES_2021,
        END,
        (),
        "fine_land_2021_55",
        ARABLE_FEE,
        optional=True,
        when=RUINED,
    ),
    # 限期拆除 alone
    Rule(("T42",), LAND2014 + "第三十五条", BEGIN, OLD_LAND, unfined=True),
    Rule(("T42",), LAND2021 + "第五十二条", RULES_2021, END, (), "fine_land_2021_52", RECLAIM_FEE),
    _as_occupied(LAND2014 + "第三十四条", "土地管理法（2004）第七十六条", BEGIN, LAND_2019 - DAY),
    _as_occupied(LAND2014 + "第三十四条", "土地管理法（2019）第七十七条", LAND_2019, OLD_LAND),
    Rule(
        ("T44",),
        f"{LAND2021}第五十七条第二款；土地管理法（2019）第七十七条",
        RULES_2021,
        END,
        (STRUCTURES,),
        "fine_land_2021_57",
        AREA,
        optional=True,
    ),
    Rule(("T24",), _SALE, BLACK_2022, END, (SOIL, INCOME), "fine_black_32_sale", VOLUME),
    Rule(("T24",), _SALE, BLACK_2022, END, (SOIL,), "fine_black_32_purchase", VALUE, when=NO_PROCEEDS),
    Rule(("T25",), BLACK_LAW + "第三十三条", BLACK_2022, END, (), "fine_black_33", AREA),
    Rule(("T25",), BLACK_LAW + "第三十三条", BLACK_2022, END, (), "fine_black_33_poor", AREA),
    Rule(("T26",), BLACK_LAW + "第三十四条", BLACK_2022, END, (), "fine_black_34", when=REFUSED),
    # 村民建住宅 was ours until 2020-01-01 (since then 农业农村部门): 退还, 限期拆除, no fine; what is beyond
    # the standard of the province is 非法占用.
    Rule(("T14",), f"{_LAW_2004}第七十七条", BEGIN, LAND_2019 - DAY, (STRUCTURES,), unfined=True, sure=False),
    Rule(
        ("T14",),
        f"{_LAW_2004}第七十六条、第七十七条第二款",
        BEGIN,
        LAND_2019 - DAY,
        (STRUCTURES,),
        "fine_land_2014_42",
        AREA,
        optional=True,
        sure=False,
    ),
]
