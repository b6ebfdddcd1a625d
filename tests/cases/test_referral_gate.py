"""以罚代移 (310号令 arts 5, 11): what must be referred is sent or refused before any closing."""

import pytest

from accounts.services.signing import Signature
from cases.services import closing, referral
from common.errors import Refused
from tests.cases import making


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
