"""查看当事人证件号码: once, for a reason, on the page or on a paper to be signed."""

import pytest

from accounts.models import TrailEntry
from cases.services import closing, investigation, parties
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, post

PHONE = "13912345678"


@pytest.fixture
def case(cast):
    """A filed case of a person whose number and phone are known."""
    clue = making.verified_clue(cast, parties=[{**making.suspect(), "phone": PHONE}])
    return making.mined(cast, making.filed_case(cast, clue=clue, signed_on=making.ago(20)))


def test_it_is_shown_once_on_the_answer(cast, sign_in, case):
    client = sign_in(cast.handler)
    assert making.PERSON_ID not in client.get(at(case, "unmask_party")).content.decode()
    answer = post(client, case, "unmask_party", reason="核对证件")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert making.PERSON_ID in page
    assert PHONE in page
    assert making.PERSON_ID not in client.get(case.get_absolute_url()).content.decode()


def test_a_form_sent_twice_shows_nothing_twice(cast, sign_in, case):
    client = sign_in(cast.handler)
    form = {"_key": "once", "_version": case.version, "reason": "核对"}
    assert making.PERSON_ID in client.post(at(case, "unmask_party"), form).content.decode()
    again = client.post(at(case, "unmask_party"), form)
    assert (again.status_code, again.url) == (302, case.get_absolute_url())
    assert TrailEntry.objects.filter(act="unmask_party").count() == 1


def test_the_trail_keeps_who_whose_and_why_but_no_number(cast, case):
    facts = parties.unmask_party(by=cast.chief, case=case, reason="签批前核对")
    assert [(one.name, one.identity, one.phone) for one in facts] == [("张三丰", making.PERSON_ID, PHONE)]
    entry = last_entry(case)
    assert (entry.actor, entry.reason) == (cast.chief, "签批前核对")
    assert entry.changes["查看证件号码"] == ["", ["张三丰"]]
    assert making.PERSON_ID not in str(entry.changes)


def test_of_two_only_the_one_asked_for(cast, sign_in, case):
    investigation.record_party(by=cast.handler, case=case, **making.suspect("张四", making.OTHER_ID))
    row = case.parties.get(party__name="张四")
    page = post(sign_in(cast.handler), case, "unmask_party", row=row.pk, reason="核对").content.decode()
    assert making.OTHER_ID in page
    assert making.PERSON_ID not in page


def test_the_paper_to_be_signed_bears_the_number_by_the_same_act(cast, sign_in, case):
    client = sign_in(cast.handler)
    masked = client.get(f"/cases/{case.public_id}/approval-form/filing/").content.decode()
    assert making.PERSON_ID not in masked
    assert f"{at(case, 'unmask_party')}?paper=filing" in masked
    paper = post(client, case, "unmask_party", purpose="filing", reason="打印呈批表")
    assert "立案呈批表" in paper.content.decode()
    assert making.PERSON_ID in paper.content.decode()
    assert last_entry(case).changes["用途"] == ["", "打印立案呈批表"]


def test_a_reader_is_not_led_to_what_they_may_not_do(cast, sign_in, case):
    page = sign_in(cast.prefecture).get(f"/cases/{case.public_id}/approval-form/filing/").content.decode()
    assert "证件号码已隐去" in page
    assert at(case, "unmask_party") not in page


def test_two_of_one_name_each_bear_their_own_number_on_the_paper(cast, sign_in, case):
    investigation.record_party(by=cast.handler, case=case, **making.suspect("张三丰", making.OTHER_ID))
    answer = post(sign_in(cast.handler), case, "unmask_party", purpose="filing", reason="打印")
    assert [one["identity"] for one in answer.context["parties"]] == [making.PERSON_ID, making.OTHER_ID]


@pytest.mark.parametrize("stage", ["decision", "closing", "referral"])
def test_the_papers_of_every_stage_that_the_case_has(cast, sign_in, case, stage):
    client = sign_in(cast.handler)
    assert post(client, case, "unmask_party", purpose=stage, reason="打印").status_code == 422
    if stage == "referral":
        purpose = making.proposed_referral(cast, case).public_id
    else:
        purpose = stage
        case = making.paid(cast, making.decided_case(cast, case))
    if stage == "closing":
        case = making.all_served(cast, making.handed_over(cast, case))
        closing.propose_closing(by=cast.handler, case=case, ground="executed", text="缴清")
    answer = post(client, case, "unmask_party", purpose=purpose, reason="打印呈批表")
    assert making.PERSON_ID in answer.content.decode()


def test_without_a_reason_nothing_is_shown(cast, sign_in, case):
    with pytest.raises(Refused, match="查看的事由"):
        parties.unmask_party(by=cast.handler, case=case, reason=" ")
    answer = post(sign_in(cast.handler), case, "unmask_party", reason="")
    assert answer.status_code == 422
    assert making.PERSON_ID not in answer.content.decode()


def test_who_may(cast, sign_in, case):
    assert_only(cast, sign_in, case, "unmask_party", "handler", "brigade_head", "legal", "deputy", "chief")


def test_public_security_asks_in_vain(cast, sign_in, case):
    sent = making.sent_referral(cast, case=making.mined(cast, case, value="200000"))
    assert sign_in(cast.police).get(at(sent.case, "unmask_party")).status_code == 403
