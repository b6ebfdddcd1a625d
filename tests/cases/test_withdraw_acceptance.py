"""撤回验收: the inspection before it holds again."""

import pytest

from cases.models import CompletionCheck
from cases.services import completion
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post


@pytest.fixture
def case(cast):
    """Looked at twice: not complete, then by mistake complete."""
    case = making.filed_case(cast)
    values = {"by": cast.handler, "case": case}
    completion.check_shutdown(**values, result=completion.CheckResult(making.ago(3), False, "查看现场"))
    return completion.check_shutdown(**values, result=completion.CheckResult(making.ago(1), True, "查看现场"))


def withdraw(cast, case, reason="看错矿点"):
    one = CompletionCheck.objects.get(complete=True)
    return completion.withdraw_completion_check(
        by=cast.handler, case=case, completion_check=one, reason=reason
    )


def test_the_one_before_holds_again(cast, case):
    assert completion.completed(case, "shutdown") is True
    assert completion.completed(withdraw(cast, case), "shutdown") is False


def test_it_stays_on_the_page_and_in_the_trail(cast, sign_in, case):
    case = withdraw(cast, case)
    entry = last_entry(case)
    assert entry.changes["取缔验收"] == [f"{making.ago(1)} 已完成", "撤回"]
    page = sign_in(cast.handler).get(case.get_absolute_url())
    assert [row["withdrawn"] for row in page.context["completion_checks"]] == ["看错矿点", ""]


def test_it_needs_a_reason_and_happens_once(cast, case):
    with pytest.raises(Refused, match="撤回理由"):
        withdraw(cast, case, "")
    case = withdraw(cast, case)
    with pytest.raises(Refused, match="已经撤回"):
        withdraw(cast, case)


def test_one_of_another_case_is_refused(cast, case):
    other = making.filed_case(cast)
    completion.check_shutdown(
        by=cast.handler,
        case=other,
        result=completion.CheckResult(finding="看", happened_on=making.ago(1), complete=False),
    )
    with pytest.raises(Refused, match="不属于本案"):
        withdraw(cast, other)


def test_through_the_page(cast, sign_in, case):
    one = CompletionCheck.objects.get(complete=True)
    response = post(
        sign_in(cast.brigade_head), case, "withdraw_completion_check", completion_check=one.pk, reason="看错"
    )
    one.refresh_from_db()
    assert (response.status_code, one.withdrawn_reason) == (302, "看错")


def test_who_may(cast, sign_in, case):
    assert_only(cast, sign_in, case, "withdraw_completion_check", "handler", "brigade_head")
