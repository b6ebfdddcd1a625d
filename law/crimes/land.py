"""非法占用农用地 (刑法 art 342) and 非法转让土地 (art 228): fixed national figures, by class of land."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from law.crimes.repeats import FARMLAND_KINDS, GRASSLAND, counting
from law.crimes.thresholds import ThresholdTest, mu, square_metres, within_years
from law.facts import Facts, Land
from law.figures import Figure, Figures
from law.words import ARABLE, COMMERCIAL, FOREST, GRASS, PRIME, PUBLIC, SOME_ARABLE, is_mining, tags

ZERO = Decimal(0)
TRANSFERS = frozenset({"T31"})
# Not 占用 of the party's own: 集体土地流转, 非法批地, sale of black soil, 拒绝检查.
NOT_OCCUPYING = frozenset({"T31", "T32", "T51", "T24", "T26"})
EXAMINE = "须鉴定种植条件"
_CENT = Decimal("0.01")


def land_tests(facts: Facts, figures: Figures) -> list[ThresholdTest]:
    """Every class of land against its figure; none without land, or where nothing was destroyed."""
    tests = []
    land = _with_earlier(facts, figures)
    if facts.codes & TRANSFERS:
        tests += _transfer(facts, land, figures)
    if facts.codes - NOT_OCCUPYING:
        land = [each for each in land if each.destroyed is not False and each.area is not None]
        tests += _farmland(facts, land, figures)
        tests += _forest(facts, land, figures)
        tests += _grass(facts, land, figures)
    return tests


def _with_earlier(facts: Facts, figures: Figures) -> list[Land]:
    """The case's land, and that of acts unpunished within the year (法释〔2000〕14号 art 9); grassland and
    forest without such a limit (法释〔2012〕15号 art 6, 法释〔2023〕8号 art 9)."""
    land, until = list(facts.land or ()), facts.act_end or facts.as_of
    years = figures.value("crime_land_unpunished_years")
    for earlier in facts.unpunished or ():
        near = earlier.on <= until and within_years(earlier.on, until, years)
        land += [each for each in earlier.land if near or each.land_class in (GRASS, FOREST)]
    return land


def _sum(land: list[Land]) -> Decimal:
    return sum((each.area for each in land if each.area is not None), ZERO)


def _test(what: str, land: list[Land], limit: Figure | None, note: str = "") -> list[ThresholdTest]:
    """Areas are held against the figure in 平方米, to the hundredth: 3333.33㎡ are five 亩."""
    if not land or limit is None:
        return []
    total = _as_mu(_sum(land), limit.value)
    proved = _as_mu(_sum([each for each in land if each.destroyed]), limit.value)
    # Only where what is proved falls short does the rest have to be examined.
    unproved = EXAMINE if proved < limit.value and any(each.destroyed is None for each in land) else ""
    return [ThresholdTest("land", what, total, limit, total, open=unproved, note=note)]


def _as_mu(area: Decimal, limit: Decimal) -> Decimal:
    """An area in 亩, the limit itself where both agree to the hundredth of a 平方米."""
    if area.quantize(_CENT) == square_metres(limit).quantize(_CENT):
        return limit
    exact = mu(area)
    if (exact >= limit) != (area >= square_metres(limit)):
        return limit - _CENT if area < square_metres(limit) else limit
    return exact


def _farmland(facts: Facts, land: list[Land], figures: Figures) -> list[ThresholdTest]:
    """永久基本农田, 其他耕地, their sum, and black soil by 亩 and by 立方米."""
    prime = [each for each in land if each.land_class == PRIME]
    arable = [each for each in land if each.land_class in (ARABLE, SOME_ARABLE)]
    on = facts.act_end
    tests = [
        *_test("永久基本农田", prime, figures.get("crime_land_prime")),
        *_test("其他耕地", arable, figures.get("crime_land_arable")),
        *_black("永久基本农田", "crime_land_prime_black", prime, on, figures),
        *_black("其他耕地", "crime_land_arable_black", arable, on, figures),
    ]
    if prime and arable and not any(each.met for each in tests):
        note = "（永久基本农田与其他耕地合计，折算方法无规定，请人工判定）"
        summed = _test("耕地合计", prime + arable, figures.get("crime_land_arable"), note)
        # No text says how the two are weighed together: it may have to go, somebody decides.
        tests += [replace(each, sure=False) for each in summed]
    return tests


def _black(what: str, key: str, land: list[Land], on: date | None, figures: Figures) -> list[ThresholdTest]:
    """法释〔2025〕7号 holds for acts that ended from its day on; it does not reach back."""
    rows = [each for each in land if each.black_soil]
    tests = _test(f"黑土地{what}", rows, figures.get(key, None, on))
    limit = figures.get(f"{key}_m3", None, on)
    volume = sum((each.black_m3 for each in rows if each.black_m3 is not None), ZERO)
    if limit and volume:
        unproved = "" if all(each.destroyed for each in rows) else EXAMINE
        tests.append(ThresholdTest("land", f"黑土地{what}采挖量", volume, limit, volume, open=unproved))
    return tests


def _forest(facts: Facts, land: list[Land], figures: Figures) -> list[ThresholdTest]:
    """公益 and 商品林地, each and 折算 together; half where two penalties within two years went before."""
    rows = [each for each in land if each.land_class == FOREST]
    if not rows:
        return []
    years = figures.value("crime_land_forest_years")
    again = len(counting(facts, FARMLAND_KINDS, years)) >= figures.value("crime_repeat_count")
    share = figures.value("crime_land_forest_share") if again else Decimal(1)
    public = [each for each in rows if each.forest == PUBLIC]
    commercial = [each for each in rows if each.forest != PUBLIC]
    limits = [_share(figures.get(f"crime_land_forest_{kind}"), share) for kind in (PUBLIC, COMMERCIAL)]
    tests = [*_test("公益林地", public, limits[0]), *_test("商品林地", commercial, limits[1])]
    if public and commercial and not any(each.met for each in tests):
        tests += _converted(public, commercial, limits)
    return tests


def _share(limit: Figure, share: Decimal) -> Figure:
    return Figure(limit.key, limit.value * share, limit.unit, limit.article) if share != 1 else limit


def _converted(public: list[Land], commercial: list[Land], limits: list[Figure]) -> list[ThresholdTest]:
    """折算 by proportion: a 亩 of 公益林地 weighs as the two figures do (第（三）项)."""
    weight = limits[1].value / limits[0].value
    weighed = [Land(each.land_class, each.area * weight, destroyed=each.destroyed) for each in public]
    limit = Figure(limits[1].key, limits[1].value, "亩", "法释〔2023〕8号第一条第二款第（三）项")
    return _test("公益林地、商品林地折算合计", weighed + commercial, limit, "（折算为商品林地）")


def _grass(facts: Facts, land: list[Land], figures: Figures) -> list[ThresholdTest]:
    rows = [each for each in land if each.land_class == GRASS]
    again = rows and counting(facts, GRASSLAND, figures.value("crime_land_grass_years"))
    return _test("草原", rows, figures.get("crime_land_grass_repeat" if again else "crime_land_grass"))


def _transfer(facts: Facts, land: list[Land], figures: Figures) -> list[ThresholdTest]:
    """刑法 art 228 (法释〔2000〕14号 art 1): area by class, or 50万元 of gain; nothing need be destroyed."""
    kinds: dict[str, list[Land]] = {}
    for each in land:
        if each.area is not None and each.land_class is not None:
            kind = {PRIME: "prime", ARABLE: "arable", SOME_ARABLE: "arable"}.get(each.land_class, "other")
            kinds.setdefault(kind, []).append(Land(each.land_class, each.area, destroyed=True))
    words = {"prime": "永久基本农田", "arable": "其他耕地", "other": "其他土地"}
    tests = []
    for kind, rows in kinds.items():
        tests += _test(f"非法转让{words[kind]}", rows, figures.get(f"crime_transfer_{kind}"))
    if facts.income:
        limit = figures.get("crime_transfer_income")
        # What was gained by ore too has to be told apart first.
        mixed = any(is_mining(code) for code in facts.codes - tags())
        certain, note = (ZERO, "（其中采矿所得须另行认定）") if mixed else (facts.income, "")
        tests.append(ThresholdTest("land", "非法转让土地获利", facts.income, limit, certain, note=note))
    return tests
