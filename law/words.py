"""The code lists of data/codes.json as the rules need them: violations, minerals, land, closing."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from common.words import squeeze

DATA = Path(__file__).parent / "data"

ART_3 = frozenset({"K21", "K22", "K23", "K24", "K25", "K31"})
"""非法采矿 (法释〔2016〕25号 art 2): without a licence, beyond its bounds, another mineral."""
MEASURED = frozenset(
    {
        *(*ART_3, "K26", "K32", "K33"),
        *("T11", "T12", "T13", "T14", "T21", "T22", "T23", "T24", "T25"),
        *("T31", "T32", "T41", "T42", "T43", "T44", "T51"),
    }
)
"""What rests on an area, a quantity, a value or a loss. Not: exploring, transfer of a mining right, fees and
duties of its holder, and 土地复垦条例 (T45), of which only 表土剥离 (art 39) counts hectares."""
PRIME, ARABLE, FOREST, GRASS = "永久基本农田", "耕地（非永久基本农田）", "林地", "草地"
OTHER_LAND = "其他土地"
SOME_ARABLE = "耕地"
"""耕地 of which it is not said how much is 永久基本农田."""
FARMLAND = frozenset({PRIME, ARABLE, SOME_ARABLE, FOREST, GRASS, "园地", "其他农用地"})
"""农用地, whatever of it."""
PUBLIC, COMMERCIAL = "public", "commercial"
CARRIED_OUT = "执行完毕"
PLAN_AREA, VALUE_AREA = "国家规划矿区", "对国民经济具有重要价值的矿区"
NO_MINING_AREA, NO_MINING_SEASON = "禁采区", "禁采期"
PROTECTED = "保护性开采的特定矿种"

_CLASS_WORDS = {
    PRIME: ("基本农田", "永农"),
    ARABLE: ("其他耕地", "一般耕地", "耕地(非永久基本农田)"),
    "园地": ("果园",),
    SOME_ARABLE: (),
    FOREST: ("有林地",),
    GRASS: ("草原", "天然牧草地", "牧草地"),
    "其他农用地": (),
    "建设用地": (),
    "未利用地": (),
    OTHER_LAND: ("其他",),
}
_AREA_WORDS = {
    PLAN_AREA: ("规划矿区",),
    VALUE_AREA: ("重要价值矿区", "对国民经济有重要价值的矿区"),
    NO_MINING_AREA: (),
    NO_MINING_SEASON: (),
    PROTECTED: ("保护性开采特定矿种",),
}


@dataclass(frozen=True, slots=True)
class Mineral:
    """A mineral by what hangs on it: the prefecture's part (战略性, 34种) and 保护性开采. None: depends."""

    name: str
    important: bool | None
    protective: bool | None
    sure: bool = True


@cache
def code_lists() -> dict:
    """The file as it is."""
    return json.loads((DATA / "codes.json").read_text(encoding="utf-8"))


@cache
def violation_names() -> dict[str, str]:
    """Code → name, mining and land."""
    lists = code_lists()
    return {
        each["code"]: each["name"] for key in ("violation_mining", "violation_land") for each in lists[key]
    }


@cache
def tags() -> frozenset[str]:
    """Codes that are tags on a violation (以工程建设名义 …), none themselves: K81–K87."""
    return frozenset(each["code"] for each in code_lists()["violation_mining"] if each.get("tag"))


@cache
def _violation_words() -> dict[str, str]:
    words = {}
    for code, name in violation_names().items():
        for spelling in (code, name, name.split("（")[0]):
            words.setdefault(squeeze(spelling).upper(), code)
    return words


def violation_code(text: str) -> str | None:
    """The code for a code or name, as written in a line or a register."""
    return _violation_words().get(squeeze(text).upper())


@cache
def _minerals() -> dict[str, Mineral]:
    minerals: dict[str, Mineral] = {}
    groups: dict[str, list[Mineral]] = {}
    for row in code_lists()["minerals"]:
        mark = row["protective"]
        # 石墨 counts as 战略性 only when it is 晶质.
        important = None if row["name"] == "石墨" else bool(row["major34"] or row["strategic24"])
        mineral = Mineral(row["name"], important, bool(mark), mark != "M")
        for name in (row["name"], *row["variants"]):
            minerals[name] = mineral
        for group in filter(None, (row["major34"], row["strategic24"])):
            groups.setdefault(group, []).append(mineral)
    for group, members in groups.items():
        kinds = {each.protective for each in members}
        protective = kinds.pop() if len(kinds) == 1 else None
        minerals.setdefault(group, Mineral(group, True, protective))
    return minerals


def mineral(text: str | None) -> Mineral | None:
    """A mineral by name, variant or group, also with 矿 or 石 added; None if not on the list."""
    name = squeeze(text)
    names = [name, *(name[:-1] for end in ("矿", "石") if name.endswith(end) and len(name) > 1)]
    names += [name + "矿"]
    return next((_minerals()[each] for each in names if each in _minerals()), None)


@cache
def _lookup(kind: str) -> dict[str, str]:
    table = {"class": _CLASS_WORDS, "area": _AREA_WORDS}[kind]
    return {squeeze(word): name for name, words in table.items() for word in (name, *words)}


def land_class(text: str) -> str | None:
    """The land class for a word."""
    return _lookup("class").get(squeeze(text))


def special_area(text: str) -> str | None:
    """The kind of special area for a word (法释〔2016〕25号 art 3①(二))."""
    return _lookup("area").get(squeeze(text))


def closing(text: str) -> str | None:
    """A way of closing, as listed (办法 art 46)."""
    word = squeeze(text)
    return next((each for each in code_lists()["closing"] if squeeze(each) == word), None)


def mine_scale(text: str) -> str | None:
    """A scale of mine; 不适用 for pits without a licence."""
    word = squeeze(text)
    return word if word in (*code_lists()["mine_scale"], "不适用") else None


def is_mining(code: str) -> bool:
    """Whether a violation's code is of the mining side (tags K81–K87 are)."""
    return code.startswith("K")


def is_measured(codes: Iterable[str]) -> bool:
    """Whether violations (codes) ask for a finding of area or quantity before a penalty: one of them rests on
    it, or nothing is said but tags, which follow what they cover (行政处罚法 art 40)."""
    acts = set(codes) - tags()
    return not acts or bool(acts & MEASURED)
