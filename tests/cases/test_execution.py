"""记录缴纳, 验收恢复原状, 验收取缔."""

from decimal import Decimal

import pytest

from accounts.models import local_today
from cases import sections
from cases.models import Payment
from cases.services import decision, execution
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, open_clocks, post


def served(cast):
    """A case whose decision was served today."""
    case = making.decided_case(cast)
    return decision.record_service(
        by=cast.handler, case=case, decision=case.decisions.get(), served_on=local_today(),
        service_mode="direct",
    )  # fmt: skip


def test_the_clock_ends_when_all_is_paid(cast):
    case = making.paid(cast, served(cast), "50000")
    assert execution.outstanding(case) == Decimal(34000)
    assert "pay" in open_clocks(case)
    case = making.paid(cast, case, "34000")
    assert (execution.outstanding(case), open_clocks(case)) == (0, {})
    assert last_entry(case).changes["票据号"] == ["", "0012345"]


def test_what_is_no_payment_is_refused(cast):
    case = served(cast)
    items = case.decisions.get().items
    values = {"by": cast.handler, "case": case, "paid_on": local_today()}
    with pytest.raises(Refused, match="不是缴款事项"):
        execution.record_payment(
            **values, item=items.get(kind="confiscate_minerals"), amount=Decimal(1)
        )
    with pytest.raises(Refused, match="大于零"):
        execution.record_payment(**values, item=items.get(kind="fine"), amount=Decimal(0))
    values["paid_on"] = making.ago(-1)
    with pytest.raises(Refused, match="缴纳日期不能晚于今天"):
        execution.record_payment(**values, item=items.get(kind="fine"), amount=Decimal(1))


def test_more_than_is_owed_is_entered_only_when_it_is_said_so(cast, sign_in):
    case = served(cast)
    values = {
        "item": case.decisions.get().items.get(kind="fine").pk, "amount": "9999999",
        "paid_on": local_today().isoformat(),
    }  # fmt: skip
    response = post(sign_in(cast.handler), case, "record_payment", **values)
    assert response.status_code == 409
    assert "多于“罚款”还没有缴的84000元" in response.content.decode()
    assert not Payment.objects.exists()
    assert post(sign_in(cast.handler), case, "record_payment", **values, over="on")
    case.refresh_from_db()
    assert Payment.objects.get().amount == Decimal(9999999)
    assert "overpaid" in case.flags


def test_an_item_of_another_case_is_refused(cast):
    other = making.decided_case(cast).decisions.get().items.get(kind="fine")
    with pytest.raises(Refused, match="不属于本案"):
        execution.record_payment(
            by=cast.handler, case=served(cast), item=other, paid_on=local_today(), amount=Decimal(1)
        )


def test_payment_through_the_page(cast, sign_in):
    case = served(cast)
    response = post(
        sign_in(cast.handler), case, "record_payment", amount="8.4万元",
        item=case.decisions.get().items.get(kind="fine").pk, paid_on=local_today().isoformat(),
    )  # fmt: skip
    assert response.status_code == 302
    assert Payment.objects.get().amount == Decimal(84000)


@pytest.mark.parametrize("kind", ["restoration", "shutdown"])
def test_only_what_is_complete_is_yes(cast, kind):
    case = making.filed_case(cast)
    assert sections.accepted(case, kind) is None
    accept = {
        "restoration": execution.accept_restoration, "shutdown": execution.accept_shutdown,
    }[kind]  # fmt: skip
    values = {"by": cast.brigade_head, "case": case, "finding": "查看现场"}
    accept(**values, happened_on=making.ago(3), complete=False)
    assert sections.accepted(case, kind) is False
    case = accept(**values, happened_on=making.ago(1), complete=True, files=[making.photo()])
    assert sections.accepted(case, kind) is True
    assert last_entry(case).happened_on == making.ago(1)
    assert case.files.get().kind.endswith("验收照片")


def test_acceptance_needs_words_and_a_day_that_was(cast, sign_in):
    case = making.filed_case(cast)
    values = {"by": cast.handler, "case": case, "complete": True}
    with pytest.raises(Refused, match="验收情况"):
        execution.accept_shutdown(**values, happened_on=making.ago(1), finding=" ")
    with pytest.raises(Refused, match="不能晚于今天"):
        execution.accept_shutdown(**values, happened_on=making.ago(-1), finding="好")
    response = post(
        sign_in(cast.handler), case, "accept_shutdown", happened_on=making.ago(1).isoformat(),
        complete="no", finding="井口未封",
    )  # fmt: skip
    assert response.status_code == 302
    assert case.acceptances.get().complete is False


def test_who_may(cast, sign_in):
    case = served(cast)
    assert_only(cast, sign_in, case, "record_payment", "handler")
    assert_only(cast, sign_in, case, "accept_restoration", "handler", "brigade_head")
    assert_only(cast, sign_in, case, "accept_shutdown", "handler", "brigade_head")
