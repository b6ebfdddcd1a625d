"""The table: one row per conduct and version of the law, as the articles have it."""

from datetime import date, timedelta

from law.figures.fines import EXPLORING, M2009, M2024, MINING
from law.penalties.land_rules import LAND
from law.penalties.shape import (
    DESTROYED,
    INCOME,
    LOSS,
    MINERALS,
    NO_RIGHT,
    PERSISTED,
    PERSON,
    PROCEEDS,
    REFUSED,
    REPAIR_FEE,
    RIGHT,
    TOOLS,
    UNIT,
    UNREFUSED,
    VALUE,
    Rule,
)
from law.windows import LAW_2024

_BEGIN, _END, _DAY = date.min, date.max, timedelta(days=1)
_OLD_MINING = LAW_2024 - _DAY
# 转让 and what 登记管理办法 had are not found in the 2024 law: no row, so nothing is said.
UNSETTLED_NOW = ("K41", "K42", "K51", "K52", "K53")


def _new(codes: tuple[str, ...], article: str, **more: object) -> Rule:
    return Rule(codes, M2024 + article, LAW_2024, _END, **more)


def _before(codes: tuple[str, ...], article: str, **more: object) -> Rule:
    return Rule(codes, article, _BEGIN, _OLD_MINING, **more)


_64 = {
    "takes": (TOOLS, MINERALS, INCOME),
    "fine": "fine_2024_64",
    "base": VALUE,
    "small": "fine_2024_64_small",
}
_67 = {"takes": (TOOLS, MINERALS), "fine": "fine_2024_67", "base": VALUE, "small": "fine_2024_67_small"}
_63 = {"takes": (INCOME, TOOLS), "fine": "fine_2024_63"}
_66 = {"takes": (INCOME, TOOLS), "fine": "fine_2024_66", "when": REFUSED}
_39 = {"takes": (MINERALS, INCOME), "fine": "fine_1994_42_1", "base": PROCEEDS, "optional": True}

MINING_NOW = [
    _new(("K11", "K12"), "第六十三条", **_63),
    _new(("K14",), "第六十三条", **{**_63, "when": NO_RIGHT}),
    _new(("K14",), "第六十六条", **{**_66, "when": f"{RIGHT} {REFUSED}"}),
    _new(("K13",), "第六十六条", **_66),
    _new(("K21", "K22", "K24", "K31"), "第六十四条", **_64),
    _new(("K25",), "第六十四条", **_64, sure=False),
    _new(("K23",), "第六十四条", **_64, when=NO_RIGHT),
    _new(("K23",), "第六十七条", **_67, when=f"{RIGHT} {REFUSED}"),
    _new(("K26",), "第六十七条", **_67, when=REFUSED),
    _new(("K32", "K33"), "第六十八条", fine="fine_2024_68", when=DESTROYED),
    _new(("K61",), "第六十五条", fine="fine_2024_65"),
    # What mending costs stands in no table: the multiples are held, the interval isn't.
    _new(("K62",), "第七十一条", fine="fine_2024_71", base=REPAIR_FEE, optional=True, when=UNREFUSED),
    _new(("K62",), "第七十一条", fine="fine_2024_71_refused", base=REPAIR_FEE, when=PERSISTED),
    # Two tiers; no fact says 情节严重, so either may hold.
    _new(("K63",), "第七十条第一款", fine="fine_2024_70_1"),
    _new(("K63",), "第七十条第一款", fine="fine_2024_70_1_grave"),
    _new(("K63",), "第七十条第二款", takes=(INCOME,), fine="fine_2024_70_2"),
    _new(("K64",), "第七十三条", fine="fine_2024_73", when=REFUSED),
    _new(("K65",), "第六十九条", fine="fine_2024_69", optional=True, when=UNREFUSED),
    _new(("K65",), "第六十九条", fine="fine_2024_69_refused", when=PERSISTED),
    _new(("K66",), "第七十二条", fine="fine_2024_72_unit", when=f"{UNIT} {REFUSED}"),
    _new(("K66",), "第七十二条", fine="fine_2024_72_person", when=f"{PERSON} {REFUSED}"),
]

MINING_BEFORE = [
    _before(("K11", "K12", "K14"), EXPLORING + "第二十六条", fine="fine_exploring_26", optional=True),
    _before(("K21", "K22", "K23", "K25", "K26"), M2009 + "第三十九条", **_39, without="fine_no_income_1"),
    _before(("K24",), M2009 + "第三十九条", **_39, without="fine_no_income_1", sure=False),
    _before(
        ("K24",),
        EXPLORING + "第二十七条",
        takes=(INCOME,),
        fine="fine_exploring_27",
        optional=True,
        sure=False,
    ),
    _before(
        ("K31",),
        M2009 + "第四十条",
        takes=(MINERALS, INCOME),
        fine="fine_1994_42_2",
        base=PROCEEDS,
        without="fine_no_income_2",
        optional=True,
    ),
    _before(("K32", "K33"), M2009 + "第四十四条", fine="fine_1994_42_6", base=LOSS),
    _before(("K33",), M2009 + "第三十九条", **_39, sure=False),
    _before(("K41", "K42"), M2009 + "第四十二条", takes=(INCOME,), fine="fine_1994_42_3", base=PROCEEDS),
    _before(("K52", "K53", "K64"), EXPLORING + "第二十九条", fine="fine_exploring_29", when=REFUSED),
    _before(("K64",), MINING + "第十八条", fine="fine_mining_18", optional=True),
]

RULES: tuple[Rule, ...] = (*MINING_NOW, *MINING_BEFORE, *LAND)
BY_CODE: dict[str, tuple[Rule, ...]] = {
    code: tuple(rule for rule in RULES if code in rule.codes) for rule in RULES for code in rule.codes
}
