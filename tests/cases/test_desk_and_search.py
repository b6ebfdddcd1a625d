"""What waits for whom, what was sent, what the search finds; leaving work behind."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.services.reassigning import reassign_work
from cases import desk, search
from cases.services import reassigning
from tests.cases import making
from tests.cases.pages import at, last_entry
from tests.desks import sent_by, waiting_for


def waits(person) -> list[tuple[str, str]]:
    """(what, verb) of each task of a person."""
    return [(task.what, task.verb) for task in waiting_for(desk, person, timezone.now())]


def test_a_proposal_waits_for_the_leaders_and_not_for_its_proposer(cast):
    case = making.proposed_case(cast)
    assert waits(cast.deputy) == [("批准立案", "签批")]
    assert waits(cast.chief) == [("批准立案", "签批")]
    assert waits(cast.handler) == []
    assert waits(cast.neighbour_chief) == []
    assert (desk.counts_for(cast.deputy), desk.counts_for(cast.handler)) == (1, 0)
    task = waiting_for(desk, cast.deputy, timezone.now())[0]
    assert task.act_url.endswith(f"{case.public_id}/approve-filing/")
    assert [one.what for one in sent_by(desk, cast.handler)] == ["立案待批"]


def test_a_case_waits_for_both_handlers_with_its_clock(cast):
    case = making.filed_case(cast)
    assert waits(cast.handler) == waits(cast.second_handler) == [("认定开采数量", "办理")]
    making.mined(cast, case)
    assert waits(cast.handler) == waits(cast.second_handler) == [("调查并呈批处罚决定", "办理")]
    task = waiting_for(desk, cast.handler, timezone.now())[0]
    assert task.due is not None


def test_a_case_without_a_handler_waits_for_the_head_of_the_brigade(cast):
    case = making.filed_case(cast)
    type(case).objects.filter(pk=case.pk).update(handler=None)
    assert waits(cast.brigade_head) == [("指定承办人", "指定")]


def test_what_must_be_referred_says_so(cast):
    making.mined(cast, making.filed_case(cast), value="200000")
    assert waits(cast.handler) == [("应移送公安，呈批移送", "呈批")]


def test_line_and_button_name_the_same_act(cast, sign_in):
    case = making.decided_case(cast)
    making.mined(cast, case, value="200000")
    (task,) = waiting_for(desk, cast.handler, timezone.now())
    assert (task.what, task.note.rpartition("，")[2]) == ("呈批移送公安", "到期的是送达决定书")
    assert sign_in(cast.handler).get(task.act_url).headers["Location"] == at(case, "propose_referral")


def test_more_lines_ask_no_more(cast):
    def asked() -> int:
        person = User.objects.get(pk=cast.handler.pk)
        with CaptureQueriesContext(connection) as seen:
            waiting_for(desk, person, timezone.now())
        return len(seen)

    making.decided_case(cast)
    making.filed_case(cast)
    few = asked()
    making.decided_case(cast)
    making.mined(cast, making.filed_case(cast))
    assert asked() == few


def test_decision_and_closing_wait_for_the_leaders(cast):
    making.weighed_decision(cast)
    assert ("批准处罚决定", "签批") in waits(cast.deputy)
    making.closing_case(cast)
    assert ("批准结案", "签批") in waits(cast.deputy)
    sent = {one.what for one in sent_by(desk, cast.handler)}
    assert {"处罚决定待批", "结案待批"} <= sent


def test_a_heavy_decision_waits_for_its_reviewer_first_and_then_for_a_leader(cast):
    """行政处罚法第五十八条"""
    case = making.proposed_decision(cast)
    assert ("法制审核", "审核") in waits(cast.legal)
    assert ("批准处罚决定", "签批") not in waits(cast.deputy)
    making.weighed(cast, case)
    assert ("法制审核", "审核") not in waits(cast.legal)
    assert ("批准处罚决定", "签批") in waits(cast.deputy)


def test_a_referral_wanders_from_the_head_to_the_handler_to_the_police(cast):
    one = making.proposed_referral(cast)
    assert ("决定是否移送", "签批") in waits(cast.chief)
    assert ("决定是否移送", "签批") not in waits(cast.deputy)
    assert desk.referral_counts_for(cast.chief) == 1
    one = making.referral.approve_referral(by=cast.chief, referral=one)
    assert ("24小时内移送公安", "移送") in waits(cast.handler)
    assert waits(cast.police) == []
    making.referral.send_referral(by=cast.handler, referral=one, sent_on=making.ago(0))
    assert waits(cast.police) == [("接收移送案件", "接收")]
    assert waits(cast.neighbour_police) == []


def test_the_search_finds_by_number_party_paper_and_whole_identity(cast):
    case = making.decided_case(cast)
    paper = case.decisions.get().number
    for words in (case.number, "张三", "无证开采", paper, making.PERSON_ID, "张三 西社镇"):
        assert [one.thing for one in search.search(cast.handler, words)] == [case.number], words
    assert search.search(cast.handler, making.PERSON_ID[:10]) == []
    assert search.search(cast.neighbour_chief, "张三") == []


def test_the_police_find_what_was_sent_and_no_case(cast):
    sent = making.sent_referral(cast)
    assert [one.kind for one in search.search(cast.police, sent.case.number)] == ["移送"]
    assert search.search(cast.neighbour_police, "张三") == []


def test_leaving_hands_the_cases_over(cast):
    case = making.filed_case(cast, second_handler=None)
    moved = reassign_work(by=cast.system_admin, person=cast.handler, to=cast.second_handler)
    case.refresh_from_db()
    assert moved["承办的案件"] == (1, 0)
    assert case.handler == cast.second_handler
    assert last_entry(case).label == "离岗交接"


@pytest.mark.parametrize("heir", ["second_handler", "deputy"])
def test_no_case_has_the_same_handler_twice_or_somebody_without_the_post(cast, heir):
    case = making.filed_case(cast)
    reassigning.reassign_cases(cast.chief, cast.handler, getattr(cast, heir))
    case.refresh_from_db()
    assert (case.handler, case.second_handler) == (cast.second_handler, None)


def test_merged_offices_take_their_open_cases_along(cast):
    case = making.filed_case(cast)
    reassigning.move_to_agency(by=cast.chief, agency=cast.county, into=cast.neighbour)
    case.refresh_from_db()
    assert case.agency == cast.neighbour
