"""应移送: a case's findings held against the law's figures; strictest where none is entered."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Standard
from cases.services import flags, investigation, suspicion
from tests.cases import making
from tests.cases.pages import at


def test_the_fallback_says_that_it_is_not_sure_and_why(cast):
    case = making.mined(cast, making.filed_case(cast), value="150000")
    (reason,) = suspicion.reasons_of(case)
    assert reason.sure is False
    assert "1288号" in reason.document
    assert "第三条第一款第（一）项" in reason.article


def test_a_provincial_figure_holds_and_the_nearest_region_wins(cast):
    case = making.mined(cast, making.filed_case(cast), value="160000")
    values = {"key": "crime_mining_value", "unit": "元", "document": "晋高法〔2026〕1号", "sure": True}
    since = {"valid_from": date(2026, 1, 1)}
    Standard.objects.create(**values, **since, region_id="140000", value=200000)
    assert suspicion.reasons_of(case) == []
    Standard.objects.create(**values, **since, region_id="141100", value=150000)
    (reason,) = suspicion.reasons_of(case)
    assert (reason.document, reason.sure) == ("晋高法〔2026〕1号", True)


def test_land_figures_are_national_and_no_province_sets_them(cast):
    values = {"key": "crime_land_arable", "unit": "亩", "document": "晋高法〔2026〕1号", "sure": True}
    Standard.objects.create(**values, region_id="140000", value=30, valid_from=date(2026, 1, 1))
    case = making.occupied(cast, making.filed_case(cast), area="12", destroyed=True)
    (reason,) = suspicion.reasons_of(case)
    assert (reason.sentence, reason.sure) == ("其他耕地12亩，达到10亩", True)


def test_the_page_calls_a_stand_in_one_and_a_national_figure_fixed(cast, sign_in):
    """自然资办函〔2021〕1288号五: 法释〔2025〕7号 holds for black soil everywhere"""
    client, stand_in, fixed = sign_in(cast.handler), "以本省为准", "土地的标准全国统一"
    mined = making.mined(cast, making.filed_case(cast), value="150000")
    land = making.filed_case(cast, violations=["T21"])
    land = investigation.amend_case(by=cast.handler, case=land, act_ended_on=making.ago(30))
    land = making.occupied(cast, land, area="7", black_soil=True, destroyed=True)
    for case, words in ((mined, (True, False)), (land, (False, True))):
        page = client.get(at(case, "propose_referral")).content.decode()
        assert (stand_in in page, fixed in page) == words


def test_a_case_gives_its_reasons(cast):
    case = making.mined(cast, making.filed_case(cast), value="90000", income="120000")
    reasons = suspicion.reasons_of(case)
    assert [one.sentence for one in reasons] == ["矿产品价值120,000元，达到100,000元"]
    assert "must_refer" in case.flags


def test_a_special_area_halves_the_figure(cast):
    case = making.mined(cast, making.filed_case(cast), value="60000")
    assert "must_refer" not in case.flags
    case = making.mined(cast, case, value="60000", special_areas=["plan_area"])
    assert "must_refer" in case.flags


@pytest.mark.parametrize(("code", "due"), [("K21", True), ("K31", True), ("K11", False)])
def test_only_where_ore_is_taken_without_a_right_does_its_value_count(cast, code, due):
    """法释〔2016〕25号第二条、第三条"""
    case = making.filed_case(cast)
    case.violations.update(code=code)
    assert ("must_refer" in making.mined(cast, case, value="200000").flags) is due


def test_what_an_unlicensed_miner_destroyed_is_held_against_article_3(cast):
    """法释〔2016〕25号第三条第一款第（一）项: 或者造成矿产资源破坏的价值"""
    case = making.mined(cast, making.filed_case(cast), destroyed_value=Decimal(120000))
    assert "must_refer" in case.flags


def test_several_classes_below_their_own_figure_are_summed_and_left_to_a_person(cast):
    """法释〔2000〕14号第三条 says nothing of a sum of 永久基本农田 and other 耕地"""
    case = making.filed_case(cast)
    rows = [("prime_farmland", "4"), ("arable", "6.5")]
    case = making.investigation.record_land_finding(
        by=cast.handler,
        case=case,
        happened_on=making.ago(1),
        rows=[{"land_class": code, "area": Decimal(area), "destroyed": True} for code, area in rows],
    )
    assert case.flags == ["suspect_referral"]


def test_area_alone_has_to_be_examined_and_where_the_soil_was_not_ruined_is_no_crime(cast):
    """法释〔2000〕14号第三条: 种植条件严重毁坏"""
    case = making.occupied(cast, making.filed_case(cast), area="12", destroyed=True)
    assert "must_refer" in case.flags
    case = making.occupied(cast, case, area="12")
    assert not {"must_refer", "near_referral"} & set(case.flags)
    assert ("须鉴定种植条件", "amber") in flags.words(case)
    case = making.occupied(cast, case, area="12", destroyed=False)
    assert not {"must_refer", "examine_land"} & set(case.flags)


def test_near_the_figure_the_case_says_so(cast):
    case = making.mined(cast, making.filed_case(cast), value="85000")
    assert "near_referral" in case.flags
    assert "near_referral" not in making.mined(cast, case, value="79000").flags
