"""What was really done in the wrong order is recorded as it was, and said on the case's head."""

import pytest

from accounts.models import local_today
from cases.models import PartyService
from cases.services import answers, deciding, decision, execution, flags, referral
from cases.services.flags import words
from common.errors import Refused
from tests.cases import making

SEQUENCE = {
    *("decided_before_filing", "served_before_decision", "paid_before_decision"),
    *("sent_before_approval", "answered_before_sending"),
}


@pytest.fixture
def case(cast):
    """A case filed twenty days ago, 820 tonnes of coal found."""
    return making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))


def record(cast, case, **more):
    """A decision really issued."""
    values = {
        "number": "交自然资罚字〔2026〕5号",
        "decided_on": making.ago(5),
        **more,
    }
    head = {name: values.pop(name) for name in ("number", "decided_on")}
    said = {"items": [making.FINE, making.MINERALS], "scan": making.scan("决定书.pdf"), **values}
    content = decision.DecisionContent(**said)
    return decision.record_decision(by=cast.handler, case=case, content=content, **head)


def test_a_decision_before_the_filing(cast, case):
    case = record(cast, case, decided_on=making.ago(30))
    assert case.decisions.get().decided_on == making.ago(30)
    assert ("先处罚后立案", "red") in words(case)


def test_on_the_day_of_the_filing_nothing_is_said(cast, case):
    assert "decided_before_filing" not in record(cast, case, decided_on=making.ago(20)).flags


def test_an_approval_still_keeps_the_order(cast, case):
    case = making.weighed_decision(cast, case)
    with pytest.raises(Refused, match="不能早于"):
        deciding.approve_decision(by=cast.deputy, case=case, decided_on=making.ago(30))


def test_a_payment_before_the_decision(cast, case):
    case = record(cast, case)
    case = execution.record_payment(
        by=cast.handler,
        case=case,
        entry=execution.PaymentEntry(
            item=case.decisions.get().items.get(kind="fine"),
            paid_on=making.ago(9),
            amount=making.FINE["amount"],
        ),
    )
    assert ("先缴款后处罚", "amber") in words(case)
    payment = case.decisions.get().items.get(kind="fine").payments.get()
    case = execution.withdraw_payment(by=cast.handler, case=case, payment=payment, reason="日期错")
    assert "paid_before_decision" not in case.flags


def test_a_service_before_the_decision_is_a_slip_and_refused(cast, case):
    """行政处罚法第六十一条"""
    case = record(cast, case)
    with pytest.raises(Refused, match=f"送达日期不能早于决定日期{making.ago(5)}"):
        making.served(cast, case, on=making.ago(6))
    said = {"mode": "announcement", "detail": "下落不明", "announced_on": making.ago(40)}
    with pytest.raises(Refused, match="发出公告的日期不能早于决定日期"):
        making.served(cast, case, **said)
    assert making.served(cast, case, on=making.ago(5)).decisions.get().served_on == making.ago(5)


def test_one_that_stands_from_earlier_is_said(cast, case):
    case = making.served(cast, record(cast, case), on=making.ago(3))
    PartyService.objects.update(happened_on=making.ago(6))
    assert ("先送达后决定", "amber") in words(flags.renew(case))


def test_a_sending_before_the_approval(cast):
    one = making.approved_referral(cast)
    referral.send_referral(by=cast.handler, referral=one, sent_on=making.ago(3))
    one.case.refresh_from_db()
    assert ("移送先于批准", "amber") in words(one.case)


def test_an_answer_before_the_sending(cast):
    sent = making.sent_referral(cast)
    answers.record_police_filing(by=cast.police, referral=sent, answered_on=making.ago(2))
    sent.case.refresh_from_db()
    assert ("公安答复先于移送", "amber") in words(sent.case)


def test_in_the_right_order_nothing_is_said(cast, case):
    case = record(cast, case)
    case = making.served(cast, case, on=making.ago(3))
    case = making.paid(cast, case)
    sent = making.sent_referral(cast, case=case)
    answers.record_police_filing(by=cast.police, referral=sent, answered_on=local_today())
    case.refresh_from_db()
    assert not set(SEQUENCE) & set(case.flags)
