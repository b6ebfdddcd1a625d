"""更正处罚决定: a typing error set right, with its reason; the case stays in its stage."""

from decimal import Decimal

import pytest

from cases.models import PenaltyItem
from cases.services import corrections, decision
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, open_clocks, post, rows

NUMBER = "交自然资罚字〔2026〕5号"


@pytest.fixture
def case(cast):
    """A 补录 decision: a fine of 84 000, 820 tonnes confiscated."""
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))
    return decision.record_decision(
        by=cast.handler,
        case=case,
        number=NUMBER,
        decided_on=making.ago(5),
        content=decision.DecisionContent(
            items=[making.FINE, making.MINERALS], scan=making.scan("决定书.pdf")
        ),
    )


def correct(cast, case, reason="录入错误", **more):
    one = case.decisions.get()
    values = {"number": one.number, "decided_on": one.decided_on, **more}
    correction = corrections.DecisionCorrection(**values)
    return corrections.correct_decision(
        by=cast.handler, case=case, decision=one, reason=reason, correction=correction
    )


def stands(case, **changes) -> list[dict]:
    """The items as they stand, the fine with `changes`."""
    fine, minerals = case.decisions.get().items.all()
    return [{**making.FINE, "item": fine, **changes}, {**making.MINERALS, "item": minerals}]


def test_number_and_day_are_set_right(cast, case):
    case = correct(cast, case, number="交自然资罚字〔2026〕6号", decided_on=making.ago(4))
    one = case.decisions.get()
    assert (one.number, one.decided_on, case.state) == ("交自然资罚字〔2026〕6号", making.ago(4), "execution")
    entry = last_entry(case)
    assert entry.changes["决定书文号"] == [NUMBER, "交自然资罚字〔2026〕6号"]
    assert entry.changes["决定日期"] == [str(making.ago(5)), str(making.ago(4))]
    assert open_clocks(case)["serve"].counted_from == making.ago(4)


def test_a_mistyped_amount_is_set_right_in_its_own_row(cast, case):
    fine = case.decisions.get().items.get(kind="fine")
    case = correct(cast, case, items=stands(case, amount=Decimal(48000)))
    fine.refresh_from_db()
    assert fine.amount == Decimal(48000)
    before, after = last_entry(case).changes["处罚项"]
    assert (before[0], after[0]) == ("张三丰：罚款 84,000元", "张三丰：罚款 48,000元")


def test_what_was_paid_stays_with_its_item(cast, case):
    case = making.paid(cast, case, "48000")
    case = correct(cast, case, items=stands(case, amount=Decimal(48000)))
    assert case.decisions.get().items.get(kind="fine").payments.count() == 1
    assert "overpaid" not in case.flags


def test_an_item_forgotten_is_added_and_one_too_many_goes(cast, case):
    income = {"kind": "confiscate_income", "amount": Decimal(60000), "side": "mining"}
    case = correct(cast, case, items=[*stands(case)[1:], income])
    assert [one.kind for one in case.decisions.get().items.all()] == [
        "confiscate_minerals",
        "confiscate_income",
    ]


def test_an_item_with_a_payment_does_not_go(cast, case):
    case = making.paid(cast, case)
    with pytest.raises(Refused, match="登记过缴款"):
        correct(cast, case, items=stands(case)[1:])


def test_a_correction_may_raise_a_flag_but_is_not_refused(cast, case):
    items = stands(case)
    items[1]["tonnes"] = Decimal("0.1")
    assert "less_confiscation" in correct(cast, case, items=items).flags


def test_what_a_leader_approved_keeps_its_items(cast):
    case = making.decided_case(cast)
    with pytest.raises(Refused, match="撤销处罚决定后重新呈批"):
        correct(cast, case, items=stands(case, amount=Decimal(1)))
    case = correct(cast, case, number="交自然资罚字〔2026〕77号")
    assert case.decisions.get().number == "交自然资罚字〔2026〕77号"


def test_it_needs_a_reason_a_change_and_a_day_that_was(cast, case):
    for change, sentence in (
        ({"reason": ""}, "更正的理由"),
        ({}, "没有改动"),
        ({"decided_on": making.ago(-1)}, "不能晚于今天"),
    ):
        with pytest.raises(Refused, match=sentence):
            correct(cast, case, **change)


def test_through_the_page_as_it_stands(cast, sign_in, case):
    client = sign_in(cast.handler)
    page = client.get(at(case, "correct_decision")).context["form"]
    assert [row.initial.get("amount") for row in page.rows] == ["84000", None]
    fine, minerals = case.decisions.get().items.all()
    party = case.parties.get().party_id
    data = rows(
        "items",
        {"item": fine.pk, "kind": "fine", "party": party, "side": "mining", "amount": "48000"},
        {
            "item": minerals.pk,
            "kind": "confiscate_minerals",
            "party": party,
            "side": "mining",
            "tonnes": "820",
        },
    )
    data["items-INITIAL_FORMS"] = "2"
    response = post(
        client,
        case,
        "correct_decision",
        decision=case.decisions.get().pk,
        number=NUMBER,
        decided_on=making.ago(5).isoformat(),
        reason="金额录错",
        **data,
    )
    assert response.status_code == 302
    assert [(i.kind, i.amount) for i in PenaltyItem.objects.all()] == [
        ("fine", Decimal(48000)),
        ("confiscate_minerals", None),
    ]


def test_a_row_ticked_to_go_goes(cast, sign_in, case):
    fine, minerals = case.decisions.get().items.all()
    data = rows(
        "items",
        {"item": fine.pk, "kind": "fine", "side": "mining", "amount": "84000", "gone": "on"},
        {"item": minerals.pk, "kind": "confiscate_minerals", "side": "mining", "tonnes": "820"},
    )
    data["items-INITIAL_FORMS"] = "2"
    response = post(
        sign_in(cast.handler),
        case,
        "correct_decision",
        decision=case.decisions.get().pk,
        number=NUMBER,
        decided_on=making.ago(5).isoformat(),
        reason="多录",
        **data,
    )
    assert response.status_code == 302
    assert PenaltyItem.objects.get().kind == "confiscate_minerals"


def test_only_handlers(cast, sign_in, case):
    assert_only(cast, sign_in, case, "correct_decision", "handler")
