"""退回处理意见: a leader disagrees and says why."""

import pytest

from accounts.models import Approval
from clues.services.disposition import propose_disposition, return_disposition
from clues.services.outcomes import Proposal
from common.errors import Forbidden, Refused
from reminders.models import Outbox
from tests.clues.making import ahead, answered, assert_only, at, last_entry, proposed, verified


def test_it_goes_back_with_the_reason(cast):
    clue = return_disposition(by=cast.deputy, clue=proposed(cast), reason="再去一次")
    assert clue.state == "verified"
    entry = last_entry(clue)
    assert (entry.act, entry.reason) == ("return_disposition", "再去一次")
    assert clue.dispositions.get().approved is False
    assert Approval.objects.get().opinion == "再去一次"
    told = f"线索处理意见被退回：{clue.number}"
    assert Outbox.objects.filter(recipient=cast.handler, title=told).exists()


def test_and_can_be_proposed_again(cast):
    clue = return_disposition(by=cast.deputy, clue=proposed(cast), reason="再去一次")
    said = {"reason": "已再去", "conditions": answered("actor")}
    proposal = Proposal("pending", look_again_on=ahead(3), **said)
    clue = propose_disposition(by=cast.handler, clue=clue, proposal=proposal)
    assert clue.state == "proposed"
    assert clue.dispositions.count() == 2


def test_without_a_reason_it_stays(cast, sign_in):
    clue = proposed(cast)
    with pytest.raises(Refused, match="请写明退回的理由"):
        return_disposition(by=cast.deputy, clue=clue, reason=" ")
    answer = sign_in(cast.deputy).post(at(clue, "return_disposition"), {"opinion": ""})
    assert answer.status_code == 422
    clue.refresh_from_db()
    assert clue.state == "proposed"


def test_not_when_nothing_waits(cast):
    with pytest.raises(Refused, match="待处理"):
        return_disposition(by=cast.deputy, clue=verified(cast), reason="不")


def test_only_leaders(cast, sign_in):
    assert_only(cast, sign_in, proposed(cast), "return_disposition", ["deputy", "chief"])
    with pytest.raises(Forbidden):
        return_disposition(by=cast.brigade_head, clue=proposed(cast), reason="不")


def test_from_the_page_on_which_it_may_also_be_approved(cast, sign_in):
    clue, client = proposed(cast), sign_in(cast.deputy)
    page = client.get(at(clue, "approve_disposition"))
    assert [each["word"] for each in page.context["answers"]] == ["同意", "退回"]
    answer = client.post(at(clue, "approve_disposition"), {"answer": "return_disposition", "opinion": "再查"})
    assert answer.status_code == 302
    clue.refresh_from_db()
    assert (clue.state, last_entry(clue).reason) == ("verified", "再查")
