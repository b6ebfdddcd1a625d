"""以罚代移 (310号令 arts 5, 11): what must be referred is sent or refused before any closing."""

from decimal import Decimal

import pytest

from accounts.models import local_today
from accounts.services.signing import Signature
from cases import assessing
from cases.services import answers, closing, investigation, referral
from common.errors import Refused
from law.facts import Decision as Penalty
from law.gates import Draft, stops
from tests.cases import making
from tests.cases.pages import post


@pytest.fixture
def due(cast):
    """A decided case whose minerals are worth 200 000."""
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)), value="200000")
    return making.decided_case(cast, case, items=[making.MINERALS])


def close(cast, case):
    return closing.propose_closing(by=cast.handler, case=case, ground="execution_ended", text="已移交")


def test_with_only_a_fine_it_cannot_be_closed(cast, due):
    assert "must_refer" in due.flags
    with pytest.raises(Refused, match="移送公安机关或不批准移送的记录") as refusal:
        close(cast, due)
    assert ("移送公安机关或不批准移送的记录", "referrals") in refusal.value.missing


def test_while_the_referral_stands_half_way_it_cannot(cast, due):
    one = making.proposed_referral(cast, due)
    with pytest.raises(Refused, match="移送手续"):
        close(cast, due)
    referral.approve_referral(by=cast.chief, referral=one)
    with pytest.raises(Refused, match="移送手续"):
        close(cast, due)


def test_once_sent_it_can(cast, due):
    making.sent_referral(cast, case=due)
    due.refresh_from_db()
    assert "referred" in due.flags
    assert "must_refer" not in due.flags
    assert close(cast, due).state == "closing"


def test_a_recorded_refusal_by_the_head_opens_it_too(cast, due):
    one = making.proposed_referral(cast, due)
    referral.refuse_referral(by=cast.chief, referral=one, signature=Signature(opinion="价值认定已撤销"))
    due.refresh_from_db()
    assert "not_referred" in due.flags
    assert close(cast, due).state == "closing"


def test_a_refusal_does_not_cover_what_was_found_after_it(cast, due):
    one = making.proposed_referral(cast, due)
    referral.refuse_referral(by=cast.chief, referral=one, signature=Signature(opinion="价值认定已撤销"))
    case = making.mined(cast, due, value="350000")
    assert "must_refer" in case.flags
    with pytest.raises(Refused, match="移送"):
        close(cast, case)


def refused_through_the_pages(cast, sign_in, case):
    said = {"crime": "非法采矿罪", "report": "价值三十五万元", "proposed_on": local_today().isoformat()}
    to = {"to_agency": cast.police_office.pk, "copied_to": cast.procuratorate.pk}
    assert post(sign_in(cast.handler), case, "propose_referral", **said, **to).status_code == 302
    one = case.referrals.first()
    assert post(sign_in(cast.chief), one, "refuse_referral", opinion="系同一行为").status_code == 302
    case.refresh_from_db()
    return case


def test_a_refusal_after_public_security_gave_it_back_opens_it_as_a_first_one_does(cast, sign_in, due):
    """国务院令第310号第五条; 行政处罚法第二十七条第一款"""
    one = making.sent_referral(cast, case=due)
    answers.decline_referral(by=cast.police, referral=one, answered_on=local_today(), answer_reason="不足")
    row = {"mineral": making.COAL, "tonnes": Decimal(900), "value": Decimal(350000)}
    investigation.record_mineral_finding(by=cast.handler, case=due, happened_on=local_today(), rows=[row])
    due.refresh_from_db()
    assert "must_refer" in due.flags
    case = refused_through_the_pages(cast, sign_in, due)
    assert "must_refer" not in case.flags and "not_referred" in case.flags
    assert not stops_fine(case)
    client, said = sign_in(cast.handler), {"ground": "execution_ended", "text": "已移交"}
    assert post(client, case, "propose_closing", **said).status_code == 302
    case.refresh_from_db()
    assert case.state == "closing"


def stops_fine(case):
    """G18 or G19, asked as a decision with a fine would be."""
    held = assessing.held_of(case)
    draft = Draft("decision", decisions=(Penalty(fine=Decimal(84000)),))
    return {stop.gate.code for stop in stops(held, draft)} & {"G18", "G19"}


def test_a_finding_after_the_proposal_stops_the_approval(cast):
    case = making.closing_case(cast)
    making.mined(cast, case, value="200000")
    with pytest.raises(Refused, match="移送"):
        closing.approve_closing(by=cast.deputy, case=case)


def test_the_page_shows_what_is_missing_as_a_link(cast, sign_in, due):
    page = sign_in(cast.handler).get(due.get_absolute_url())
    row = next(one for one in page.context["acts"] if one["label"] == "呈批结案")
    assert not row["open"]
    assert row["missing"][-1][1].endswith("#referrals")
    assert "未移送不能结案" in page.content.decode()
