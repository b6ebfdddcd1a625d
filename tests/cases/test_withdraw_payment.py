"""撤回缴款登记: what was paid in nobody's favour counts no more, and stays on record."""

from decimal import Decimal

import pytest

from accounts.models import local_today
from cases.models import Payment
from cases.services import dues, execution
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, open_clocks, post


@pytest.fixture
def case(cast):
    """A case whose fine of 84 000 was served and paid today."""
    case = making.decided_case(cast)
    case = making.served(cast, case)
    return making.paid(cast, case)


def withdraw(cast, case, reason="录入到另一案"):
    payment = Payment.objects.get()
    return execution.withdraw_payment(by=cast.handler, case=case, payment=payment, reason=reason)


def test_the_fine_is_owed_again_and_its_clock_runs_from_the_service(cast, case):
    assert (dues.outstanding(case), open_clocks(case)) == (0, {})
    case = withdraw(cast, case)
    assert dues.outstanding(case) == Decimal(84000)
    assert open_clocks(case)["pay"].counted_from == local_today()


def test_the_trail_keeps_amount_receipt_and_reason(cast, case):
    entry = last_entry(withdraw(cast, case))
    assert (entry.act, entry.reason) == ("withdraw_payment", "录入到另一案")
    assert entry.changes["罚款"] == [f"{local_today()} 84,000元", "撤回"]
    assert entry.changes["票据号"] == ["0012345", ""]


def test_the_page_strikes_it_out(cast, sign_in, case):
    case = withdraw(cast, case)
    page = sign_in(cast.handler).get(case.get_absolute_url())
    row = page.context["decisions"][0]["done"][0]
    assert (row["withdrawn"], page.context["decisions"][0]["items"][0]["paid"]) == ("录入到另一案", 0)
    assert "withdraw_payment" not in page.context["edits"]


def test_it_is_withdrawn_once_and_with_a_reason(cast, case):
    with pytest.raises(Refused, match="撤回理由"):
        withdraw(cast, case, " ")
    paid = making.paid(cast, withdraw(cast, case))
    with pytest.raises(Refused, match="已经撤回"):
        execution.withdraw_payment(
            by=cast.handler, case=paid, payment=Payment.objects.earliest("pk"), reason="再撤"
        )


def test_a_payment_of_another_case_is_refused(cast, case):
    other = making.paid(cast, making.decided_case(cast), "1000")
    with pytest.raises(Refused, match="不属于本案"):
        execution.withdraw_payment(
            by=cast.handler, case=other, payment=Payment.objects.earliest("pk"), reason="错"
        )


def test_on_a_closed_case_no_clock_wakes(cast, case):
    case.state = "closed"
    case.save()
    case = withdraw(cast, case)
    assert (open_clocks(case), "unpaid_at_closing" in case.flags) == ({}, True)


def test_through_the_page(cast, sign_in, case):
    response = post(
        sign_in(cast.handler), case, "withdraw_payment", payment=Payment.objects.get().pk, reason="录入重复"
    )
    assert response.status_code == 302
    assert Payment.objects.get().withdrawn_reason == "录入重复"


def test_only_handlers(cast, sign_in, case):
    assert_only(cast, sign_in, case, "withdraw_payment", "handler")
