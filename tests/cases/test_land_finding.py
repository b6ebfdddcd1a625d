"""认定占地面积: several land classes in one round, 亩 ㎡ 公顷 as typed."""

from decimal import Decimal

import pytest

from cases.assessing import facts_of, findings_of
from cases.models import LandFinding
from cases.services import investigation
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post, rows


def test_several_classes_in_one_round(cast, sign_in):
    case = making.filed_case(cast)
    response = post(
        sign_in(cast.handler),
        case,
        "record_land_finding",
        happened_on=making.ago(3).isoformat(),
        basis="勘测定界",
        **rows(
            "rows",
            {"land_class": "prime_farmland", "area": "2亩", "destroyed": "yes"},
            {"land_class": "arable", "area": "1000㎡"},
            {"land_class": "unused", "area": "0.1公顷", "conforming": "no"},
            {"land_class": "", "area": ""},
        ),
    )
    assert response.status_code == 302
    found = {row.land_class: row.area for row in case.land_now()}
    assert found == {"prime_farmland": Decimal("2"), "arable": Decimal("1.5"), "unused": Decimal("1.5")}
    assert {row.round for row in LandFinding.objects.all()} == {1}
    assert case.land_now()[0].destroyed is True
    assert case.land_now()[0].conforming is None


def test_a_new_round_takes_the_place_of_the_earlier(cast):
    case = making.occupied(cast, making.filed_case(cast), area="2.5")
    case = making.occupied(cast, case, area="3.1")
    assert [row.area for row in case.land_now()] == [Decimal("3.1")]
    assert LandFinding.objects.count() == 2
    assert last_entry(case).changes["占地面积"] == [
        ["耕地（非永久基本农田）2.5亩"],
        ["耕地（非永久基本农田）3.1亩"],
    ]


def test_wood_has_its_kind_and_black_soil_its_volume(cast, sign_in):
    """法释〔2023〕8号第一条；法释〔2025〕7号"""
    case = making.filed_case(cast)
    case.violations.update(code="T21", side="land")
    answer = post(
        sign_in(cast.handler),
        case,
        "record_land_finding",
        happened_on=making.ago(3).isoformat(),
        **rows(
            "rows",
            {"land_class": "forest", "area": "5.2", "destroyed": "yes", "forest": "public"},
            {"land_class": "arable", "area": "2", "black_soil": "yes", "black_volume": "1200方"},
        ),
    )
    assert answer.status_code == 302
    wood, black = facts_of(case).land
    assert (wood.forest, wood.black_soil) == ("public", None)
    assert (black.forest, black.black_soil, black.black_m3) == (None, True, 1200)
    assert "MUST_REFER" in {each.code for each in findings_of(case)}
    assert last_entry(case).changes["占地面积"][1] == [
        "林地5.2亩（严重毁坏，公益林地）",
        "耕地（非永久基本农田）2亩（黑土地，采挖黑土1,200立方米）",
    ]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"land_class": "arable", "forest": "public"}, "forest"),
        ({"land_class": "forest", "black_soil": "yes"}, "black_soil"),
        ({"land_class": "arable", "black_volume": "10"}, "black_soil"),
    ],
)
def test_kinds_fit_their_class(cast, sign_in, row, field):
    answer = post(
        sign_in(cast.handler),
        making.filed_case(cast),
        "record_land_finding",
        happened_on=making.ago(3).isoformat(),
        **rows("rows", {"area": "1", **row}),
    )
    assert field in answer.context["form"].rows[0].errors


@pytest.mark.parametrize("typed", ["-3", "约2亩", "200立方米", "二亩"])
def test_what_is_no_area_is_said_at_its_field(cast, sign_in, typed):
    case = making.filed_case(cast)
    response = post(
        sign_in(cast.handler),
        case,
        "record_land_finding",
        happened_on=making.ago(3).isoformat(),
        **rows("rows", {"land_class": "arable", "area": typed}),
    )
    assert response.status_code == 422
    assert response.context["form"].rows[0].errors["area"]
    assert typed in response.content.decode()


def test_one_more_row_can_be_asked_for_without_a_script(cast, sign_in):
    case = making.filed_case(cast)
    response = post(
        sign_in(cast.handler),
        case,
        "record_land_finding",
        _add_row="1",
        **rows("rows", {"land_class": "arable", "area": "x"}),
    )
    form = response.context["form"]
    assert len(form.rows.forms) == 2
    assert not form.rows[0].errors
    assert not LandFinding.objects.exists()


@pytest.mark.parametrize("state", ["decision", "execution", "closing", "closed"])
def test_a_fact_can_be_recorded_at_any_later_stage(cast, state):
    case = making.filed_case(cast)
    case.state = state
    case.save()
    assert making.occupied(cast, case).land_now()


def test_not_before_filing_and_not_in_the_future(cast):
    with pytest.raises(Refused, match="立案待批"):
        making.occupied(cast, making.proposed_case(cast))
    with pytest.raises(Refused, match="不能晚于今天"):
        investigation.record_land_finding(
            by=cast.handler,
            case=making.filed_case(cast),
            happened_on=making.ago(-1),
            rows=[{"land_class": "arable", "area": Decimal(1)}],
        )


def test_the_entry_carries_its_own_day(cast):
    assert last_entry(making.occupied(cast, making.filed_case(cast))).happened_on == making.ago(10)


def test_only_handlers(cast, sign_in):
    assert_only(cast, sign_in, making.filed_case(cast), "record_land_finding", "handler")
