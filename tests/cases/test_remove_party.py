"""去掉当事人: one entered by mistake, unless a penalty names it or all jointly."""

import pytest

from cases.services import deciding, investigation, parties
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post


@pytest.fixture
def case(cast):
    """A case with two parties, 820 tonnes of coal found."""
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))
    return investigation.record_party(by=cast.handler, case=case, **making.suspect("李四", making.OTHER_ID))


def remove(cast, case, name="李四", reason="登记错案"):
    row = case.parties.get(party__name=name)
    return parties.remove_party(by=cast.handler, case=case, row=row, reason=reason)


def of(case, name):
    return case.parties.get(party__name=name).party


def test_the_case_goes_on_without_it(cast, case):
    case = remove(cast, case)
    assert [str(each) for each in case.parties.all()] == ["张三丰"]
    entry = last_entry(case)
    assert (entry.changes["当事人"], entry.reason) == (["李四", "去掉"], "登记错案")


def test_one_who_is_punished_stays(cast, case):
    items = [{**making.FINE, "party": of(case, "李四")}, {**making.MINERALS, "party": of(case, "张三丰")}]
    case = making.proposed_decision(cast, case, items=items)
    with pytest.raises(Refused, match="李四有处罚项"):
        remove(cast, case)
    case = deciding.return_decision(by=cast.deputy, case=case, opinion="当事人有误")
    assert remove(cast, case).parties.count() == 1


def test_where_all_are_punished_jointly_nobody_goes(cast, case):
    case = making.recorded_decision(cast, case)
    with pytest.raises(Refused, match="共同承担"):
        remove(cast, case)


def test_the_last_one_stays(cast, case):
    case = remove(cast, case)
    with pytest.raises(Refused, match="至少要有一名当事人"):
        remove(cast, case, "张三丰")


def test_it_needs_a_reason(cast, case):
    with pytest.raises(Refused, match="去掉的理由"):
        remove(cast, case, reason="")


def test_through_the_page(cast, sign_in, case):
    row = case.parties.get(party__name="李四")
    client = sign_in(cast.handler)
    assert post(client, case, "remove_party", row=row.pk, reason="错").status_code == 302
    assert case.parties.count() == 1


def test_only_handlers(cast, sign_in, case):
    assert_only(cast, sign_in, case, "remove_party", "handler")
