"""Which facts may be missing, the groups of rules that look at each, and values to try for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from law.facts import Decision, Earlier, Facts, Land, Prior, Violation, day_of
from law.figures import Figures
from law.words import ARABLE, CARRIED_OUT, FOREST, GRASS, PRIME, PUBLIC, SOME_ARABLE, is_mining, mineral

ZERO, ONE, HUGE = Decimal(0), Decimal(1), Decimal(10) ** 10
LONG_AGO = date(2000, 1, 1)
_DAY = timedelta(days=1)
# Days on which versions of the law or figures begin; the day before is the last of the old.
MARKS = (date(2020, 1, 1), date(2021, 9, 1), date(2022, 8, 1), date(2025, 5, 6), date(2025, 7, 1))

Unknown = Callable[[Facts], bool]
Values = Callable[[Facts, Figures], Iterable[Facts]]


@dataclass(frozen=True, slots=True)
class Probe:
    """A fact by the name of its input key, what it is called, who looks at it, and values to try.

    `beside` fills facts that matter only together with this one (地类 with 毁坏), where they aren't
    known either: then each of them is asked for.
    """

    fact: str
    label: str
    groups: tuple[str, ...]
    unknown: Unknown
    values: Values
    beside: Callable[[Facts], Facts] | None = None


def _mining(facts: Facts) -> bool:
    return any(is_mining(code) for code in facts.codes)


def _landed(facts: Facts) -> bool:
    return any(not is_mining(code) for code in facts.codes)


def _simple(fact: str, label: str, groups: str, field: str, tries: tuple, when: Unknown = _mining) -> Probe:
    """A fact that is a field of its own."""

    def unknown(facts: Facts) -> bool:
        return getattr(facts, field) is None and when(facts)

    def values(facts: Facts, figures: Figures) -> Iterable[Facts]:
        return (facts.varied(**{field: value}) for value in tries)

    return Probe(fact, label, tuple(groups.split()), unknown, values)


# ---------------------------------------------------------------- ore


def _worthless(facts: Facts) -> bool:
    """Nothing says what the ore is worth."""
    if facts.batches:
        return any(each.value is None and each.income is None for each in facts.batches)
    return facts.value is None and facts.quantity != 0 and _mining(facts)


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
    if not _mining(facts):
        return False
    found = mineral(facts.mineral) if facts.mineral else None
    return facts.mineral is None or bool(found and None in (found.important, found.protective))


def _minerals(facts: Facts, figures: Figures) -> Iterable[Facts]:
    return (facts.varied(mineral=name) for name in ("离子型稀土", "晶质石墨", "煤", "页岩"))


# ---------------------------------------------------------------- days


def _open_ended(facts: Facts) -> bool:
    return facts.act_end is None and not facts.continuing


def _ends(facts: Facts, figures: Figures) -> Iterable[Facts]:
    last = facts.judged_on
    days = {LONG_AGO, last, *(mark - _DAY for mark in MARKS), *MARKS}
    begins = facts.acts_from or LONG_AGO
    return (facts.varied(acts_ended=day) for day in sorted(days) if begins <= day <= last)


def _begun_unknown(facts: Facts) -> bool:
    return facts.acts_from is None and bool(facts.prior_penalties) and facts.acts_ended is not None


def _beginnings(facts: Facts, figures: Figures) -> Iterable[Facts]:
    return (
        facts.varied(acts_from=prior.on) for prior in facts.prior_penalties if prior.on <= facts.acts_ended
    )


def _step(name: str) -> Callable[[Facts, date], Facts]:
    return lambda facts, day: facts.varied(steps=replace(facts.steps, **{name: day}))


def _latest_discovery(facts: Facts, figures: Figures) -> Iterable[Facts]:
    """Found at the latest when filed, decided or looked at."""
    return (_step("found")(facts, day_of(facts.steps.filed) or facts.judged_on),)


def _filings(facts: Facts, figures: Figures) -> Iterable[Facts]:
    return (_step("filed")(facts, LONG_AGO),)


def _decision_days(facts: Facts, figures: Figures) -> Iterable[Facts]:
    first = day_of(facts.steps.noticed) or day_of(facts.steps.filed) or LONG_AGO
    return (_step("decided")(facts, day) for day in (first, facts.as_of))


# ---------------------------------------------------------------- earlier acts and penalties


def _before(facts: Facts) -> date:
    return (facts.acts_from or facts.acts_ended or facts.as_of) - _DAY


def _priors(facts: Facts, figures: Figures) -> Iterable[Facts]:
    for kind in ("illegal_mining", "illegal_grassland"):
        yield facts.varied(prior_penalties=(Prior(_before(facts), kind),) * 2)


def _unnamed(facts: Facts) -> bool:
    return any(each.what is None for each in facts.prior_penalties or ())


def _named(facts: Facts, figures: Figures) -> Iterable[Facts]:
    for kind in ("illegal_mining", "illegal_grassland"):
        rows = (replace(each, what=each.what or kind) for each in facts.prior_penalties)
        yield facts.varied(prior_penalties=tuple(rows))


def _unpunished(facts: Facts, figures: Figures) -> Iterable[Facts]:
    land = (Land(PRIME, HUGE, destroyed=True),) if _landed(facts) else ()
    yield facts.varied(unpunished=(Earlier(_before(facts), HUGE if _mining(facts) else None, land),))


# ---------------------------------------------------------------- land


def _no_land(facts: Facts) -> bool:
    return _landed(facts) and not facts.land


def _lands(facts: Facts, figures: Figures) -> Iterable[Facts]:
    yield facts.varied(land=(Land(PRIME, HUGE, destroyed=True),))
    yield facts.varied(land=(Land(PRIME, ONE, destroyed=False),))


def _land_fact(
    field: str, label: str, tries: tuple, when: Callable[[Land], bool] = lambda land: True
) -> Probe:
    """A fact of a piece of land; the same value is tried for every piece that lacks it."""

    def lacks(land: Land) -> bool:
        value = getattr(land, field)
        return (value is None or value == SOME_ARABLE) and when(land)

    def unknown(facts: Facts) -> bool:
        return any(lacks(each) for each in facts.land or ())

    def values(facts: Facts, figures: Figures) -> Iterable[Facts]:
        for value in tries:
            rows = (replace(each, **{field: value}) if lacks(each) else each for each in facts.land)
            yield facts.varied(land=tuple(rows))

    name = {"land_class": "class", "black_m3": "black_soil_m3"}.get(field, field)
    groups = ("crime", "fine") if field == "area" else ("crime",)
    return Probe(f"land.{name}", label, groups, unknown, values, _graver_land(field))


_GRAVEST = {"land_class": PRIME, "area": HUGE, "destroyed": True}


def _graver_land(field: str) -> Callable[[Facts], Facts]:
    """The same land with what else isn't known of it at its gravest."""

    def filled(land: Land) -> Land:
        others = {name: value for name, value in _GRAVEST.items() if name != field}
        lacking = {name: value for name, value in others.items() if getattr(land, name) in (None, SOME_ARABLE)}
        return replace(land, **lacking) if lacking else land

    return lambda facts: facts.varied(land=tuple(map(filled, facts.land)))


def _arable(land: Land) -> bool:
    return land.land_class in (PRIME, ARABLE, SOME_ARABLE)


# ---------------------------------------------------------------- decision, payment, closing


def _decision_fact(field: str, fact: str, label: str, tries: tuple, groups: str) -> Probe:
    def lacks(decision: Decision) -> bool:
        return getattr(decision, field) is None

    def unknown(facts: Facts) -> bool:
        return any(lacks(each) for each in facts.decisions)

    def values(facts: Facts, figures: Figures) -> Iterable[Facts]:
        for value in tries:
            rows = (replace(each, **{field: value}) if lacks(each) else each for each in facts.decisions)
            yield facts.varied(decisions=tuple(rows))

    return Probe(f"decision.{fact}", label, tuple(groups.split()), unknown, values, _graver_takings)


def _graver_takings(facts: Facts) -> Facts:
    """Something was there to be taken: ore, and proceeds of it."""
    changes = {"value": HUGE} if facts.value is None and not facts.batches else {}
    return facts.varied(**changes) if facts.income is not None else facts.varied(illegal_income=ONE, **changes)


def _closing_unknown(facts: Facts) -> bool:
    return facts.closing is None and facts.steps.closed is not None


def _regions(facts: Facts, figures: Figures) -> Iterable[Facts]:
    return (facts.varied(province=code[:2] + "0000", county=code) for code in figures.regions())


def _violations(facts: Facts, figures: Figures) -> Iterable[Facts]:
    return (facts.varied(violations=(Violation(code),)) for code in ("K21", "K32", "T11"))


_RIGHTS = frozenset({"K14", "K23"})
_WARNED = frozenset({"K13", "K14", "K23", "K26", "K52", "K53", "K64", "T22"})

PROBES: tuple[Probe, ...] = (
    Probe(
        "violation",
        "违法类型",
        ("crime", "taking", "fine", "join"),
        lambda facts: not facts.codes,
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
    _simple("destroyed_value", "造成矿产资源破坏的价值", "crime fine", "destroyed_value", (ZERO, HUGE)),
    _simple(
        "special_area",
        "是否在特殊区域（国家规划矿区、禁采区等）",
        "crime",
        "special_area",
        (("国家规划矿区",),),
    ),
    _simple("eco_damage", "是否造成生态环境严重损害", "crime", "eco_damage", (True,)),
    Probe("mineral", "矿种（须分清类型）", ("crime", "join"), _vague_mineral, _minerals),
    _simple("mine_scale", "矿山规模", "join", "mine_scale", ("大型",)),
    Probe("acts_ended", "行为终了日期", ("crime", "taking", "fine", "limitation"), _open_ended, _ends),
    Probe("acts_from", "行为开始日期", ("crime",), _begun_unknown, _beginnings),
    _simple(
        "right_exists",
        "矿业权是否存续",
        "taking fine",
        "right_exists",
        (True, False),
        lambda facts: bool(facts.codes & _RIGHTS),
    ),
    _simple(
        "refused_correct",
        "是否拒不改正",
        "taking fine",
        "refused_correct",
        (True, False),
        lambda facts: bool(facts.codes & _WARNED),
    ),
    Probe(
        "prior_penalties",
        "以前受过的行政处罚",
        ("crime",),
        lambda facts: facts.prior_penalties is None,
        _priors,
    ),
    Probe("prior_penalties.for", "以前的处罚因何作出", ("crime",), _unnamed, _named),
    Probe(
        "unpunished", "未经处理的同类行为", ("crime",), lambda facts: facts.unpunished is None, _unpunished
    ),
    Probe("land", "土地面积和地类", ("crime", "fine"), _no_land, _lands),
    _land_fact("land_class", "地类", (PRIME, ARABLE, FOREST, GRASS)),
    _land_fact("area", "面积", (ONE, HUGE)),
    _land_fact("destroyed", "种植条件是否毁坏", (True, False)),
    _land_fact("black_soil", "是否黑土地", (True,), _arable),
    _land_fact("black_m3", "黑土采挖量", (HUGE,), lambda land: _arable(land) and land.black_soil is True),
    _land_fact("forest", "公益林地还是商品林地", (PUBLIC,), lambda land: land.land_class == FOREST),
    Probe(
        "dates.found", "发现日期", ("limitation",), lambda facts: facts.steps.found is None, _latest_discovery
    ),
    Probe(
        "dates.filed",
        "立案日期",
        ("period",),
        lambda facts: facts.decided and not facts.steps.filed,
        _filings,
    ),
    Probe(
        "dates.decided",
        "处罚决定日期",
        ("notice", "period"),
        lambda facts: facts.decided and facts.decided_on is None,
        _decision_days,
    ),
    _decision_fact("fine", "fine", "罚款数额", (ONE, HUGE), "taking fine ending"),
    _decision_fact("income", "confiscated_income", "没收违法所得数额", (ZERO, HUGE), "taking ending"),
    _decision_fact("minerals", "confiscated_minerals", "是否没收矿产品", (True, False), "taking ending"),
    _decision_fact("tools", "confiscated_tools", "是否没收工具设备", (True, False), "taking ending"),
    _decision_fact("structures", "restoration", "是否责令拆除或者没收建筑物", (True, False), "taking ending"),
    _simple("paid", "已缴款", "ending", "paid", (ZERO,), lambda facts: facts.closing == CARRIED_OUT),
    Probe(
        "closing",
        "结案方式",
        ("ending",),
        _closing_unknown,
        lambda facts, figures: (facts.varied(closing=CARRIED_OUT),),
    ),
)
