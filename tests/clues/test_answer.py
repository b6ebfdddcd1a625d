"""反馈举报人: that they were told, and when."""

import pytest

from clues.models import Informant
from clues.services.informants import InformantFacts, answer_informant
from common.errors import Refused
from tests.clues.making import ago, ahead, assert_only, at, last_entry, registered

WHO = InformantFacts(name="赵举报", phone="13912345678", wants_answer=True)


def test_it_is_recorded_with_its_day(cast, sign_in):
    clue = registered(cast, informant=WHO)
    data = {"answered_on": ago(1).isoformat(), "content": "已核查，正在处理", "_version": "1"}
    assert sign_in(cast.intake).post(at(clue, "answer_informant"), data).status_code == 302
    assert Informant.objects.get().answered_on == ago(1)
    entry = last_entry(clue)
    assert (entry.act, entry.reason) == ("answer_informant", "已核查，正在处理")
    assert entry.happened_on == ago(1)


def test_a_day_to_come_or_no_words_are_refused(cast):
    clue = registered(cast, informant=WHO)
    with pytest.raises(Refused, match="不能晚于今天"):
        answer_informant(by=cast.intake, clue=clue, answered_on=ahead(1), content="已告知")
    with pytest.raises(Refused, match="请填写反馈内容"):
        answer_informant(by=cast.intake, clue=clue, answered_on=ago(0), content=" ")


def test_the_words_name_nobody(cast):
    clue = registered(cast, informant=WHO)
    with pytest.raises(Refused, match="以免泄露举报人"):
        answer_informant(by=cast.intake, clue=clue, answered_on=ago(0), content="已电话告知赵举报")


def test_the_form_keeps_what_was_typed(cast, sign_in):
    clue = registered(cast, informant=WHO)
    data = {"answered_on": ahead(3).isoformat(), "content": "打了半天的内容"}
    answer = sign_in(cast.intake).post(at(clue, "answer_informant"), data)
    assert answer.status_code == 422
    assert "打了半天的内容" in answer.content.decode()


def test_only_staff_of_the_county(cast, sign_in):
    clue = registered(cast, informant=WHO)
    assert_only(cast, sign_in, clue, "answer_informant", ["intake", "handler", "brigade_head"])
