"""更正结案: how an old case was closed is entered from its file; one that was signed here stays as signed."""

import pytest

from cases.assessing import facts_of
from cases.services import closing
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, post


@pytest.fixture
def old(cast):
    """A case closed before the system knew why, its decision neither served nor paid on record."""
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(40)))
    case = making.recorded_decision(cast, case)
    case.state, case.closed_on = "closed", None
    case.save()
    return case


def correct(cast, case, reason="照案卷补录", **more):
    said = {"ground": "execution_ended", "closed_on": making.ago(3), "text": "当事人死亡", **more}
    return closing.correct_closing(
        by=cast.handler, case=case, reason=reason, correction=closing.ClosingCorrection(**said)
    )


def test_its_ground_and_day_have_a_way_in(cast, old):
    """自然资源行政处罚办法第四十六条"""
    assert facts_of(old).closing is None
    case = correct(cast, old)
    assert (case.state, case.closed_on, facts_of(case).closing) == ("closed", making.ago(3), "终结执行")
    row = case.closings.get()
    assert (row.approved, row.entered, row.text) == (True, True, "当事人死亡")
    changes = last_entry(case).changes
    assert changes["结案理由"] == ["", "终结执行"] and changes["结案日期"] == [None, str(making.ago(3))]


def test_what_its_ground_asks_for_and_the_record_lacks_is_flagged_not_refused(cast, old):
    """自然资源行政处罚办法第四十六条第一款第（四）项"""
    case = correct(cast, old, ground="executed")
    assert {"closed_unpaid", "closed_not_carried_out"} <= set(case.flags)


def test_a_slip_is_set_right_in_the_same_row(cast, old):
    case = correct(cast, correct(cast, old, ground="executed"), closed_on=making.ago(2))
    assert case.closings.get().ground == "execution_ended"
    assert case.closed_on == making.ago(2) and "closed_unpaid" not in case.flags


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": " "}, "更正的理由"),
        ({"closed_on": making.ago(-1)}, "不能晚于今天"),
        ({"closed_on": making.ago(41)}, "结案日期不能早于"),
    ],
)
def test_what_it_needs(cast, old, change, sentence):
    with pytest.raises(Refused, match=sentence):
        correct(cast, old, **change)


def test_nothing_changed_is_nothing_to_send(cast, old):
    with pytest.raises(Refused, match="没有改动"):
        correct(cast, correct(cast, old))


def test_what_was_signed_here_stays_as_it_was_signed(cast):
    case = closing.approve_closing(by=cast.deputy, case=making.closing_case(cast))
    with pytest.raises(Refused, match="还缺：未经系统呈批的结案"):
        correct(cast, case)


def test_an_open_case_has_nothing_to_correct(cast):
    with pytest.raises(Refused, match="现在是“结案待批”"):
        correct(cast, making.closing_case(cast))


def test_through_the_page_to_which_the_missing_fact_leads(cast, sign_in, old):
    client = sign_in(cast.handler)
    assert at(old, "correct_closing") in client.get(at(old, "law_check")).content.decode()
    assert at(old, "correct_closing") in client.get(at(old, "detail")).content.decode()
    said = {"ground": "executed", "closed_on": making.ago(3).isoformat(), "reason": "照案卷"}
    assert post(client, old, "correct_closing", **said).status_code == 302
    page = client.get(at(old, "detail")).content.decode()
    assert "执行完毕" in page and "录入人" in page
    form = client.get(at(old, "correct_closing")).context["form"]
    assert form["ground"].value() == "executed"


def test_only_handlers(cast, sign_in, old):
    assert_only(cast, sign_in, old, "correct_closing", "handler")
