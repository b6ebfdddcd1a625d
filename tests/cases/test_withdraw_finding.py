"""撤回认定: with a reason; the earlier round holds again; the flag says what is missing."""

from decimal import Decimal

import pytest

from cases.services import investigation
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post


def withdraw(cast, case, reason="测量有误", side="mining"):
    return investigation.withdraw_finding(by=cast.handler, case=case, side=side, reason=reason)


def test_the_earlier_round_holds_again(cast):
    case = making.mined(cast, making.filed_case(cast), tonnes="820")
    case = withdraw(cast, making.mined(cast, case, tonnes="905"))
    assert [row.tonnes for row in case.minerals_now()] == [Decimal(820)]
    assert case.mineral_findings.get(round=2).withdrawn_reason == "测量有误"
    assert last_entry(case).changes["开采数量"] == [["煤905吨"], ["煤820吨"]]


def test_after_a_decision_it_is_recorded_and_flagged(cast):
    case = withdraw(cast, making.decided_case(cast))
    assert "without_finding" in case.flags


def test_a_flag_to_refer_goes_with_its_finding(cast):
    case = making.mined(cast, making.filed_case(cast), value="200000")
    assert "must_refer" in case.flags
    assert "must_refer" not in withdraw(cast, case).flags


def test_it_needs_a_reason_and_a_finding(cast):
    case = making.mined(cast, making.filed_case(cast))
    with pytest.raises(Refused, match="撤回理由"):
        withdraw(cast, case, reason=" ")
    with pytest.raises(Refused, match="没有可撤回的认定"):
        withdraw(cast, case, side="land")
    with pytest.raises(Refused, match="还缺：认定"):
        withdraw(cast, making.filed_case(cast))


def test_through_the_page(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast))
    response = post(sign_in(cast.handler), case, "withdraw_finding", side="mining", reason="重复录入")
    assert response.status_code == 302
    assert case.minerals_now() == []


def test_only_handlers(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast))
    assert_only(cast, sign_in, case, "withdraw_finding", "handler")
