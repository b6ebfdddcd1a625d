"""The law's own rows: crime, procedure, and (from `fines`) the intervals of fines."""

from datetime import date, timedelta
from decimal import Decimal

from law.figures.fines import FINES
from law.figures.rows import Figure, Figures

MINING, MINING_SPECIAL = "法释〔2016〕25号第三条第一款第（一）项", "法释〔2016〕25号第三条第一款第（二）项"
DESTROYED = "法释〔2016〕25号第六条"
STRICTEST = "按法释〔2016〕25号最严标准，本省数额未录入（自然资办函〔2021〕1288号五）"
FARMLAND, BLACK = "法释〔2000〕14号第三条", "法释〔2025〕7号"
FOREST, GRASS = "法释〔2023〕8号第一条第二款", "法释〔2012〕15号第二条第一款"
TRANSFER = "法释〔2000〕14号第一条"
BLACK_FROM = date(2025, 5, 6)
PENALTY_LAW_2021 = date(2021, 7, 15)
MEASURES_2024 = date(2024, 5, 1)
REVIEWED_2018 = date(2018, 1, 1)
CHONGQING, SICHUAN = "500000", "510000"
_DAY = timedelta(days=1)


def _row(key: str, value: str | int, unit: str, article: str, label: str, **more: object) -> Figure:
    return Figure(key, Decimal(value), unit, article, label=label, **more)


def _mining(key: str, value: int, article: str, label: str) -> list[Figure]:
    """The strictest national figure, and that of the one province whose document was seen."""
    return [
        _row(key, value, "元", article, label, document=STRICTEST, sure=False, fallback=True),
        _row(key, value, "元", article, label, document="渝高法〔2018〕22号", region=CHONGQING),
    ]


CRIME = [
    *_mining("crime_mining_value", 100_000, MINING, "非法采矿价值"),
    *_mining("crime_mining_value_special", 50_000, MINING_SPECIAL, "非法采矿价值（特殊区域、保护性矿种）"),
    *_mining("crime_destroyed_value", 500_000, DESTROYED, "破坏性采矿造成资源破坏的价值"),
    *_mining(
        "crime_destroyed_value_special", 250_000, DESTROYED, "破坏性采矿造成资源破坏的价值（特殊矿区、矿种）"
    ),
    _row("crime_serious_times", 5, "倍", "法释〔2016〕25号第三条第二款第（一）项", "情节特别严重"),
    _row("crime_repeat_count", 2, "次", "法释〔2016〕25号第三条第一款第（三）项", "二年内受过行政处罚"),
    _row("crime_repeat_years", 2, "年", "法释〔2016〕25号第三条第一款第（三）项", "受过行政处罚的期间"),
    _row("crime_unpunished_years", 2, "年", "法释〔2016〕25号第八条", "未经处理累计的期间"),
    _row("crime_eco_damage", 1, "项", "法释〔2016〕25号第三条第一款第（四）项", "造成生态环境严重损害"),
    _row("crime_near_share", "0.8", "倍", "没有专门条文，提示用", "接近移送标准", sure=False),
    _row("crime_land_prime", 5, "亩", FARMLAND, "永久基本农田"),
    _row("crime_land_arable", 10, "亩", FARMLAND, "其他耕地"),
    _row("crime_land_prime_black", 3, "亩", BLACK, "黑土地永久基本农田", since=BLACK_FROM, sure=False),
    _row("crime_land_arable_black", 6, "亩", BLACK, "黑土地其他耕地", since=BLACK_FROM, sure=False),
    _row(
        "crime_land_prime_black_m3",
        500,
        "立方米",
        BLACK,
        "黑土地永久基本农田采挖量",
        since=BLACK_FROM,
        sure=False,
    ),
    _row(
        "crime_land_arable_black_m3",
        1000,
        "立方米",
        BLACK,
        "黑土地其他耕地采挖量",
        since=BLACK_FROM,
        sure=False,
    ),
    _row("crime_land_unpunished_years", 1, "年", "法释〔2000〕14号第九条", "未经处理累计的期间"),
    _row("crime_land_forest_public", 5, "亩", FOREST + "第（一）项", "公益林地"),
    _row("crime_land_forest_commercial", 10, "亩", FOREST + "第（二）项", "商品林地"),
    _row("crime_land_forest_share", "0.5", "倍", FOREST + "第（四）项", "二年内受过两次以上行政处罚"),
    _row("crime_land_forest_years", 2, "年", FOREST + "第（四）项", "受过行政处罚的期间"),
    _row("crime_land_grass", 20, "亩", GRASS, "草原"),
    _row("crime_land_grass_repeat", 10, "亩", GRASS, "草原（三年内受过行政处罚）"),
    _row("crime_land_grass_years", 3, "年", GRASS, "受过行政处罚的期间"),
    _row("crime_transfer_prime", 5, "亩", TRANSFER + "第（一）项", "非法转让永久基本农田"),
    _row("crime_transfer_arable", 10, "亩", TRANSFER + "第（二）项", "非法转让其他耕地"),
    _row("crime_transfer_other", 20, "亩", TRANSFER + "第（三）项", "非法转让其他土地"),
    _row("crime_transfer_income", 500_000, "元", TRANSFER + "第（四）项", "非法转让土地获利"),
]


def _reviews() -> list[Figure]:
    """From when on what weighs is reviewed before it is decided: each version of the law that asks for it."""
    ends = (REVIEWED_2018, PENALTY_LAW_2021, MEASURES_2024, None)
    articles = (
        "行政处罚法（2017）第三十八条第三款",
        "行政处罚法第五十八条",
        "行政处罚法第五十八条；自然资源行政处罚办法第三十二条",
    )
    return [
        _row(
            "legal_review",
            1,
            "是",
            article,
            "重大处罚决定须经法制审核",
            since=since,
            until=until - _DAY if until else None,
            sure=since != REVIEWED_2018,
        )
        for article, since, until in zip(articles, ends, ends[1:], strict=False)
    ]


PROCEDURE = [
    _row(
        "notice_days",
        3,
        "工作日",
        "国土资源行政处罚办法（国土60号令）",
        "陈述申辩、听证申请",
        until=PENALTY_LAW_2021 - _DAY,
        sure=False,
    ),
    _row(
        "notice_days",
        5,
        "工作日",
        "行政处罚法第六十四条；自然资源行政处罚办法第三十三条、第三十四条",
        "陈述申辩、听证申请",
        since=PENALTY_LAW_2021,
    ),
    _row(
        "decision_days",
        60,
        "日",
        "国土资源行政处罚办法（国土60号令）",
        "作出处罚决定",
        until=PENALTY_LAW_2021 - _DAY,
        sure=False,
    ),
    _row(
        "decision_days",
        90,
        "日",
        "行政处罚法第六十条",
        "作出处罚决定",
        since=PENALTY_LAW_2021,
        until=MEASURES_2024 - _DAY,
        sure=False,
    ),
    _row("decision_days", 90, "日", "自然资源行政处罚办法第三十八条", "作出处罚决定", since=MEASURES_2024),
    _row("decision_extension_days", 30, "日", "自然资源行政处罚办法第三十八条", "经批准延长"),
    *_reviews(),
    _row("limitation_years", 2, "年", "行政处罚法第三十六条", "追责时效"),
    _row("limitation_years_harm", 5, "年", "行政处罚法第三十六条", "追责时效（生命健康、金融安全）"),
    _row(
        "referral_hours",
        24,
        "小时",
        "行政执法机关移送涉嫌犯罪案件的规定（国务院令第310号）第五条",
        "批准后移送",
    ),
    _row(
        "prefecture_joins",
        1,
        "是",
        "川自然资办函〔2021〕203号二（一）",
        "市级须参与",
        region=SICHUAN,
        document="川自然资办函〔2021〕203号",
        since=date(2021, 9, 10),
    ),
]

# What each place sets itself: no value until its office entered one, with its document.
_LARGE = "行政处罚法第六十三条第一款第（一）项；自然资源行政处罚办法第三十四条第（一）项"
BLANKS: tuple[Figure, ...] = (
    _row("large_fine_person", 0, "元", _LARGE, "对个人的较大数额罚款", sure=False),
    _row("large_fine_unit", 0, "元", _LARGE, "对单位的较大数额罚款", sure=False),
    _row("fee_arable", 0, "元/平方米", "土地管理法第三十条", "耕地开垦费", sure=False),
    _row("fee_reclaim", 0, "元/平方米", "土地管理法第四十三条", "土地复垦费", sure=False),
)
SEEDS: tuple[Figure, ...] = (*CRIME, *PROCEDURE, *FINES)
SEEDED = Figures(SEEDS)
