"""撤回处理意见: who proposed it takes it back while no leader has answered."""

import pytest

from clues.services.disposition import approve_disposition, return_disposition, withdraw_disposition
from clues.showing.disposition import disposition_rows
from common.errors import Forbidden, Refused
from tests.clues.making import assigned, at, last_entry, proposed


def test_it_goes_back_to_be_settled_and_the_leader_has_nothing_to_answer(cast, sign_in):
    clue = proposed(cast, "non_filing")
    client = sign_in(cast.handler)
    assert at(clue, "withdraw_disposition") in client.get(clue.get_absolute_url()).content.decode()
    assert client.post(at(clue, "withdraw_disposition"), {"reason": "理由没写全"}).status_code == 302
    clue.refresh_from_db()
    assert clue.state == "verified"
    assert (last_entry(clue).act, last_entry(clue).reason) == ("withdraw_disposition", "理由没写全")
    assert disposition_rows(clue)[0]["state"] == ("已撤回", "")
    with pytest.raises(Refused, match="待处理"):
        approve_disposition(by=cast.deputy, clue=clue)
    assert proposed(cast, "pending", clue=clue).state == "proposed"


def test_what_nobody_looked_at_goes_back_to_where_it_was(cast):
    clue = withdraw_disposition(
        by=cast.handler, clue=proposed(cast, "handover", clue=assigned(cast)), reason="不必移交"
    )
    assert clue.state == "assigned"


@pytest.mark.parametrize("part", ["second_handler", "brigade_head"])
def test_nobody_takes_back_what_another_proposed(cast, sign_in, part):
    clue, other = proposed(cast), getattr(cast, part)
    assert (
        at(clue, "withdraw_disposition") not in sign_in(other).get(clue.get_absolute_url()).content.decode()
    )
    with pytest.raises(Forbidden, match="只由提出的人自己办理"):
        withdraw_disposition(by=other, clue=clue, reason="x")


@pytest.mark.parametrize("answer", [approve_disposition, return_disposition])
def test_what_a_leader_has_answered_is_not_taken_back(cast, answer):
    more = {"reason": "补材料"} if answer is return_disposition else {}
    clue = answer(by=cast.deputy, clue=proposed(cast), **more)
    with pytest.raises(Refused, match="不能撤回处理意见"):
        withdraw_disposition(by=cast.handler, clue=clue, reason="x")


def test_the_reason_is_asked_for(cast):
    with pytest.raises(Refused, match="撤回的原因"):
        withdraw_disposition(by=cast.handler, clue=proposed(cast), reason=" ")
