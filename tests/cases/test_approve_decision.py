"""批准处罚决定, 退回: in the system or on paper; number and day given or typed."""

import pytest

from accounts.models import local_today
from accounts.services.signing import Signature
from cases.models import LegalReview
from cases.services import deciding
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, open_clocks, post


def test_it_gets_its_number_and_day(cast):
    case = making.decided_case(cast)
    one = case.decisions.get()
    assert (case.state, one.state, one.decided_on) == ("execution", "made", local_today())
    assert one.number == f"交自然资罚字〔{local_today().year}〕1号"


def test_the_ninety_days_end_and_the_seven_of_service_begin(cast):
    clocks = open_clocks(making.decided_case(cast))
    assert set(clocks) == {"serve"}
    assert "个工作日" in clocks["serve"].explanation


def test_on_paper_with_the_offices_number_and_its_own_day(cast):
    case = making.weighed_decision(cast)
    LegalReview.objects.update(reviewed_on=making.ago(4))  # on paper, as all of it
    case = deciding.approve_decision(
        by=cast.handler,
        case=case,
        number="交自然资罚字〔2026〕41号",
        decided_on=making.ago(2),
        signature=Signature(signer=cast.deputy, signed_on=making.ago(3), scan=making.scan()),
    )
    one = case.decisions.get()
    assert (one.number, one.decided_on) == ("交自然资罚字〔2026〕41号", making.ago(2))
    assert case.files.filter(kind="决定呈批表（签批）", for_police=False).exists()
    assert last_entry(case).changes["签批人"] == ["", "陈副局"]


def test_the_trail_says_so(cast):
    entry = last_entry(making.decided_case(cast))
    assert (entry.act, entry.actor) == ("approve_decision", cast.deputy)
    assert "决定书文号" in entry.changes


def test_it_goes_back_with_what_is_to_be_mended(cast):
    case = deciding.return_decision(
        by=cast.deputy, case=making.proposed_decision(cast), opinion="裁量理由不足"
    )
    assert (case.state, case.decisions.get().state) == ("investigation", "returned")
    assert last_entry(case).reason == "裁量理由不足"
    assert making.proposed_decision(cast, case).decisions.count() == 2


def test_a_return_needs_words(cast):
    with pytest.raises(Refused, match="写明"):
        deciding.return_decision(by=cast.deputy, case=making.proposed_decision(cast), opinion="")


def test_only_what_waits_can_be_approved(cast):
    case = making.mined(cast, making.filed_case(cast))
    with pytest.raises(Refused, match="现在是“调查”"):
        deciding.approve_decision(by=cast.deputy, case=case)


def test_nobody_approves_what_they_proposed(cast):
    cast.handler.postings.create(agency=cast.county, role="chief")
    both = type(cast.handler).objects.get(pk=cast.handler.pk)
    with pytest.raises(Refused, match="经办人"):
        deciding.approve_decision(by=both, case=making.weighed_decision(cast))


def test_who_may(cast, sign_in):
    case = making.proposed_decision(cast)
    assert_only(cast, sign_in, case, "approve_decision", "deputy", "chief", "handler")
    assert_only(cast, sign_in, case, "return_decision", "deputy", "chief")


def test_through_the_page_the_items_stand_beside(cast, sign_in):
    case = making.weighed_decision(cast)
    client = sign_in(cast.deputy)
    page = client.get(f"/cases/{case.public_id}/approve-decision/").content.decode()
    assert "罚款" in page and "84,000" in page
    assert post(client, case, "approve_decision", opinion="同意").status_code == 302
