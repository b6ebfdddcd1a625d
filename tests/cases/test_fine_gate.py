"""以罚代移 (310号令 arts 5, 11; 行政处罚法 arts 27, 35): no fine where a referral is due or out."""

from decimal import Decimal

import pytest

from accounts.models import local_today
from accounts.services import remarks
from accounts.services.signing import Signature
from cases.models import Decision, Referral
from cases.services import answers, deciding, decision, referral
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import at, last_entry, post, rows


@pytest.fixture
def due(cast):
    """A case under investigation whose minerals are worth 200 000."""
    return making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)), value="200000")


def test_a_fine_is_not_proposed_while_the_referral_is_due(cast, due):
    with pytest.raises(Refused, match="不能以罚代移") as refusal:
        making.proposed_decision(cast, due)
    assert "第十一条" in refusal.value.sentence
    assert refusal.value.missing == (("移送公安机关或不批准移送的记录", "referrals"),)
    assert not Decision.objects.exists()


def test_confiscation_alone_goes_on(cast, due):
    case = making.decided_case(cast, due, items=[making.MINERALS])
    assert (case.state, "must_refer" in case.flags) == ("execution", True)


def test_a_fine_does_not_pass_while_the_referral_stands_half_way(cast, due):
    one = making.proposed_referral(cast, due)
    with pytest.raises(Refused, match="不能以罚代移"):
        making.proposed_decision(cast, due)
    referral.approve_referral(by=cast.chief, referral=one)
    with pytest.raises(Refused, match="不能以罚代移"):
        making.proposed_decision(cast, due)


def test_the_heads_recorded_refusal_sets_it_free(cast, due):
    one = making.proposed_referral(cast, due)
    referral.refuse_referral(by=cast.chief, referral=one, signature=Signature(opinion="价值认定已撤销"))
    assert making.decided_case(cast, due).state == "execution"


def answered(cast, sent, how):
    """The referral as public security answered it."""
    day = {"by": cast.police, "referral": sent}
    if how == "received":
        answers.receive_referral(**day, received_on=local_today(), receiver="郑公安")
    elif how == "accepted":
        answers.record_police_filing(**day, answered_on=local_today())
    elif how == "declined":
        answers.decline_referral(**day, answered_on=local_today(), answer_reason="情节轻微")


@pytest.mark.parametrize(
    ("how", "free"), [("sent", False), ("received", False), ("accepted", False), ("declined", True)]
)
def test_after_the_sending_a_fine_waits_for_public_security(cast, due, how, free):
    answered(cast, making.sent_referral(cast, case=due), how)
    if free:
        assert making.proposed_decision(cast, due).state == "decision"
        return
    with pytest.raises(Refused, match="免予刑事处罚之前，不能罚款.*第三十五条"):
        making.proposed_decision(cast, due)
    with remarks.listening() as said:
        case = making.proposed_decision.anew(cast, due, items=[making.MINERALS])
    (waits,) = [line for line in said if "原则上也应等待" in line]
    assert "中办发〔2011〕8号" in waits and waits in last_entry(case).changes["提示"][1]


def test_a_value_found_after_the_proposal_stops_the_approval(cast):
    case = making.proposed_decision(cast)
    case = making.mined(cast, case, value="200000")
    with pytest.raises(Refused, match="还缺：移送公安机关或不批准移送的记录"):
        deciding.approve_decision(by=cast.deputy, case=case)
    assert Decision.objects.get().state == "proposed"


def test_a_referral_sent_after_the_proposal_stops_the_approval(cast):
    case = making.proposed_decision(cast)
    making.sent_referral(cast, case=case)
    with pytest.raises(Refused, match="还缺：公安机关不予立案的决定"):
        deciding.approve_decision(by=cast.deputy, case=case)


def test_a_confiscation_that_waits_is_approved_all_the_same(cast, due):
    case = making.weighed_decision(cast, due, items=[making.MINERALS])
    making.sent_referral(cast, case=case)
    assert deciding.approve_decision(by=cast.deputy, case=case).state == "execution"


def test_the_button_to_approve_is_grey_and_leads_to_the_referral(cast, sign_in):
    case = making.mined(cast, making.proposed_decision(cast), value="200000")
    page = sign_in(cast.deputy).get(case.get_absolute_url())
    row = next(one for one in page.context["acts"] if one["label"] == "批准处罚决定")
    assert not row["open"]
    assert row["missing"][0][1].endswith("#referrals")


def test_the_page_says_it_and_keeps_what_was_typed(cast, sign_in, due):
    items = rows(
        "items",
        {"kind": "fine", "amount": "84000", "side": "mining"},
        {"kind": "confiscate_minerals", "tonnes": "820"},
    )
    client = sign_in(cast.handler)
    assert "不能呈批罚款" in client.get(at(due, "propose_decision")).content.decode()
    response = post(client, due, "propose_decision", **items)
    assert response.status_code == 409
    assert "不能以罚代移" in response.content.decode()
    assert 'value="84000"' in response.content.decode()


def record(cast, case, **more):
    """A decision with a fine, really issued."""
    values = {
        "number": "交自然资罚字〔2026〕5号",
        "decided_on": making.ago(2),
        **more,
    }
    head = {name: values.pop(name) for name in ("number", "decided_on")}
    said = {"items": [making.FINE, making.MINERALS], "scan": making.scan("决定书.pdf"), **values}
    content = decision.DecisionContent(**said)
    return decision.record_decision(by=cast.handler, case=case, content=content, **head)


def test_what_was_really_fined_is_recorded_and_flagged(cast, due):
    case = record(cast, due)
    assert {"must_refer", "fined_unreferred"} <= set(case.flags)
    making.sent_referral(cast, case=case)
    case.refresh_from_db()
    assert "fined_unreferred" not in case.flags
    assert "fined_first" in case.flags


def test_a_fine_while_public_security_has_it_is_flagged(cast, due):
    sent = making.sent_referral(cast, case=due)
    Referral.objects.update(sent_on=making.ago(1))  # of the very day it isn't known which was first
    case = record(cast, due, decided_on=local_today())
    assert "fined_while_referred" in case.flags
    answered(cast, sent, "declined")
    case.refresh_from_db()
    assert "fined_while_referred" not in case.flags


def test_a_fine_of_a_case_that_is_no_crime_needs_nothing(cast):
    case = making.decided_case(cast, items=[making.FINE, making.MINERALS])
    assert case.decisions.get().items.get(kind="fine").amount == Decimal(84000)
    assert not {"fined_unreferred", "fined_while_referred"} & set(case.flags)
