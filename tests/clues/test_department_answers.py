"""签收移交、反馈办理情况: the department answers for itself, or its paper is typed in."""

import pytest

from accounts.models import User
from clues import desk
from clues.models import AnswerKind
from clues.services.answering import Answer, answer_handover, receive_handover
from clues.services.disposition import approve_disposition
from clues.services.handovers import take_back_handover
from clues.showing.disposition import disposition_rows
from common.errors import Forbidden, Refused
from reminders.models import Outbox
from tests.clues.making import STRANGERS, ago, ahead, at, last_entry, proposed, registered, scan
from tests.desks import sent_by, waiting_for


@pytest.fixture
def clue(cast):
    """Handed over to 水利局."""
    return approve_disposition(by=cast.deputy, clue=proposed(cast, "handover"))


def waits(person):
    return [task.what for task in waiting_for(desk, User.objects.get(pk=person.pk), None)]


def done(text="已责令停止取水，罚款五千元。", **more):
    return Answer(**{"kind": AnswerKind.DONE, "happened_on": ago(0), "text": text, **more})


def test_the_department_signs_for_it_on_its_own_page(cast, sign_in, clue):
    client = sign_in(cast.department)
    assert waits(cast.department) == ["签收移交的线索"]
    page = client.get(clue.get_absolute_url()).content.decode()
    assert at(clue, "receive_handover") in page and at(clue, "answer_handover") in page
    assert client.post(at(clue, "receive_handover"), {"happened_on": ago(0)}).status_code == 302
    (answer,) = clue.dispositions.get().answers.all()
    assert (answer.kind, answer.recorded_by) == ("received", cast.department)
    assert last_entry(clue).agency == cast.agencies["141122-sl"]
    assert waits(cast.department) == ["反馈移交线索的办理情况"]
    page = client.get(clue.get_absolute_url()).content.decode()
    assert at(clue, "receive_handover") not in page and at(clue, "answer_handover") in page


def test_what_it_did_about_it_stands_on_the_page_of_who_handed_it_over(cast, sign_in, clue):
    clue = receive_handover(by=cast.department, clue=clue, happened_on=ago(0))
    data = {
        "kind": "done",
        "happened_on": ago(0),
        "text": "已责令停止取水，罚款五千元。",
        "paper": scan("复函.pdf"),
    }
    assert sign_in(cast.department).post(at(clue, "answer_handover"), data).status_code == 302
    answer = clue.dispositions.get().answers.get(kind="done")
    page = sign_in(cast.handler).get(clue.get_absolute_url()).content.decode()
    for words in ("已签收", "已办结", "罚款五千元", answer.paper.get_absolute_url()):
        assert words in page
    for part, status in (
        ("handler", 200),
        ("department", 200),
        ("neighbour_chief", 404),
        ("procurator", 404),
    ):
        assert sign_in(getattr(cast, part)).get(answer.paper.get_absolute_url()).status_code == status
    assert waits(cast.department) == []


def test_who_handed_it_over_waits_until_it_is_dealt_with_and_is_told(cast, clue):
    def sent():
        return [row.what for row in sent_by(desk, cast.handler)]

    assert sent() == ["移交的线索，没有签收"]
    clue = receive_handover(by=cast.department, clue=clue, happened_on=ago(0))
    assert sent() == ["移交的线索，已签收，还没有办结"]
    clue = answer_handover(by=cast.department, clue=clue, answer=done("正在查。", kind=AnswerKind.UNDER_WAY))
    assert sent() == ["移交的线索，已签收，还没有办结"]
    answer_handover(by=cast.department, clue=clue, answer=done())
    assert sent() == []
    told = Outbox.objects.filter(recipient=cast.handler, title__contains="回音")
    assert told.count() == 3 and "水" not in told.first().title


def test_a_department_without_the_system_answers_on_paper(cast):
    handed = proposed(cast, "handover", clue=registered(cast), to_agency=None, to_name="交城县文物局")
    clue = approve_disposition(by=cast.deputy, clue=handed)
    clue = receive_handover(by=cast.handler, clue=clue, happened_on=ago(0), text="文物局张某签收")
    answer_handover(by=cast.intake, clue=clue, answer=done("已现场查看，不属文物保护范围。"))
    (row,) = disposition_rows(clue)
    assert [each["label"] for each in row["rows"]][-2:] == ["已签收", "已办结"]


@pytest.mark.parametrize("part", ["legal", "liaison", "chief", "prefecture"])
def test_others_of_the_bureau_do_not_answer_for_a_department(cast, clue, part):
    with pytest.raises(Forbidden, match="由公安联络员、部门联络员办理"):
        receive_handover(by=getattr(cast, part), clue=clue, happened_on=ago(0))


def test_strangers_do_not_see_the_address(cast, sign_in, clue):
    for part in STRANGERS:
        for act in ("receive_handover", "answer_handover"):
            assert sign_in(getattr(cast, part)).get(at(clue, act)).status_code == 404, part


def test_it_is_signed_for_once_and_not_before_it_came(cast, clue):
    for day, sentence in ((ahead(1), "不能晚于今天"), (ago(1), "不能早于批准移交的")):
        with pytest.raises(Refused, match=sentence):
            receive_handover(by=cast.department, clue=clue, happened_on=day)
    clue = receive_handover(by=cast.department, clue=clue, happened_on=ago(0))
    with pytest.raises(Refused, match="还缺：移交后还没有签收的线索"):
        receive_handover(by=cast.department, clue=clue, happened_on=ago(0))
    with pytest.raises(Refused, match="请写明办理情况"):
        answer_handover(by=cast.department, clue=clue, answer=done(" "))


def test_what_was_taken_back_is_answered_no_more(cast, sign_in, clue):
    take_back_handover(by=cast.handler, clue=clue, reason="移交有误")
    assert sign_in(cast.department).post(at(clue, "answer_handover"), {}).status_code == 404
    assert waits(cast.department) == []
    assert sent_by(desk, cast.handler) == []
