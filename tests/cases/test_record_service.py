"""记录送达: the days to pay run from it."""

import pytest

from accounts.models import local_today
from cases.services import decision
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, open_clocks, post


def serve(cast, case, **more):
    values = {"decision": case.decisions.get(), "served_on": local_today(), **more}
    return decision.record_service(by=cast.handler, case=case, service_mode="direct", **values)


def test_the_fifteen_days_to_pay_run_from_service(cast):
    case = serve(cast, making.decided_case(cast), files=[making.scan("回证.pdf")])
    clocks = open_clocks(case)
    assert set(clocks) == {"pay"}
    assert clocks["pay"].whose == f"{case.decisions.get().number}，张三丰"
    assert (clocks["pay"].due_at.date() - local_today()).days == 15
    assert case.files.filter(kind="送达回证").exists()
    assert last_entry(case).changes["送达方式"][1] == "直接送达"


def test_without_money_nothing_is_to_be_paid(cast):
    assert open_clocks(serve(cast, making.decided_case(cast, items=[making.MINERALS]))) == {}


def test_a_service_still_to_come_is_refused(cast):
    with pytest.raises(Refused, match="送达日期不能晚于今天"):
        serve(cast, making.decided_case(cast), served_on=making.ago(-1))


def test_service_needs_a_decision(cast, sign_in):
    case = making.decided_case(cast)
    case.decisions.update(state="revoked")
    with pytest.raises(Refused, match="还缺：已作出的处罚决定"):
        serve(cast, case)
    assert_only(cast, sign_in, case, "record_service", "handler")


def test_service_through_the_page(cast, sign_in):
    case = making.decided_case(cast)
    response = post(
        sign_in(cast.handler),
        case,
        "record_service",
        decision=case.decisions.get().pk,
        served_on=local_today().isoformat(),
        service_mode="leaving",
    )
    assert response.status_code == 302
    assert case.decisions.get().service_mode == "leaving"
