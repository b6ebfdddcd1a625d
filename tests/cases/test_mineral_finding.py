"""认定开采数量: tonnes, or cubic metres with density; value and illegal income."""

from decimal import Decimal

import pytest

from cases.models import MineralFinding
from cases.services import investigation
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post, rows


def enter(cast, sign_in, case, *items):
    return post(
        sign_in(cast.handler),
        case,
        "record_mineral_finding",
        happened_on=making.ago(3).isoformat(),
        basis="测量报告",
        **rows("rows", *items),
    )


def test_tonnes_value_and_income(cast, sign_in):
    case = making.filed_case(cast)
    item = {"mineral": "煤", "tonnes": "0.082万吨", "value": "24.6万元", "illegal_income": "6万"}
    assert enter(cast, sign_in, case, item).status_code == 302
    row = case.minerals_now()[0]
    assert (row.tonnes, row.value, row.illegal_income) == (820, 246000, 60000)


def test_cubic_metres_become_tonnes_by_the_density(cast, sign_in):
    case = making.filed_case(cast)
    item = {"mineral": "建筑用砂", "volume": "1,200.5", "density": "1.45"}
    assert enter(cast, sign_in, case, item).status_code == 302
    row = case.minerals_now()[0]
    assert (row.tonnes, row.volume) == (Decimal("1740.7250"), Decimal("1200.5"))


def test_cubic_metres_without_density_are_refused(cast, sign_in):
    case = making.filed_case(cast)
    response = enter(cast, sign_in, case, {"mineral": "砂", "volume": "300"})
    assert response.status_code == 422
    assert "密度" in response.context["form"].rows[0].errors["density"][0]
    with pytest.raises(Refused, match="密度"):
        investigation.record_mineral_finding(
            by=cast.handler,
            case=case,
            happened_on=making.ago(1),
            rows=[{"mineral": "砂", "volume": Decimal(300)}],
        )


def test_only_one_of_tonnes_and_volume(cast, sign_in):
    item = {"mineral": "砂", "volume": "300", "density": "1.5", "tonnes": "450"}
    response = enter(cast, sign_in, making.filed_case(cast), item)
    assert "只填一种" in response.context["form"].rows[0].errors["tonnes"][0]


def test_a_new_round_holds_and_the_trail_keeps_both(cast):
    case = making.mined(cast, making.filed_case(cast), tonnes="820")
    case = making.mined(cast, case, tonnes="905.5")
    assert [row.tonnes for row in case.minerals_now()] == [Decimal("905.5")]
    assert MineralFinding.objects.count() == 2
    assert last_entry(case).changes["开采数量"] == [["煤820吨"], ["煤905.5吨"]]


def test_papers_of_a_finding_lie_in_the_package(cast):
    case = making.filed_case(cast)
    investigation.record_mineral_finding(
        by=cast.handler,
        case=case,
        happened_on=making.ago(1),
        files=[making.scan("测量报告.pdf")],
        rows=[{"mineral": "煤", "tonnes": Decimal(1)}],
    )
    assert case.files.get(kind="认定意见").for_police


def test_only_handlers(cast, sign_in):
    assert_only(cast, sign_in, making.filed_case(cast), "record_mineral_finding", "handler")
