"""记录缴纳: statistics only, ledgers show what was decided."""

from decimal import Decimal

import pytest

from accounts.models import local_today
from cases.models import Payment
from cases.services import dues, execution
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, open_clocks, post


def served(cast):
    """A case whose decision was served today."""
    case = making.decided_case(cast)
    return making.served(cast, case)


def test_the_clock_ends_when_all_is_paid(cast):
    case = making.paid(cast, served(cast), "50000")
    assert dues.outstanding(case) == Decimal(34000)
    assert "pay" in open_clocks(case)
    case = making.paid(cast, case, "34000")
    assert (dues.outstanding(case), open_clocks(case)) == (0, {})
    assert last_entry(case).changes["票据号"] == ["", "0012345"]


def test_what_is_no_payment_is_refused(cast):
    case = served(cast)
    items = case.decisions.get().items
    values = {"by": cast.handler, "case": case}
    today, fine = local_today(), items.get(kind="fine")
    with pytest.raises(Refused, match="不是缴款事项"):
        execution.record_payment(
            **values,
            entry=execution.PaymentEntry(items.get(kind="confiscate_minerals"), today, Decimal(1)),
        )
    with pytest.raises(Refused, match="大于零"):
        execution.record_payment(**values, entry=execution.PaymentEntry(fine, today, Decimal(0)))
    with pytest.raises(Refused, match="缴纳日期不能晚于今天"):
        execution.record_payment(**values, entry=execution.PaymentEntry(fine, making.ago(-1), Decimal(1)))


def test_more_than_is_owed_is_entered_only_when_it_is_said_so(cast, sign_in):
    case = served(cast)
    values = {
        "item": case.decisions.get().items.get(kind="fine").pk,
        "amount": "9999999",
        "paid_on": local_today().isoformat(),
    }
    response = post(sign_in(cast.handler), case, "record_payment", **values)
    assert response.status_code == 409
    assert "多于“罚款”还没有缴的84,000元" in response.content.decode()
    assert not Payment.objects.exists()
    assert post(sign_in(cast.handler), case, "record_payment", **values, over="on")
    case.refresh_from_db()
    assert Payment.objects.get().amount == Decimal(9999999)
    assert "overpaid" in case.flags


def test_an_item_of_another_case_is_refused(cast):
    other = making.decided_case(cast).decisions.get().items.get(kind="fine")
    with pytest.raises(Refused, match="不属于本案"):
        execution.record_payment(
            by=cast.handler,
            case=served(cast),
            entry=execution.PaymentEntry(item=other, paid_on=local_today(), amount=Decimal(1)),
        )


def test_payment_through_the_page(cast, sign_in):
    case = served(cast)
    response = post(
        sign_in(cast.handler),
        case,
        "record_payment",
        amount="8.4万元",
        item=case.decisions.get().items.get(kind="fine").pk,
        paid_on=local_today().isoformat(),
    )
    assert response.status_code == 302
    assert Payment.objects.get().amount == Decimal(84000)


def test_only_handlers(cast, sign_in):
    assert_only(cast, sign_in, served(cast), "record_payment", "handler")
