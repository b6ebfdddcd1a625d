"""分派核查: somebody is sent to look."""

import pytest

from clues.services.verification import assign_clue
from common.errors import Forbidden, Refused
from reminders.models import Outbox
from tests.clues.making import (
    anew,
    assert_only,
    assigned,
    at,
    last_entry,
    open_clocks,
    pending,
    proposed,
    registered,
)


def test_the_handler_is_sent_and_told(cast):
    clue = assigned(cast)
    assert (clue.state, clue.handler) == ("assigned", cast.handler)
    told = Outbox.objects.get(recipient=cast.handler)
    assert told.title == f"有线索分派给您核查：{clue.number}"
    assert told.url == clue.get_absolute_url()


def test_the_trail_says_so(cast):
    entry = last_entry(assigned(cast))
    assert (entry.act, entry.actor) == ("assign_clue", cast.brigade_head)
    assert entry.changes["核查人"] == [None, "李承办"]


def test_it_can_go_to_another(cast):
    clue = assign_clue(by=cast.intake, clue=assigned(cast), handler=cast.second_handler)
    assert clue.handler == cast.second_handler
    with pytest.raises(Refused, match="不用再分派"):
        assign_clue(by=cast.intake, clue=clue, handler=cast.second_handler)


def test_only_to_a_handler_of_the_office(cast):
    for nobody in (cast.legal, cast.neighbour_handler):
        with pytest.raises(Refused, match="不是本单位的承办人"):
            assign_clue(by=cast.brigade_head, clue=registered(cast), handler=nobody)


def test_a_clue_put_aside_is_taken_up_and_its_clock_restarts(cast):
    clue = pending(cast)
    assert open_clocks(clue) == ["clue_look_again"]
    clue = assign_clue(by=cast.brigade_head, clue=clue, handler=cast.second_handler)
    assert open_clocks(clue) == ["clue_check"]
    assert clue.look_again_on is None


def test_only_clerk_and_brigade_head(cast, sign_in):
    assert_only(cast, sign_in, registered(cast), "assign_clue", ["intake", "brigade_head"])
    with pytest.raises(Forbidden, match="您没有这个岗位"):
        assign_clue(by=anew(cast.handler), clue=registered(cast), handler=cast.handler)


def test_not_while_a_disposition_waits(cast):
    with pytest.raises(Refused, match="现在是“处理待批”"):
        assign_clue(by=cast.brigade_head, clue=proposed(cast), handler=cast.handler)


def test_the_form_offers_the_offices_handlers(cast, sign_in):
    clue = registered(cast)
    client = sign_in(cast.brigade_head)
    page = client.get(at(clue, "assign_clue")).content.decode()
    assert "李承办" in page and "赵协办" in page
    assert "邻承办" not in page
    answer = client.post(at(clue, "assign_clue"), {"handler": cast.handler.pk, "_version": "1"})
    assert answer.status_code == 302
