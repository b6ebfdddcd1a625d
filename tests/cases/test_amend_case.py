"""修改案件信息, 指定承办人."""

import pytest

from cases.services import investigation
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post


def test_a_place_is_corrected_and_the_trail_keeps_both(cast):
    case = investigation.amend_case(by=cast.handler, case=making.filed_case(cast), place="东沟口")
    assert last_entry(case).changes == {"位置": ["西社镇某沟", "东沟口"]}


def test_violations_are_replaced(cast):
    case = investigation.amend_case(by=cast.handler, case=making.filed_case(cast), violations=["K21", "T21"])
    assert [each.code for each in case.violations.all()] == ["K21", "T21"]
    assert [each.side for each in case.violations.all()] == ["mining", "land"]


def test_a_violation_with_a_penalty_stays(cast):
    case = making.mined(cast, making.filed_case(cast))
    fine = {**making.FINE, "violation": case.violations.get()}
    case = making.decided_case(cast, case, items=[fine, making.MINERALS])
    with pytest.raises(Refused, match="已有处罚项"):
        investigation.amend_case(by=cast.handler, case=case, violations=["K31"])


def test_nothing_changed_is_said(cast):
    case = making.filed_case(cast)
    with pytest.raises(Refused, match="没有改动"):
        investigation.amend_case(by=cast.handler, case=case, place=case.place)


def test_through_the_page(cast, sign_in):
    case = making.filed_case(cast)
    response = post(
        sign_in(cast.handler),
        case,
        "amend_case",
        cause=case.cause,
        place="东沟口",
        mineral="煤",
        facts=case.facts,
        found_on="",
        mining_violations=["K21", "K84"],
    )
    case.refresh_from_db()
    assert (response.status_code, case.place) == (302, "东沟口")
    assert [each.code for each in case.violations.all()] == ["K21", "K84"]


def test_a_tag_alone_is_no_violation(cast, sign_in):
    case = making.filed_case(cast)
    response = post(
        sign_in(cast.handler),
        case,
        "amend_case",
        cause="案",
        place="沟",
        facts="事实",
        mining_violations=["K84"],
    )
    assert response.status_code == 422
    assert "附加标签" in response.context["form"].errors["mining_violations"][0]


def test_two_different_handlers_are_named(cast):
    case = making.filed_case(cast)
    with pytest.raises(Refused, match="不得少于两人"):
        investigation.assign_handlers(
            by=cast.brigade_head, case=case, handler=cast.handler, second_handler=cast.handler
        )
    case = investigation.assign_handlers(
        by=cast.brigade_head, case=case, handler=cast.second_handler, second_handler=cast.handler
    )
    assert last_entry(case).changes["承办人"] == ["李承办", "赵协办"]


def test_a_handler_of_another_office_cannot_be_named(cast):
    with pytest.raises(Refused, match="不是本单位的承办人"):
        investigation.assign_handlers(
            by=cast.handler,
            case=making.filed_case(cast),
            handler=cast.handler,
            second_handler=cast.neighbour_handler,
        )


def test_who_may(cast, sign_in):
    case = making.filed_case(cast)
    assert_only(cast, sign_in, case, "amend_case", "handler")
    assert_only(cast, sign_in, case, "assign_handlers", "handler", "brigade_head")
