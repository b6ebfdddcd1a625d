"""登记行为起止: when each violation began and ended, and whether it goes on."""

import pytest

from cases.assessing import facts_of, findings_of
from cases.services import circumstances, investigation
from cases.services.circumstances import Days
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post

ACT = "date_violations"


def dated(cast, case, **days):
    return circumstances.date_violations(by=cast.handler, case=case, days=days)


def test_each_violation_has_its_days(cast, sign_in):
    """行政处罚法第三十七条"""
    case = making.filed_case(cast)
    begun, ended = making.ago(700), making.ago(600)
    values = {"from_K21": begun.isoformat(), "until_K21": ended.isoformat(), "continuing_K21": "no"}
    assert post(sign_in(cast.handler), case, ACT, **values).status_code == 302
    facts = facts_of(case)
    assert [(each.since, each.until) for each in facts.violations] == [(begun, ended)]
    assert (facts.acts_from, facts.acts_ended, facts.continuing) == (begun, ended, False)
    (name,) = last_entry(case).changes
    assert last_entry(case).changes[name] == ["", f"{begun}至{ended}，没有继续"]


def test_an_act_that_goes_on_is_never_too_late(cast):
    """行政处罚法第三十六条第二款"""
    case = making.filed_case(cast, found_on=making.ago(29))
    case = investigation.amend_case(by=cast.handler, case=case, act_ended_on=making.ago(900))
    assert "LIMITATION_PASSED" in {each.code for each in findings_of(case)}
    case = dated(cast, case, K21=Days(continuing=True))
    assert facts_of(case).continuing is True
    assert "LIMITATION_PASSED" not in {each.code for each in findings_of(case)}


def test_the_last_of_the_days_ends_the_acts(cast):
    case = making.filed_case(cast)
    case = investigation.amend_case(
        by=cast.handler, case=case, violations=["K21", "K31"], act_ended_on=making.ago(50)
    )
    case = dated(cast, case, K31=Days(until_day=making.ago(40)))
    assert facts_of(case).acts_ended == making.ago(40)


def test_days_can_be_taken_back(cast):
    case = dated(cast, making.filed_case(cast), K21=Days(making.ago(50), making.ago(40), True))
    case = dated(cast, case, K21=Days())
    facts = facts_of(case)
    assert (facts.acts_from, facts.acts_ended, facts.continuing) == (None, None, None)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (Days(making.ago(40), making.ago(50)), "早于开始"),
        (Days(making.ago(-1)), "不能晚于今天"),
        (Days(), "没有改动"),
    ],
)
def test_impossible_days_are_refused(cast, days, said):
    with pytest.raises(Refused, match=said):
        dated(cast, making.filed_case(cast), K21=days)


def test_an_end_before_its_beginning_is_said_at_its_field(cast, sign_in):
    values = {"from_K21": making.ago(40).isoformat(), "until_K21": making.ago(50).isoformat()}
    answer = post(sign_in(cast.handler), making.filed_case(cast), ACT, **values)
    assert answer.status_code == 422
    assert "早于开始日期" in answer.context["form"].errors["until_K21"][0]


def test_only_handlers(cast, sign_in):
    assert_only(cast, sign_in, making.filed_case(cast), ACT, "handler")
