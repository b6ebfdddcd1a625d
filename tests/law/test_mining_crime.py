"""When unlawful mining must go to public security (刑法 343, 法释〔2016〕25号)."""

from datetime import date
from decimal import Decimal

import pytest

from law.figures import SEEDED, Figure, objection
from tests.law.making import asked_for, codes, findings, miner, one

SENT = {"referred": True}
MINING_KEY = "crime_mining_value"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("79999.99", set()),
        (80000, {"NEAR_REFERRAL"}),
        ("99999.99", {"NEAR_REFERRAL"}),
        (100000, {"MUST_REFER"}),
        ("499999.99", {"MUST_REFER"}),
        (500000, {"MUST_REFER", "ESPECIALLY_SERIOUS"}),
    ],
)
def test_value_against_the_figure(value, found):
    """法释〔2016〕25号第三条第一款第（一）项、第二款"""
    known = {"MUST_REFER", "NEAR_REFERRAL", "ESPECIALLY_SERIOUS", "SUSPECT_REFERRAL"}
    assert codes(**miner(value=value)) & known == found


def test_the_sentence_names_the_stand_in_as_such():
    """自然资办函〔2021〕1288号五"""
    finding = one("MUST_REFER", **miner(value=150000))
    assert "1288号五" in finding.because
    assert finding.article == "法释〔2016〕25号第三条第一款第（一）项"
    assert finding.figures[0]["sure"] is False


@pytest.mark.parametrize("code", ["K21", "K22", "K23", "K24", "K25", "K31"])
def test_destroyed_value_of_an_unlicensed_miner_counts_by_article_three(code):
    """法释〔2016〕25号第三条第一款第（一）项：或者造成矿产资源破坏的价值"""
    assert "MUST_REFER" in codes(**miner(code=code, value=1000, destroyed_value=100000))


def test_destructive_mining_has_article_six_alone():
    """法释〔2016〕25号第六条"""
    assert "MUST_REFER" not in codes(**miner(code="K32", value=9_000_000, destroyed_value=499_999))
    assert "MUST_REFER" in codes(**miner(code="K32", destroyed_value=500_000))
    assert "ESPECIALLY_SERIOUS" not in codes(**miner(code="K32", destroyed_value=5_000_000))


@pytest.mark.parametrize(
    ("code", "destructive", "found"),
    [
        ("K32", None, {"MUST_REFER"}),
        ("K32", True, {"MUST_REFER"}),
        ("K32", False, set()),
        ("K33", None, {"SUSPECT_REFERRAL"}),
        ("K33", True, {"MUST_REFER"}),
        ("K33", False, set()),
    ],
)
def test_article_six_asks_for_a_destructive_method(code, destructive, found):
    """法释〔2016〕25号第六条、第十四条: identified as not destructive, it is out"""
    line = miner(code=code, destroyed_value=500_000, destructive=destructive)
    assert codes(**line) & {"MUST_REFER", "SUSPECT_REFERRAL", "NEAR_REFERRAL"} == found


def test_nearly_the_figure_of_article_six_is_nothing_without_its_method():
    """法释〔2016〕25号第六条、第十四条"""
    assert "NEAR_REFERRAL" in codes(**miner(code="K32", destroyed_value=450_000))
    assert "NEAR_REFERRAL" not in codes(**miner(code="K32", destroyed_value=450_000, destructive=False))


@pytest.mark.parametrize("violations", [["K26", "K32"], ["K21", "K32"]])
def test_each_violation_is_judged_by_its_own_tests(violations):
    """法释〔2016〕25号第三条、第六条: one that isn't settled, or another, takes no test from K32"""
    line = miner(destroyed_value=500_000, value=1000) | {"violation": violations}
    assert "第六条" in one("MUST_REFER", **line).article
    assert "MUST_REFER" not in codes(**(line | {"violation": ["K26"]}))
    # Not by a destructive method: what is left is each other violation's own test.
    other = codes(**line, destructive=False) & {"MUST_REFER", "SUSPECT_REFERRAL"}
    assert other == ({"MUST_REFER"} if "K21" in violations else {"SUSPECT_REFERRAL"})


def test_each_batch_says_itself_whether_it_is_estimated_and_where_it_was_mined():
    """法释〔2016〕25号第十三条、第三条第一款第（二）项"""
    sold, left = {"income": 60_000}, {"value": 50_000, "estimated": True}
    assert "SUSPECT_REFERRAL" in codes(**miner(batches=[sold, left]))
    assert "MUST_REFER" in codes(**miner(batches=[sold, {**left, "estimated": False}]))
    here, there = {"value": 30_000}, {"value": 49_999, "special_area": ["禁采区"]}
    assert "MUST_REFER" not in codes(**miner(batches=[here, there]))
    assert "MUST_REFER" in codes(**miner(batches=[here, {**there, "value": 50_000}]))


@pytest.mark.parametrize("code", ["K11", "K12", "K13", "K14", "K41", "K42", "K51", "K61", "K64"])
def test_other_violations_have_no_test_of_value(code):
    """法释〔2016〕25号第二条、第三条、第六条"""
    line = miner(code=code, value=9_000_000, destroyed_value=9_000_000, eco_damage=True)
    assert "MUST_REFER" not in codes(**line)


@pytest.mark.parametrize("code", ["K26", "K33"])
def test_unsettled_violations_are_suspected_never_stated(code):
    """法释〔2016〕25号第二条"""
    found = codes(**miner(code=code, value=9_000_000, destroyed_value=9_000_000))
    assert "SUSPECT_REFERRAL" in found
    assert "MUST_REFER" not in found


def test_batches_are_valued_each_and_then_summed():
    """法释〔2016〕25号第十三条：已销售的按销赃数额，未销售的按价值"""
    sold_and_not = [{"income": 60000, "value": 50000}, {"value": 45000}]
    assert "MUST_REFER" in codes(**miner(batches=sold_and_not))
    assert one("MUST_REFER", **miner(batches=sold_and_not)).figures[0]["amount"] == 105000
    # The larger of the two totals, 95,000, would have passed it by.
    assert "MUST_REFER" not in codes(**miner(value=95000, illegal_income=60000))


def test_a_batch_without_worth_is_unknown_not_zero():
    assert "MUST_REFER" not in codes(**miner(batches=[{"v": 300, "u": "吨"}, {"value": 50000}]))
    assert "value" in asked_for(**miner(batches=[{"v": 300, "u": "吨"}, {"value": 50000}]))
    assert "MUST_REFER" in codes(**miner(batches=[{"v": 300, "u": "吨"}, {"value": 100000}]))


def test_unpunished_acts_of_two_years_add_up():
    """法释〔2016〕25号第八条"""
    earlier = {"date": "2023-08-01", "value": 40000}
    assert "MUST_REFER" in codes(**miner(value=60000, unpunished=[earlier]))
    assert "MUST_REFER" not in codes(**miner(value=60000, unpunished=[{**earlier, "date": "2023-07-31"}]))


def test_a_protected_mineral_limits_its_own_part_alone():
    """法释〔2016〕25号第三条第一款第（二）项"""
    parts = [{"value": 40000, "mineral": "钨"}, {"value": 30000, "mineral": "砂岩"}]
    assert "MUST_REFER" not in codes(**miner(batches=parts))
    assert "MUST_REFER" in codes(**miner(batches=[{"value": 50000, "mineral": "钨"}, *parts[1:]]))


@pytest.mark.parametrize("mineral", ["钨", "锑矿", "离子型稀土", "锡", "金矿"])
def test_protected_minerals(mineral):
    """法释〔2016〕25号第三条第一款第（二）项"""
    assert "MUST_REFER" in codes(**miner(mineral=mineral, value=50000))


def test_rare_earth_is_protected_only_as_ion_type():
    assert "MUST_REFER" not in codes(**miner(mineral="镧", value=60000))
    assert "MUST_REFER" not in codes(**miner(mineral="稀土", value=60000))
    assert "mineral" in asked_for(**miner(mineral="稀土", value=60000))


AREAS = ["国家规划矿区", "对国民经济具有重要价值的矿区", "禁采区", "禁采期"]


@pytest.mark.parametrize("area", AREAS)
def test_every_special_area_counts_for_article_three(area):
    """法释〔2016〕25号第三条第一款第（二）项"""
    assert "MUST_REFER" in codes(**miner(special_area=area, value=50000))
    assert "MUST_REFER" not in codes(**miner(special_area=area, value="49999.99"))


@pytest.mark.parametrize(("area", "refer"), [("是", True), (True, True), ("否", False), ([], False)])
def test_a_special_area_may_be_said_with_yes_or_no(area, refer):
    """法释〔2016〕25号第三条第一款第（二）项"""
    assert ("MUST_REFER" in codes(**miner(special_area=area, value=50000))) == refer


@pytest.mark.parametrize(("area", "refer"), list(zip(AREAS, [True, True, False, False], strict=True)))
def test_of_special_areas_article_six_knows_two(area, refer):
    """法释〔2016〕25号第六条"""
    found = codes(**miner(code="K32", special_area=[area], destroyed_value=250_000))
    assert ("MUST_REFER" in found) == refer


def test_a_protected_mineral_halves_the_figure_of_article_six():
    """法释〔2016〕25号第六条"""
    assert "MUST_REFER" in codes(**miner(code="K32", mineral="钨", destroyed_value=250_000))


def test_grave_harm_to_the_environment_is_enough():
    """法释〔2016〕25号第三条第一款第（四）项"""
    assert one("MUST_REFER", **miner(value=1, eco_damage=True)).article.endswith("第（四）项")


def penalties(*days, what="illegal_mining"):
    return [{"date": day, "for": what} for day in days]


@pytest.mark.parametrize(
    ("days", "repeated"),
    [
        (("2023-08-01", "2025-07-01"), True),
        (("2023-07-31", "2025-07-01"), False),
        (("2025-07-01",), False),
        (("2025-07-01", "2025-07-15"), False),
    ],
)
def test_two_penalties_within_two_years_to_the_day(days, repeated):
    """法释〔2016〕25号第三条第一款第（三）项: back from the new act, which began on 2025-07-15"""
    line = miner(value=1, acts_from="2025-07-15", prior_penalties=penalties(*days))
    assert ({"REPEAT_OFFENDER", "MUST_REFER"} <= codes(**line)) == repeated


@pytest.mark.parametrize("what", ["illegal_land", "illegal_farmland", "illegal_grassland", "other"])
def test_only_penalties_for_illegal_mining_count(what):
    """法释〔2016〕25号第三条第一款第（三）项"""
    line = miner(value=1, prior_penalties=penalties("2025-01-01", "2025-02-01", what=what))
    assert not {"REPEAT_OFFENDER", "MUST_REFER"} & codes(**line)


def test_revoked_and_unserved_penalties_do_not_count():
    rows = penalties("2025-01-01", "2025-02-01")
    for mark in ({"revoked": True}, {"served": False}):
        line = miner(value=1, prior_penalties=[rows[0], {**rows[1], **mark}])
        assert "REPEAT_OFFENDER" not in codes(**line)


def test_a_land_case_is_no_repetition_of_illegal_mining():
    line = miner(code="T11", prior_penalties=penalties("2025-01-01", "2025-02-01"))
    assert "REPEAT_OFFENDER" not in codes(**line)


def test_an_estimate_is_suspected_and_a_finding_settles_it():
    """法释〔2016〕25号第十三条"""
    assert codes(**miner(value=150000, value_estimated=True)) & {"MUST_REFER", "SUSPECT_REFERRAL"} == {
        "SUSPECT_REFERRAL"
    }
    assert "MUST_REFER" in codes(**miner(value=150000))
    assert not {"MUST_REFER", "SUSPECT_REFERRAL"} & codes(**miner(value=70000))
    # Proceeds are no estimate.
    assert "MUST_REFER" in codes(**miner(value=150000, illegal_income=100000, value_estimated=True))


def test_an_estimate_is_never_called_especially_serious():
    """法释〔2016〕25号第三条第二款、第十三条: 先认定"""
    known = {"MUST_REFER", "SUSPECT_REFERRAL", "ESPECIALLY_SERIOUS"}
    guessed = miner(value=900_000, value_estimated=True)
    assert codes(**guessed) & known == {"SUSPECT_REFERRAL"}
    assert "特别严重的数额，请先认定" in one("SUSPECT_REFERRAL", **guessed).because
    # Certain is what was sold: enough to be sent, and five times only with what is guessed.
    partly = miner(value=900_000, illegal_income=499_999, value_estimated=True)
    assert codes(**partly) & known == {"MUST_REFER"}
    assert "特别严重的数额，请先认定" in one("MUST_REFER", **partly).because
    proved = miner(value=900_000, illegal_income=500_000, value_estimated=True)
    assert codes(**proved) & known == {"MUST_REFER", "ESPECIALLY_SERIOUS"}
    assert "特别严重" not in one("MUST_REFER", **proved).because
    assert "特别严重" not in one("MUST_REFER", **miner(value=150_000)).because


@pytest.mark.parametrize(
    "gone",
    [
        {"referred": True},
        {"not_referred": True},
        {"dates": {"filed": "2025-08-02", "referred": "2025-08-03"}},
        {"dates": {"filed": "2025-08-02", "police_filed": "2025-08-03"}},
        {"dates": {"filed": "2025-08-02", "police_declined": "2025-08-03"}},
    ],
)
def test_what_was_sent_or_refused_in_writing_need_not_be_sent(gone):
    """国务院令第310号第五条"""
    assert "MUST_REFER" not in codes(**miner(value=150000, **gone))


def test_a_referral_of_tomorrow_has_not_been_sent_today():
    line = miner(value=150000, referred=True, dates={"filed": "2025-08-02", "referred": "2025-08-20"})
    assert "MUST_REFER" in codes(as_of=date(2025, 8, 19), **line)
    assert "MUST_REFER" not in codes(as_of=date(2025, 8, 20), **line)


def test_closed_while_it_must_go():
    """自然资源行政处罚办法第四十六条第二款"""
    closed = codes(**miner(value=150000, closing="执行完毕"))
    assert {"MUST_REFER", "CLOSED_WITHOUT_REFERRAL"} <= closed
    assert "CLOSED_WITHOUT_REFERRAL" not in codes(**miner(value=150000, closing="执行完毕", referred=True))


def province(value, **more):
    row = Figure(
        MINING_KEY, Decimal(value), "元", "法释〔2016〕25号第十五条", region="140000", document="示例文号"
    )
    return SEEDED.joined([Figure(**{**{f: getattr(row, f) for f in row.__slots__}, **more})])


def test_a_province_with_a_figure_of_its_own():
    """法释〔2016〕25号第十五条"""
    figures = province(200_000)
    assert "MUST_REFER" not in codes(figures, **miner(value=150_000))
    assert "MUST_REFER" in codes(figures, **miner(value=200_000))
    assert "MUST_REFER" in codes(figures, county="510129", **miner(value=150_000))


def test_a_figure_holds_from_its_day():
    figures = province(200_000, since=date(2026, 1, 1))
    assert "MUST_REFER" in codes(figures, as_of=date(2025, 12, 31), **miner(value=150_000))
    assert "MUST_REFER" not in codes(figures, as_of=date(2026, 1, 1), **miner(value=150_000))


def test_a_province_stays_inside_the_band():
    """法释〔2016〕25号第三条、第十五条"""
    row = Figure(MINING_KEY, Decimal(350_000), "元", "x", region="140000", document="示例文号")
    assert "幅度" in objection(row)


def test_only_mining_has_a_stand_in_figure():
    """自然资办函〔2021〕1288号五"""
    assert {row.key for row in SEEDED.rows() if row.fallback} == {
        "crime_mining_value",
        "crime_mining_value_special",
        "crime_destroyed_value",
        "crime_destroyed_value_special",
    }


def test_unknown_is_not_zero():
    """What is not known is asked for, where it matters, and never counts as nothing."""
    line = miner()
    line.pop("destroyed_value")
    assert {"value", "destroyed_value", "illegal_income"} <= asked_for(**line)
    assert "MUST_REFER" not in codes(**line)
    assert not asked_for(**miner(value=0, illegal_income=0))


def test_it_is_not_asked_for_what_changes_nothing():
    assert asked_for(**miner(code="K64", mineral="砂岩", refused_correct=True)) == set()


LATE = [
    ("2025-08-01T10:00", "2025-08-02T10:00", False),
    ("2025-08-01T10:00", "2025-08-02T10:01", True),
    ("2025-08-01T10:00", "2025-08-02", False),
    ("2025-08-01T10:00", "2025-08-03", True),
    ("2025-08-01", "2025-08-02", False),
    ("2025-08-01", "2025-08-02T23:59", False),
    ("2025-08-01", "2025-08-03", True),
    ("2025-08-01", "2025-08-03T00:10", True),
]


@pytest.mark.parametrize(("approved", "sent", "late"), LATE)
def test_sent_within_24_hours_by_the_latest_reading(approved, sent, late):
    """国务院令第310号第五条第二款"""
    dates = {"filed": "2025-07-30", "referral_approved": approved, "referred": sent}
    assert ("REFERRED_LATE" in codes(**miner(value=150000, dates=dates))) == late


def test_findings_come_with_the_worst_first():
    levels = [each.level for each in findings(**miner(value=500_000))]
    assert levels == sorted(levels, key=["block", "warn", "info"].index)
