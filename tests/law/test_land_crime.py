"""When occupying or selling land must go to public security (刑法 342, 228)."""

import pytest

from law.facts import Land
from law.figures import SEEDED, Figure, objection
from tests.law.making import asked_for, codes, findings, one

PRIME, ARABLE = "永久基本农田", "耕地（非永久基本农田）"


def farm(land_class=PRIME, ended="2025-08-01", code="T21", **land):
    piece = {"class": land_class, "destroyed": True, "black_soil": False, **land}
    return {"violation": code, "acts_ended": ended, "land": [piece], "unpunished": [], "prior_penalties": []}


@pytest.mark.parametrize(
    ("land_class", "mu", "refer"),
    [
        (PRIME, "4.99", False),
        (PRIME, 5, True),
        (ARABLE, "9.99", False),
        (ARABLE, 10, True),
        ("园地", 100, False),
    ],
)
def test_farmland_to_the_hundredth_of_a_mu(land_class, mu, refer):
    """法释〔2000〕14号第三条"""
    assert ("MUST_REFER" in codes(**farm(land_class, area_mu=mu))) == refer


@pytest.mark.parametrize(("m2", "refer"), [("3333.33", True), ("3333.32", False), ("3333.34", True)])
def test_square_metres_to_the_hundredth(m2, refer):
    """法释〔2000〕14号第三条：5亩即3333.33平方米"""
    assert ("MUST_REFER" in codes(**farm(area_m2=m2))) == refer


@pytest.mark.parametrize(("mu", "near"), [("3.99", False), (4, True), ("4.99", True), (5, False)])
def test_near_the_area(mu, near):
    assert ("NEAR_REFERRAL" in codes(**farm(area_mu=mu))) == near


def test_area_alone_says_that_the_soil_must_be_examined():
    """法释〔2000〕14号第三条第（二）项"""
    line = farm(area_mu=6, destroyed=None)
    assert not {"MUST_REFER", "SUSPECT_REFERRAL"} & codes(**line)
    (asked,) = [each for each in findings(**line) if each.figures == ({"fact": "land.destroyed"},)]
    assert "须鉴定种植条件" in asked.because
    assert "MUST_REFER" not in codes(**farm(area_mu=6, destroyed=False))


def test_a_case_without_its_land_class_asks_for_it():
    line = {
        "violation": "T11",
        "land": [{"area_m2": "11598.24", "destroyed": True}],
        "acts_ended": "2025-08-01",
    }
    assert "land.class" in asked_for(**line)
    assert "MUST_REFER" not in codes(**line)


BLACK = [
    (PRIME, {"area_mu": 3}, "2025-05-06", True),
    (PRIME, {"area_mu": 3}, "2025-05-05", False),
    (PRIME, {"area_mu": 5}, "2025-05-05", True),
    (PRIME, {"area_mu": "2.99"}, "2025-05-06", False),
    (ARABLE, {"area_mu": 6}, "2025-05-06", True),
    (ARABLE, {"area_mu": 6}, "2025-05-05", False),
    (PRIME, {"area_mu": 1, "black_soil_m3": 500}, "2025-05-06", True),
    (PRIME, {"area_mu": 1, "black_soil_m3": 500}, "2025-05-05", False),
    (PRIME, {"area_mu": 1, "black_soil_m3": 499}, "2025-05-06", False),
    (ARABLE, {"area_mu": 1, "black_soil_m3": 1000}, "2025-05-06", True),
    (ARABLE, {"area_mu": 1, "black_soil_m3": 999}, "2025-05-06", False),
]


@pytest.mark.parametrize(("land_class", "land", "ended", "refer"), BLACK)
def test_black_soil_by_area_and_by_volume_from_its_day(land_class, land, ended, refer):
    """法释〔2025〕7号；高检发释字〔2001〕5号三: the stricter one does not reach back"""
    assert ("MUST_REFER" in codes(**farm(land_class, ended, black_soil=True, **land))) == refer


def forest(*pieces, **more):
    land = [{"class": "林地", "destroyed": True, "forest": kind, "area_mu": mu} for kind, mu in pieces]
    return {"violation": "T21", "acts_ended": "2025-08-01", "land": land, **more}


@pytest.mark.parametrize(
    ("pieces", "refer"),
    [
        ((("public", 5),), True),
        ((("public", "4.99"),), False),
        ((("commercial", 10),), True),
        ((("commercial", "9.99"),), False),
        ((("public", 2), ("commercial", 6)), True),
        ((("public", 2), ("commercial", "5.98")), False),
    ],
)
def test_forest_by_kind_and_converted_together(pieces, refer):
    """法释〔2023〕8号第一条第二款第（一）至（三）项"""
    assert ("MUST_REFER" in codes(**forest(*pieces))) == refer


def test_forest_of_unknown_kind_is_asked_for():
    assert "land.forest" in asked_for(**forest((None, 6)))
    assert "MUST_REFER" not in codes(**forest((None, 6)))


def test_half_of_the_forest_after_two_penalties():
    """法释〔2023〕8号第一条第二款第（四）项"""
    rows = [{"date": day, "for": "illegal_farmland"} for day in ("2024-01-01", "2024-06-01")]
    assert "MUST_REFER" in codes(**forest(("public", "2.5"), prior_penalties=rows))
    assert "MUST_REFER" not in codes(**forest(("public", "2.5"), prior_penalties=rows[:1]))
    other = [{**row, "for": "illegal_land"} for row in rows]
    assert "MUST_REFER" not in codes(**forest(("public", "2.5"), prior_penalties=other))


def grass(mu, *days, what="illegal_grassland"):
    priors = [{"date": day, "for": what} for day in days]
    return farm("草地", area_mu=mu) | {"prior_penalties": priors}


def test_grassland():
    """法释〔2012〕15号第二条第一款"""
    assert "MUST_REFER" in codes(**grass(20))
    assert "MUST_REFER" not in codes(**grass("19.99"))
    assert "MUST_REFER" in codes(**grass(10, "2022-08-01"))
    assert "MUST_REFER" not in codes(**grass(10, "2022-07-31"))
    assert "MUST_REFER" not in codes(**grass(10, "2025-01-01", what="illegal_land"))


def test_unpunished_acts_of_one_year_add_up():
    """法释〔2000〕14号第九条"""
    earlier = {"date": "2024-08-01", "land": [{"class": PRIME, "area_mu": 2}]}
    line = farm(area_mu=3)
    assert "MUST_REFER" in codes(**{**line, "unpunished": [earlier]})
    assert "MUST_REFER" not in codes(**{**line, "unpunished": [{**earlier, "date": "2024-07-31"}]})
    assert "MUST_REFER" in codes(**{**line, "unpunished": [{"date": "2025-01-01", "land": 2}]})


def test_unpunished_grassland_has_no_year():
    """法释〔2012〕15号第六条"""
    earlier = {"date": "2015-01-01", "land": [{"class": "草地", "area_mu": 5}]}
    assert "MUST_REFER" in codes(**{**grass(15), "unpunished": [earlier]})


def test_unpunished_forest_adds_up():
    """法释〔2023〕8号第九条: 多次实施，未经处理的，数量累计计算"""
    earlier = {"date": "2015-01-01", "land": [{"class": "林地", "forest": "public", "area_mu": 2}]}
    assert "MUST_REFER" not in codes(**forest(("public", 3)))
    assert "MUST_REFER" in codes(**forest(("public", 3), unpunished=[earlier]))


def test_mixed_farmland_is_summed_and_left_to_a_person():
    """法释〔2000〕14号第三条: no weighting found, the sum is held against ten 亩"""
    line = farm(area_mu="4.5")
    line["land"].append({"class": ARABLE, "area_mu": "5.5", "destroyed": True})
    (found,) = [each for each in findings(**line) if each.code in ("MUST_REFER", "SUSPECT_REFERRAL")]
    assert found.code == "SUSPECT_REFERRAL"
    assert "人工判定" in found.because


@pytest.mark.parametrize(
    ("land_class", "mu", "refer"),
    [
        (PRIME, 5, True),
        (PRIME, "4.99", False),
        (ARABLE, 10, True),
        ("建设用地", 20, True),
        ("建设用地", "19.99", False),
    ],
)
def test_selling_land(land_class, mu, refer):
    """刑法第二百二十八条；法释〔2000〕14号第一条: nothing need be destroyed"""
    line = farm(land_class, code="T31", area_mu=mu, destroyed=False)
    assert ("MUST_REFER" in codes(**line)) == refer


def test_gain_from_selling_land():
    """法释〔2000〕14号第一条第（四）项"""
    assert "MUST_REFER" in codes(violation="T31", illegal_income=500_000, land=[])
    assert "MUST_REFER" not in codes(violation="T31", illegal_income="499999.99", land=[])


def test_gain_from_ore_is_no_gain_from_selling_land_until_told_apart():
    """法释〔2000〕14号第一条第（四）项: each violation by its own figure"""
    line = {"violations": ["T31", "K41"], "illegal_income": 500_000, "land": []}
    assert {"MUST_REFER", "SUSPECT_REFERRAL"} & codes(**line) == {"SUSPECT_REFERRAL"}
    assert "采矿所得须另行认定" in one("SUSPECT_REFERRAL", **line).because


def test_one_act_may_reach_both_by_ore_and_by_land():
    line = farm(area_mu=6) | {"violation": None, "violations": ["K21", "T21"], "value": 150_000}
    (found,) = [each for each in findings(**line) if each.code == "MUST_REFER"]
    assert {row["key"] for row in found.figures} == {"crime_mining_value", "crime_land_prime"}


def test_land_figures_are_national_and_say_so():
    """法释〔2000〕14号第三条"""
    row = Figure(
        "crime_land_prime", SEEDED.value("crime_land_prime") * 2, "亩", "x", region="140000", document="y"
    )
    assert "全国统一" in objection(row)
    assert "全国统一标准" in SEEDED.get("crime_land_prime").provenance
    assert SEEDED.joined([row]).value("crime_land_prime", "140000") == 5


def test_a_piece_of_land_is_unknown_until_said():
    assert Land().destroyed is None
