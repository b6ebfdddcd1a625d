"""Facts of the land."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from law.facts import Facts, Land
from law.figures import Figures
from law.findings.probes.shape import HUGE, ONE, Probe, landed
from law.words import ARABLE, FOREST, GRASS, PRIME, PUBLIC, SOME_ARABLE


def _no_land(facts: Facts) -> bool:
    return landed(facts) and not facts.land


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
        unknown = [name for name in _GRAVEST if name != field and getattr(land, name) in (None, SOME_ARABLE)]
        return replace(land, **{name: _GRAVEST[name] for name in unknown})

    return lambda facts: facts.varied(land=tuple(map(filled, facts.land)))


def _arable(land: Land) -> bool:
    return land.land_class in (PRIME, ARABLE, SOME_ARABLE)


LAND = (
    Probe("land", "土地面积和地类", ("crime", "fine"), _no_land, _lands),
    _land_fact("land_class", "地类", (PRIME, ARABLE, FOREST, GRASS)),
    _land_fact("area", "面积", (ONE, HUGE)),
    _land_fact("destroyed", "种植条件是否毁坏", (True, False)),
    _land_fact("black_soil", "是否黑土地", (True,), _arable),
    _land_fact("black_m3", "黑土采挖量", (HUGE,), lambda land: _arable(land) and land.black_soil is True),
    _land_fact("forest", "公益林地还是商品林地", (PUBLIC,), lambda land: land.land_class == FOREST),
)
