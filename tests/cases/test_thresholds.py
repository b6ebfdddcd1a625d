"""应移送: the figures of the law against recorded vectors; strictest where none is entered."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from accounts.models import Standard
from cases.services import suspicion, thresholds
from tests.cases import making

VECTORS = json.loads((Path(__file__).parent.parent / "data" / "vectors.json").read_text("utf-8"))
MINING = [v for v in VECTORS["money"] if v["rule"].startswith("法释25号 最严标准")]
DESTROYED = [v for v in VECTORS["money"] if v["rule"].startswith("法释25号第6条")]
LAND = [v for v in VECTORS["money"] if v["rule"].startswith("刑法342")]
CLASSES = {
    "永久基本农田": ("prime_farmland", False),
    "黑土永久基本农田": ("prime_farmland", True),
    "其他黑土": ("arable", True),
}


def test_there_are_vectors():
    assert (len(MINING), len(DESTROYED), len(LAND)) == (3, 2, 3)


@pytest.mark.parametrize("vector", MINING, ids=lambda v: f"{v['value']}-{v['special']}")
def test_value_of_what_was_mined(db, vector):
    reason = thresholds.mining_value(Decimal(vector["value"]), vector["special"])
    assert bool(reason) is vector["refer"]
    assert reason.specially_serious is vector["especially_serious"]


@pytest.mark.parametrize("vector", DESTROYED, ids=lambda v: str(v["destroyed_value"]))
def test_value_destroyed(db, vector):
    reason = thresholds.destroyed_value(Decimal(vector["destroyed_value"]), vector["special"])
    assert bool(reason) is vector["refer"]


@pytest.mark.parametrize("vector", LAND, ids=lambda v: v["land"])
def test_area_of_farmland(db, vector):
    land_class, black = CLASSES[vector["land"]]
    reason = thresholds.farmland(land_class, Decimal(str(vector["mu"])), black)
    assert bool(reason) is vector["area_threshold_met"]


@pytest.mark.parametrize(
    ("value", "special", "refer"),
    [("99999.99", False, False), ("49999.99", True, False), ("100000", False, True)],
)
def test_the_figure_itself_is_reached_a_cent_less_is_not(db, value, special, refer):
    assert bool(thresholds.mining_value(Decimal(value), special)) is refer


@pytest.mark.parametrize(
    ("land_class", "area", "refer"),
    [
        ("prime_farmland", "5", True),
        ("arable", "9.9999", False),
        ("arable", "10", True),
        ("forest", "5", True),
        ("construction", "500", False),
    ],
)
def test_classes_of_land(db, land_class, area, refer):
    assert bool(thresholds.farmland(land_class, Decimal(area))) is refer


def test_the_fallback_says_that_it_is_not_sure_and_why(db):
    reason = thresholds.mining_value(Decimal(150000), False)
    assert reason.sure is False
    assert "1288号" in reason.document
    assert "第三条第一款第（一）项" in reason.article


def test_a_provincial_figure_holds_from_its_day_on_and_the_nearest_region_wins(cast):
    values = {"key": "crime_mining_value", "unit": "元", "document": "晋高法〔2026〕1号", "sure": True}
    Standard.objects.create(**values, region_id="140000", value=200000, valid_from=date(2026, 1, 1))
    Standard.objects.create(**values, region_id="141100", value=150000, valid_from=date(2026, 6, 1))
    at = lambda value, on: thresholds.mining_value(Decimal(value), False, "141122", on)  # noqa: E731
    assert at(120000, date(2025, 12, 31))
    assert not at(120000, date(2026, 3, 1))
    assert at(200000, date(2026, 3, 1)).document == "晋高法〔2026〕1号"
    assert at(160000, date(2026, 7, 1)).sure


def test_a_case_gives_its_reasons(cast):
    case = making.mined(cast, making.filed_case(cast), value="90000", income="120000")
    reasons = suspicion.reasons_of(case)
    assert [one.sentence for one in reasons] == ["矿产品价值120,000元，达到100,000元"]
    assert "must_refer" in case.flags


def test_a_special_area_halves_the_figure(cast):
    case = making.mined(cast, making.filed_case(cast), value="60000")
    assert "must_refer" not in case.flags
    case = making.mined(cast, case, value="60000", special=True)
    assert "must_refer" in case.flags


def test_several_classes_below_their_own_figure_are_summed(cast):
    case = making.filed_case(cast)
    rows = [("prime_farmland", "4"), ("arable", "6.5")]
    case = making.investigation.record_land_finding(
        by=cast.handler,
        case=case,
        happened_on=making.ago(1),
        rows=[{"land_class": code, "area": Decimal(area)} for code, area in rows],
    )
    assert "must_refer" in case.flags


def test_where_the_soil_was_not_ruined_the_area_alone_is_no_crime(cast):
    case = making.occupied(cast, making.filed_case(cast), area="12", destroyed=False)
    assert "must_refer" not in case.flags
    assert "must_refer" in making.occupied(cast, case, area="12").flags
