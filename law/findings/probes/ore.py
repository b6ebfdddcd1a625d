"""Facts of the ore and of the right to it."""

from collections.abc import Iterable
from dataclasses import replace

from law.facts import Facts, Violation
from law.figures import Figures
from law.findings.probes.shape import HUGE, ZERO, Probe, mining, simple
from law.words import PLAN_AREA, mineral, tags

_RIGHTS = frozenset({"K14", "K23"})
_WARNED = frozenset(
    {"K13", "K14", "K23", "K26", "K52", "K53", "K64", "K65", "K66", "T22", "T26", "T41", "T44", "T45"}
)
_DESTRUCTIVE = frozenset({"K32", "K33"})


def _regions(facts: Facts, figures: Figures) -> Iterable[Facts]:
    return (facts.varied(province=code[:2] + "0000", county=code) for code in figures.regions())


def _violations(facts: Facts, figures: Figures) -> Iterable[Facts]:
    """A tag (以工程建设名义 …) is no violation: it goes by the conduct that it covers."""
    return (facts.varied(violations=(*facts.violations, Violation(code))) for code in ("K21", "K32", "T11"))


def _worthless(facts: Facts) -> bool:
    """Nothing says what the ore is worth."""
    if facts.batches:
        return any(each.value is None and each.income is None for each in facts.batches)
    return facts.value is None and facts.quantity != 0 and mining(facts)


def _worths(facts: Facts, figures: Figures) -> Iterable[Facts]:
    tries = [ZERO, HUGE, *(each.fine / 4 for each in facts.decisions if each.fine)]
    for value in tries:
        if facts.batches:
            rows = (
                replace(each, value=value) if each.value is None and each.income is None else each
                for each in facts.batches
            )
            yield facts.varied(batches=tuple(rows))
        else:
            yield facts.varied(value=value)


def _vague_mineral(facts: Facts) -> bool:
    if not mining(facts):
        return False
    listed = mineral(facts.mineral) if facts.mineral else None
    return facts.mineral is None or bool(listed and None in (listed.important, listed.protective))


def _minerals(facts: Facts, figures: Figures) -> Iterable[Facts]:
    return (facts.varied(mineral=name) for name in ("离子型稀土", "晶质石墨", "煤", "页岩"))


def _vague_area(facts: Facts) -> bool:
    """Not told, or not which: of special areas art 6 knows two alone."""
    area = facts.special_area
    return mining(facts) and (area is None or (area is True and bool(facts.codes & _DESTRUCTIVE)))


def _unsaid_method(facts: Facts) -> bool:
    """Asked of those alone who can be told: lines and registers have no word for it."""
    told = facts.carries is not None and "destructive" in facts.carries
    return told and facts.destructive is None and bool(facts.codes & _DESTRUCTIVE)


def _methods(facts: Facts, figures: Figures) -> Iterable[Facts]:
    return (facts.varied(destructive=value) for value in (True, False))


ORE = (
    Probe(
        "violation",
        "违法类型",
        ("crime", "taking", "fine", "join"),
        lambda facts: not facts.codes - tags(),
        _violations,
    ),
    Probe("county", "县市区", ("join", "fine", "crime"), lambda facts: facts.region is None, _regions),
    Probe("value", "矿产品价值", ("crime", "taking", "fine"), _worthless, _worths),
    Probe(
        "illegal_income",
        "违法所得",
        ("crime", "taking", "fine"),
        lambda facts: facts.income is None and bool(facts.codes),
        lambda facts, figures: (facts.varied(illegal_income=value) for value in (ZERO, HUGE)),
    ),
    simple("destroyed_value", "造成矿产资源破坏的价值", "crime fine", "destroyed_value", (ZERO, HUGE)),
    Probe(
        "special_area",
        "是否在特殊区域，是哪一类",
        ("crime",),
        _vague_area,
        lambda facts, figures: (facts.varied(special_area=(PLAN_AREA,)),),
    ),
    Probe("destructive", "是否采取破坏性的开采方法", ("crime",), _unsaid_method, _methods),
    simple("eco_damage", "是否造成生态环境严重损害", "crime", "eco_damage", (True,)),
    Probe("mineral", "矿种（须分清类型）", ("crime", "join"), _vague_mineral, _minerals),
    simple("mine_scale", "矿山规模", "join", "mine_scale", ("大型",)),
    simple(
        "right_exists",
        "矿业权是否存续",
        "taking fine",
        "right_exists",
        (True, False),
        lambda facts: bool(facts.codes & _RIGHTS),
    ),
    simple(
        "refused_correct",
        "是否拒不改正",
        "taking fine",
        "refused_correct",
        (True, False),
        lambda facts: bool(facts.codes & _WARNED),
    ),
)
