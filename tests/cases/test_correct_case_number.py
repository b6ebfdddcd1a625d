"""更正案号: the number that the papers bear; what was typed by mistake is free again."""

import pytest

from accounts.models import IssuedNumber
from cases.services import corrections, filing
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post

TYPED, RIGHT = "交自然资立字〔2026〕15号", "交自然资立字〔2026〕16号"


@pytest.fixture
def case(cast):
    """A filed case whose number was typed by hand."""
    return filing.approve_filing(by=cast.deputy, case=making.proposed_case(cast), number=TYPED)


def correct(cast, case, number=RIGHT, reason="录入错误"):
    return corrections.correct_case_number(by=cast.handler, case=case, number=number, reason=reason)


def test_the_case_bears_it_in_the_same_stage(cast, case):
    case = correct(cast, case)
    assert (case.number, case.state) == (RIGHT, "investigation")
    entry = last_entry(case)
    assert (entry.changes["案号"], entry.reason) == ([TYPED, RIGHT], "录入错误")


def test_the_case_that_really_bears_the_other_can_take_it(cast, case):
    correct(cast, case)
    other = filing.approve_filing(by=cast.deputy, case=making.proposed_case(cast), number=TYPED)
    assert other.number == TYPED


def test_what_the_counter_gave_stays_listed_as_voided(cast):
    given = making.filed_case(cast)
    correct(cast, given)
    voided = IssuedNumber.objects.get(text="交自然资立字〔2026〕1号")
    assert voided.voided_reason == f"更正为{RIGHT}"


def test_another_way_of_writing_the_same_number(cast, case):
    case = correct(cast, case, "交自然资立字〔2026〕第15号")
    assert case.number == "交自然资立字〔2026〕第15号"
    assert IssuedNumber.objects.filter(kind="filing").count() == 1


def test_a_number_that_another_case_bears_is_refused(cast, case):
    other = filing.approve_filing(by=cast.deputy, case=making.proposed_case(cast), number=RIGHT)
    with pytest.raises(Refused, match="已经用过"):
        correct(cast, case)
    assert IssuedNumber.objects.filter(text__in=[TYPED, other.number]).count() == 2


def test_it_needs_a_reason_and_a_change(cast, case):
    with pytest.raises(Refused, match="更正的理由"):
        correct(cast, case, reason=" ")
    with pytest.raises(Refused, match="没有改动"):
        correct(cast, case, TYPED)


def test_before_the_filing_there_is_none(cast):
    with pytest.raises(Refused, match="立案待批"):
        correct(cast, making.proposed_case(cast))


def test_through_the_page(cast, sign_in, case):
    client = sign_in(cast.handler)
    response = post(client, case, "correct_case_number", number=RIGHT, reason="录错")
    case.refresh_from_db()
    assert (response.status_code, case.number) == (302, RIGHT)


def test_only_handlers(cast, sign_in, case):
    assert_only(cast, sign_in, case, "correct_case_number", "handler")
