"""标准: the law's own figures on the page, an office's own beside them, and what no office may enter."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts import standards as registry
from accounts.models import Agency, Clock, Region, Standard, TrailEntry
from accounts.services import clocks, standards
from cases.assessing.figures import figures_in_force
from cases.models import PastFinding
from cases.services import past_reviews
from cases.terms import POLICE_ANSWER
from common.errors import Refused
from law.figures import SEEDS
from law.findings import assess
from law.shipped import calendar
from tests.cases import making
from tests.cases.test_past_reviews import SERIOUS, lines
from tests.law.making import facts_of

URL = "/accounts/standards/"
KEY = "crime_mining_value"


def record(cast, value, key=KEY, region="140000", since=date(2024, 1, 1), **more):
    """One row of the province, by the county's system administrator."""
    return standards.record_standard(
        by=cast.system_admin,
        agency=cast.county,
        key=key,
        value=Decimal(value),
        region=cast.regions[region] if region else None,
        valid_from=since,
        document="晋高法〔2024〕1号",
        **more,
    )


def test_every_figure_of_the_law_is_a_kind_with_its_own_rows():
    for seed in SEEDS:
        kind = registry.REGISTRY[seed.key]
        assert any(row.value == seed.value and row.article == seed.article for row in kind.own), seed.key


def test_the_page_shows_them_with_article_place_days_and_how_sure(cast, sign_in):
    page = sign_in(cast.chief).get(URL).content.decode()
    for words in (
        "移送标准",
        "罚款幅度",
        "期限和程序",
        "代用",
        "全国统一",
        "待核实",
        "2024-04-30",
    ):
        assert words in page, words
    assert "法释〔2016〕25号第三条第一款第（一）项" in page


def test_another_provinces_figures_stand_on_no_screen_of_ours(cast, sign_in):
    page = sign_in(cast.chief).get(URL).content.decode()
    assert "渝高法" not in page and "川自然资办函" not in page and "山东省实施" not in page
    sichuan = Region.objects.create(code="510000", name="四川省", level="province")
    Agency.objects.filter(pk=cast.county.pk).update(region=sichuan)
    assert "川自然资办函〔2021〕203号" in sign_in(cast.chief).get(URL).content.decode()


def listed(client, **asked) -> set[str]:
    return {row.document for row in client.get(URL, asked).context["standards"]}


def test_each_sees_what_holds_for_their_place_and_what_lies_below(cast, sign_in):
    """A county its own, its prefecture's, its province's and the whole country's; nobody a stranger's."""
    at = {"全国": None, "省": "140000", "市": "141100", "县": "141122", "邻市县": "140929"}
    for name, code in at.items():
        region = code and Region.objects.get(code=code)
        Standard.objects.create(
            key=KEY, value=150000, unit="元", region=region, valid_from=date(2024, 1, 1), document=name
        )
    assert listed(sign_in(cast.chief)) == {"全国", "省", "市", "县"}
    assert listed(sign_in(cast.prefecture)) == {"全国", "省", "市", "县"}
    assert listed(sign_in(cast.neighbour_chief)) == {"全国", "省", "市"}


def test_the_page_is_narrowed_by_its_address(cast, sign_in):
    record(cast, 150000)
    client = sign_in(cast.chief)
    assert listed(client, part="移送标准") == listed(client, place="140000") == {"晋高法〔2024〕1号"}
    assert listed(client, part="罚款幅度") == listed(client, place="141100") == set()
    page = client.get(URL, {"part": "罚款幅度", "place": "140000"}).content.decode()
    assert "<option selected>罚款幅度</option>" in " ".join(page.split())
    assert "移送标准（" not in page
    assert client.get(URL, {"part": "没有", "place": "x"}).status_code == 200


def test_nobody_enters_a_value_for_the_whole_country(cast, sign_in):
    page = sign_in(cast.system_admin).get(reverse("accounts:record_standard")).content.decode()
    assert "全部区域" not in page and "交城县" in page


def test_a_provinces_amount_counts_from_its_day_until_its_last(cast):
    record(cast, 150000, valid_until=date(2024, 12, 31))
    figures = figures_in_force()
    assert figures.value(KEY, "141122", date(2024, 12, 31)) == 150000
    assert figures.value(KEY, "141122", date(2025, 1, 1)) == 100000
    assert figures.value(KEY, "510100", date(2024, 6, 1)) == 100000


def test_a_length_of_days_that_has_ended_is_counted_no_more(cast):
    key, on = POLICE_ANSWER.standard, date(2024, 6, 1)
    record(cast, 9, key=key, valid_until=date(2024, 5, 31))
    assert clocks.length_of(POLICE_ANSWER, cast.county, date(2024, 5, 31))[0] == 9
    assert clocks.length_of(POLICE_ANSWER, cast.county, on)[0] == POLICE_ANSWER.length
    assert standards.standing(key, "141122", on) is None


def test_an_amount_outside_the_laws_band_is_refused_when_entered_and_when_amended(cast):
    with pytest.raises(Refused, match="100000元至300000元"):
        record(cast, 99999)
    row = record(cast, 150000)
    with pytest.raises(Refused, match="幅度内"):
        standards.amend_standard(
            by=cast.system_admin, agency=cast.county, standard=row, value=Decimal(400000)
        )
    assert Standard.objects.get().value == 150000
    assert TrailEntry.objects.filter(act="amend_standard").count() == 0


def test_no_place_has_land_figures_of_its_own(cast, sign_in):
    with pytest.raises(Refused, match="各省不能另定"):
        record(cast, 4, key="crime_land_prime")
    page = sign_in(cast.system_admin).get(reverse("accounts:record_standard")).content.decode()
    assert f'value="{KEY}"' in page and 'value="crime_land_prime"' not in page


def test_a_province_enters_what_its_fines_are_a_multiple_of(cast, sign_in):
    """土地管理法第三十条；土地管理法实施条例（2021）第五十五条: 耕地开垦费的5–10倍"""
    line = {"violation": "T21", "acts_ended": "2025-08-01", "land": [{"class": "园地", "area_m2": 10}]}
    fined = facts_of(**line, decision={"fine": 999, "confiscated_income": 0})

    def wrong():
        found = assess(fined, figures_in_force(), calendar())
        return "FINE_OUT_OF_RANGE" in {each.code for each in found}

    assert not wrong()
    page = sign_in(cast.system_admin).get(reverse("accounts:record_standard")).content.decode()
    assert 'value="fee_arable"' in page and "土地复垦费" in page
    assert "罚款下限（元，矿产资源法（2024）第六十三条）" in page  # told apart from the others of that name
    record(cast, 20, key="fee_arable")
    assert wrong()


def test_an_offices_own_days_to_decide_move_clock_and_flag(cast):
    """行政处罚法第六十条: 法律、法规、规章另有规定的，从其规定"""
    record(cast, 30, key="decision_days")
    case = making.filed_case(cast, signed_on=making.ago(40), found_on=making.ago(41))
    clock = Clock.objects.get(subject_id=case.pk, kind="decide")
    assert localdate(clock.due_at) == making.ago(10)
    assert "30日（晋高法〔2024〕1号）" in clock.explanation
    assert "decision_overdue" in case.flags


def test_an_end_before_the_beginning_is_refused_with_both_days(cast):
    with pytest.raises(Refused, match="2023-12-31早于“自何日起”2024-01-01"):
        record(cast, 150000, valid_until=date(2023, 12, 31))


def test_the_figures_that_an_office_entered_hold_for_past_cases_too(cast):
    record(cast, 250000, since=date(2017, 1, 1))
    rows = (SERIOUS | {"id": name, "value": value} for name, value in (("案1", 249999), ("案2", 250000)))
    review = past_reviews.start_review(by=cast.handler, upload=lines(*rows))
    referred = PastFinding.objects.filter(case__review=review, code="MUST_REFER")
    assert [each.case.number for each in referred.select_related("case")] == ["案2"]
    assert "达到250,000元" in referred.get().because
