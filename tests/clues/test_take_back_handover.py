"""收回移交: the department sees the clue no more, and it waits to be settled anew."""

import pytest

from accounts.models import Grant, TrailEntry
from clues.gates import awaits_letter
from clues.models import Clue
from clues.services.disposition import approve_disposition
from clues.services.handovers import take_back_handover
from clues.showing.disposition import disposition_rows
from common.errors import Forbidden, Refused
from reminders.models import Outbox
from tests.clues.making import at, last_entry, proposed, registered


@pytest.fixture
def clue(cast):
    """Handed over to 水利局."""
    clue = proposed(cast, "handover", to_agency=cast.agencies["141122-sl"])
    return approve_disposition(by=cast.deputy, clue=clue)


def test_it_was_given_with_a_line_in_the_trail(cast, clue):
    entry = TrailEntry.objects.get(act="give_grant")
    assert (entry.subject_id, entry.changes["可以查阅的单位"][1]) == (clue.pk, "交城县水利局")


def test_the_department_sees_it_no_more(cast, clue, sign_in, fresh):
    assert list(Clue.objects.visible_to(fresh(cast.department))) == [clue]
    clue = take_back_handover(by=cast.handler, clue=clue, reason="移交有误")
    assert (clue.state, clue.outcome) == ("verified", "")
    assert sign_in(cast.department).get(clue.get_absolute_url()).status_code == 404
    assert not Grant.objects.in_force().exists()
    assert Outbox.objects.filter(recipient=cast.department, title__contains="收回").exists()


def test_the_trail_says_who_lost_it_and_why(cast, clue):
    take_back_handover(by=cast.deputy, clue=clue, reason="移交有误")
    entry = last_entry(clue)
    assert (entry.act, entry.actor, entry.reason) == ("take_back_handover", cast.deputy, "移交有误")
    lost = TrailEntry.objects.get(act="take_back_grant")
    assert lost.changes["可以查阅的单位"] == ["交城县水利局", ""]


def test_it_can_be_settled_anew_and_handed_over_again(cast, clue):
    clue = take_back_handover(by=cast.handler, clue=clue, reason="换一个部门")
    clue = proposed(cast, "handover", clue=clue, to_agency=cast.agencies["141122-sl"])
    approve_disposition(by=cast.deputy, clue=clue)
    assert Grant.objects.in_force().count() == 1


def test_a_clue_that_was_not_handed_over_is_not_taken_back(cast, sign_in):
    clue = approve_disposition(by=cast.deputy, clue=proposed(cast, "non_filing"))
    with pytest.raises(Refused, match="正在移交"):
        take_back_handover(by=cast.handler, clue=clue, reason="x")
    assert "收回移交" not in sign_in(cast.handler).get(clue.get_absolute_url()).content.decode()


@pytest.mark.parametrize("part", ["intake", "legal", "department", "prefecture"])
def test_others_do_not_take_it_back(cast, clue, part):
    with pytest.raises(Forbidden):
        take_back_handover(by=getattr(cast, part), clue=clue, reason="x")


def test_through_the_page(cast, clue, sign_in):
    client = sign_in(cast.handler)
    assert at(clue, "take_back_handover") in client.get(clue.get_absolute_url()).content.decode()
    assert client.post(at(clue, "take_back_handover"), {"reason": ""}).status_code == 422
    answer = client.post(at(clue, "take_back_handover"), {"reason": "移交有误"})
    assert answer.status_code == 302
    assert not Grant.objects.in_force().exists()


def test_a_letter_is_asked_for_only_while_it_stands_with_the_department(cast, clue):
    assert awaits_letter(clue)
    clue = take_back_handover(by=cast.handler, clue=clue, reason="移交有误")
    assert not awaits_letter(clue)
    assert disposition_rows(clue)[0]["state"][0] == "已收回"


def test_from_a_department_outside_the_system_it_is_taken_back_too(cast):
    clue = proposed(cast, "handover", to_agency=None, to_name="县税务局")
    clue = approve_disposition(by=cast.deputy, clue=clue)
    assert take_back_handover(by=cast.handler, clue=clue, reason="移交有误").state == "verified"


def test_one_that_nobody_had_looked_at_is_assigned_anew(cast):
    clue = proposed(cast, "handover", clue=registered(cast))
    clue = approve_disposition(by=cast.deputy, clue=clue)
    assert take_back_handover(by=cast.handler, clue=clue, reason="移交有误").state == "registered"
